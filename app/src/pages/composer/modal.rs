//! The sheet as a modal dialog, and the way back from it.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Opens the sheet over the page, and returns the focus to where it came from when the sheet is gone.
pub(super) fn open_over_page(dialog: &web_sys::HtmlDialogElement) {
    // A menu's item is gone by then: its button has the focus instead. A key opens the sheet from nowhere.
    ui::leave_menu();
    let active =
        || document().active_element().and_then(|active| active.dyn_into::<web_sys::HtmlElement>().ok());
    let from_nowhere = active().is_none_or(|active| active.tag_name() == "BODY");
    if from_nowhere
        && let Ok(Some(compose)) = document().query_selector("a.compose")
        && let Ok(compose) = compose.dyn_into::<web_sys::HtmlElement>()
    {
        // Fails only for what can't take the focus.
        drop(compose.focus());
    }
    let opener = StoredValue::new_local(active());
    let sheet = StoredValue::new_local(dialog.clone());
    // The page comes with the dialog open, for browsers without wasm; here it becomes a modal one.
    // Each fails only where the dialog is in the other state already.
    drop(dialog.remove_attribute("open"));
    drop(dialog.show_modal());
    on_cleanup(move || {
        // What lies under an open sheet can't take the focus.
        sheet.try_with_value(web_sys::HtmlDialogElement::close);
        let opener = opener.try_get_value().flatten();
        request_animation_frame(move || {
            let lost = active().is_none_or(|active| active.tag_name() == "BODY");
            // On the way to another page its content takes the focus.
            let main = || document().get_element_by_id("main").and_then(|main| main.dyn_into().ok());
            let next: Option<web_sys::HtmlElement> =
                opener.filter(|opener| opener.is_connected()).or_else(main);
            if let Some(next) = next.filter(|_| lost) {
                // Fails only for what can't take the focus.
                drop(next.focus());
            }
        });
    });
}

/// Back to where the person was: the page before, or the list for whoever came by the address.
pub(super) fn way_back() -> Callback<()> {
    let loaded = Owner::current_shared_context().is_some_and(|shared| shared.during_hydration());
    let navigate = use_navigate();
    Callback::new(move |()| {
        let went_back = !loaded && window().history().is_ok_and(|history| history.back().is_ok());
        if !went_back {
            navigate("/posts", NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    })
}
