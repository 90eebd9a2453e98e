use crate::field_frame::{FieldFrame, described_by};
use leptos::html;
use leptos::prelude::*;

/// Several lines of text with label, hint and fault. Uncontrolled, as [`crate::Field`].
#[component]
pub fn TextArea(
    #[prop(into)] label: Signal<String>,
    /// The name in the form, and the id unless `id` is given.
    #[prop(into)]
    name: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// What it starts with.
    #[prop(optional, into)]
    value: String,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(optional)] node_ref: NodeRef<html::Textarea>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let has_hint = hint.is_some();
    let describing = id.clone();
    view! {
        <FieldFrame id=id.clone() label hint error>
            <textarea
                class="input"
                id=id
                name=name
                rows=rows
                dir="auto"
                required=required
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=move || described_by(&describing, has_hint, error.get().is_some())
                node_ref=node_ref
                on:input=move |event| {
                    if let Some(heard) = on_input {
                        heard.run(event_target_value(&event));
                    }
                }
            >
                {value}
            </textarea>
        </FieldFrame>
    }
}
