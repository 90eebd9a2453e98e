//! The browser's way back from changes that nobody saved.

use super::saving::Saving;
use crate::state::WayBack;
use leptos::prelude::*;

/// While the sheet is there: when the person goes back or forward and would lose something, the sheet's address returns
/// and `asking` is set instead. Leaving the site altogether is `beforeunload`'s.
pub(super) fn guard_way_back(saving: Saving, asking: RwSignal<bool>) {
    let Some(way_back) = use_context::<WayBack>() else { return };
    way_back.guard(move || {
        let (Ok(history), Ok(here)) = (window().history(), window().location().pathname()) else {
            return false;
        };
        let sheet = saving.address();
        if here == sheet || !saving.would_lose() {
            return false;
        }
        let state = history.state().unwrap_or_default();
        // Fails only in a browser that limits such changes: then the address in the bar is wrong, and nothing is lost.
        drop(history.push_state_with_url(&state, "", Some(&sheet)));
        asking.set(true);
        true
    });
}
