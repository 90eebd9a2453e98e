use crate::field_frame::{FieldFrame, described_by};
use leptos::prelude::*;

/// One line of a [`Select`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// The browser's own list to choose one of.
#[component]
pub fn Select(
    #[prop(into)] label: Signal<String>,
    /// The name in the form, and the id unless `id` is given.
    #[prop(into)]
    name: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    choices: Vec<Choice>,
    /// The value chosen at first.
    #[prop(optional, into)]
    value: String,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let has_hint = hint.is_some();
    let describing = id.clone();
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = choice.value == value;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect_view();
    view! {
        <FieldFrame id=id.clone() label hint error>
            <select
                class="input"
                id=id
                name=name
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=move || described_by(&describing, has_hint, error.get().is_some())
                on:change=move |event| {
                    if let Some(heard) = on_change {
                        heard.run(event_target_value(&event));
                    }
                }
            >
                {options}
            </select>
        </FieldFrame>
    }
}
