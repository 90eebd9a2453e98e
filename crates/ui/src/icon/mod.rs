//! Icons: one set, drawn with lines, always beside words or with an accessible name on what holds them.

pub mod lucide;

use leptos::prelude::*;

/// The inside of a 24 by 24 drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IconShape(pub &'static str);

/// An icon of 16 px, or 20 px when `large`. Hidden from assistive technology.
#[component]
pub fn Icon(shape: IconShape, #[prop(optional)] large: bool) -> impl IntoView {
    let class = if large { "icon is-20" } else { "icon" };
    view! { <svg class=class viewBox="0 0 24 24" aria-hidden="true" inner_html=shape.0></svg> }
}
