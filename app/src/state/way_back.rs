//! Who is asked before the browser's way back (or forward) takes something away.

use leptos::prelude::*;

/// Says whether the person has to stay; then the address is for it to put right. Copied freely; by context.
#[derive(Clone, Copy)]
pub struct WayBack(StoredValue<Option<Callback<(), bool>>>);

impl WayBack {
    /// Asks `stays` at each move until the calling component is gone.
    pub fn guard(self, stays: impl Fn() -> bool + Send + Sync + 'static) {
        self.0.set_value(Some(Callback::new(move |()| stays())));
        let guard = self.0;
        on_cleanup(move || {
            guard.try_set_value(None);
        });
    }
}

/// Must come before the router: browsers call listeners of a window in the order in which they came.
pub(super) fn provide_way_back() {
    let guard = StoredValue::new(None::<Callback<(), bool>>);
    provide_context(WayBack(guard));
    let over = super::over_page::provide_over_page();
    #[cfg(feature = "ssr")]
    let _: super::OverPage = over;
    #[cfg(not(feature = "ssr"))]
    {
        // As long as the page lives.
        drop(window_event_listener(leptos::ev::popstate, move |event| {
            let stays = guard.try_get_value().flatten().is_some_and(|stays| stays.run(()));
            if stays || over.moved() {
                // The router must not hear of it.
                event.stop_immediate_propagation();
            }
        }));
    }
}
