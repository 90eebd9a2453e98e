use crate::icon::{Icon, IconShape};
use leptos::prelude::*;

/// A word in a small frame that sets something apart.
#[component]
pub fn Tag(
    #[prop(optional)] icon: Option<IconShape>,
    /// Hatched, for what is only simulated.
    #[prop(optional)]
    hatched: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <span class=if hatched { "tag is-sandbox" } else { "tag" }>
            {icon.map(|shape| view! { <Icon shape /> })}
            <span>{children()}</span>
        </span>
    }
}
