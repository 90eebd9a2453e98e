use leptos::prelude::*;

/// A box to tick, with its words beside it; sends `name=true` when ticked.
#[component]
pub fn Checkbox(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] name: String,
    /// The value sent when ticked.
    #[prop(default = "true".to_owned(), into)]
    value: String,
    #[prop(optional, into)] checked: Signal<bool>,
    /// Only for assistive technology, where the place says what it selects (a row of a table).
    #[prop(optional)]
    hide_label: bool,
    #[prop(optional, into)] on_change: Option<Callback<bool>>,
) -> impl IntoView {
    view! {
        <label class="checkbox-line">
            <input
                class="checkbox"
                type="checkbox"
                name=name
                value=value
                prop:checked=checked
                checked=checked.get_untracked()
                on:change=move |event| {
                    if let Some(heard) = on_change {
                        heard.run(event_target_checked(&event));
                    }
                }
            />
            <span class:visually-hidden=hide_label>{label}</span>
        </label>
    }
}
