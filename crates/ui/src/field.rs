use crate::field_frame::{FieldFrame, described_by};
use leptos::html;
use leptos::prelude::*;

/// One line of text with its label, hint and fault. Uncontrolled: the form carries the value; `value` is what it
/// starts with, and `on_input` hears every change.
#[component]
pub fn Field(
    #[prop(into)] label: Signal<String>,
    /// The name in the form, and the id unless `id` is given.
    #[prop(into)]
    name: String,
    #[prop(optional, into)] id: Option<String>,
    /// The input's `type`; text if absent.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional, into)] placeholder: Option<String>,
    /// The `autocomplete` token of the HTML standard.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The id of a `datalist` with suggestions.
    #[prop(optional)]
    list: Option<&'static str>,
    #[prop(optional)] required: bool,
    #[prop(optional)] readonly: bool,
    /// Characters, as the browser counts them.
    #[prop(optional)]
    minlength: Option<u32>,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] node_ref: NodeRef<html::Input>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let has_hint = hint.is_some();
    let describing = id.clone();
    view! {
        <FieldFrame id=id.clone() label hint error>
            <input
                class="input"
                id=id
                name=name
                type=kind
                value=value
                placeholder=placeholder
                autocomplete=autocomplete
                list=list
                required=required
                readonly=readonly
                minlength=minlength
                maxlength=maxlength
                autofocus=autofocus
                autocapitalize=(kind == "email").then_some("none")
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=move || described_by(&describing, has_hint, error.get().is_some())
                node_ref=node_ref
                on:input=move |event| {
                    if let Some(heard) = on_input {
                        heard.run(event_target_value(&event));
                    }
                }
            />
        </FieldFrame>
    }
}
