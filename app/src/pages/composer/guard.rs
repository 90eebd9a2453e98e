//! The browser's way back from changes that nobody saved.

use super::saving::Saving;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::Event;

const MOVED: &str = "popstate";

/// While the sheet is there: when the person goes back or forward and would lose something, the sheet's address returns
/// and `asking` is set instead. Leaving the site altogether is `beforeunload`'s.
pub(super) fn guard_way_back(saving: Saving, asking: RwSignal<bool>) {
    // Once, and only in the browser.
    Effect::new(move || {
        let address = StoredValue::new(window().location().href().unwrap_or_default());
        let moved = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let (Ok(history), Ok(here)) = (window().history(), window().location().href()) else { return };
            if !saving.would_lose() || address.with_value(|address| *address == here) {
                return;
            }
            // The router, which listens later, must not take the sheet away.
            event.stop_immediate_propagation();
            let state = history.state().unwrap_or_default();
            // Fails only in a browser that limits such changes: then the address in the bar is wrong, and nothing is lost.
            drop(address.with_value(|address| history.push_state_with_url(&state, "", Some(address))));
            asking.set(true);
        });
        // Before the router's own listener. Fails for no event that browsers know.
        drop(window().add_event_listener_with_callback_and_bool(MOVED, moved.as_ref().unchecked_ref(), true));
        let moved = StoredValue::new_local(moved);
        on_cleanup(move || {
            moved.try_with_value(|moved| {
                // Fails for no event that browsers know.
                drop(window().remove_event_listener_with_callback_and_bool(
                    MOVED,
                    moved.as_ref().unchecked_ref(),
                    true,
                ));
            });
        });
    });
}
