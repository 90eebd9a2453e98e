//! Where something floats beside what it is about.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use web_sys::DomRect;

/// In CSS pixels, from what it is about and from the window's edges.
const GAP: f64 = 8.0;

/// Left and top of a card that stands to the right of `place`, or to its left where that is nearer than the edge. In CSS pixels.
pub(super) fn beside(place: &DomRect, width: f64, most_height: f64) -> (f64, f64) {
    let size = |value: Result<JsValue, _>| value.ok().and_then(|v| v.as_f64()).unwrap_or(0.0);
    let (window_width, window_height) = (size(window().inner_width()), size(window().inner_height()));
    let right = place.right() + GAP;
    let left = if right + width <= window_width { right } else { place.left() - GAP - width };
    (left.max(GAP), place.top().min(window_height - most_height - GAP).max(GAP))
}
