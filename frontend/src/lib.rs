//! The browser's entry point. The page's module script imports this and calls [`hydrate`].

use leptos::prelude::document;

/// Takes over the server-rendered page; answers when it is alive.
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    // The page lives as long as the document.
    let Some(body) = document().body() else { return };
    leptos::mount::hydrate_from_async(body, app::App).await.forget();
    if let Some(root) = document().document_element() {
        // Fails only for a name that isn't one.
        drop(root.set_attribute("data-hydrated", ""));
    }
    app::fetch_ahead();
}
