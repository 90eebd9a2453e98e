use crate::mark::{Mark, MarkShape};
use leptos::prelude::*;

/// A state in words with its mark. `state` is a value of `data-state` that the style sheet colours.
#[component]
pub fn Badge(
    #[prop(into)] state: String,
    shape: MarkShape,
    /// With a wash behind it.
    #[prop(optional)]
    filled: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <span class=if filled { "badge is-filled" } else { "badge" } data-state=state>
            <Mark shape />
            <span>{children()}</span>
        </span>
    }
}
