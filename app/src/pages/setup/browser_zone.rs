use leptos::prelude::*;

/// The zone to propose: UTC at first, then the browser's once it is known.
pub fn zone_of_browser() -> Signal<String> {
    let zone = RwSignal::new("UTC".to_owned());
    Effect::new(move || {
        if let Some(found) = ask_browser() {
            zone.set(found);
        }
    });
    zone.into()
}

#[cfg(feature = "hydrate")]
fn ask_browser() -> Option<String> {
    use js_sys::{Array, Intl::DateTimeFormat, Object, Reflect};
    let options = DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}

#[cfg(not(feature = "hydrate"))]
const fn ask_browser() -> Option<String> {
    None
}
