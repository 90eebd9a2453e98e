//! What a new post is called until the server's answer gives it an id.

/// 128 random bits, in letters and digits. None without the browser's randomness: then a save whose answer got lost and that
/// is sent again may make a second post.
#[cfg(feature = "hydrate")]
pub(super) fn new_key() -> Option<String> {
    use js_sys::{Function, Reflect, Uint8Array};
    use leptos::prelude::window;
    use leptos::wasm_bindgen::JsCast;
    // The newer `randomUUID` isn't there on plain http.
    let crypto = Reflect::get(&window(), &"crypto".into()).ok()?;
    let fill: Function = Reflect::get(&crypto, &"getRandomValues".into()).ok()?.dyn_into().ok()?;
    let bytes = Uint8Array::new_with_length(16);
    fill.call1(&crypto, &bytes).ok()?;
    Some(bytes.to_vec().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(not(feature = "hydrate"))]
pub(super) const fn new_key() -> Option<String> {
    None
}
