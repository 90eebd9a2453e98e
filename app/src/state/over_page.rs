//! The composer over whichever page one is on: the address in the bar is the sheet's, and the page below stays as it is, with its
//! filters and its scroll position. The router doesn't hear of it. Whoever comes by the sheet's address gets it over the list of
//! posts, by the router.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;

/// Marks an entry of the browser's history as a sheet over a page.
const MARK: &str = "sheet";

/// Whether the composer has this path.
pub fn is_sheet(path: &str) -> bool {
    path == "/compose" || (path.starts_with("/posts/") && path.ends_with("/edit"))
}

/// What lies over the page. Copied freely; by context.
#[derive(Clone, Copy)]
pub struct OverPage {
    sheet: RwSignal<Option<String>>,
    /// Path and query of the page that the router shows; none outside of the frame.
    page: StoredValue<Option<String>>,
}

impl OverPage {
    /// Path and query of the sheet, if it lies over the page.
    pub fn sheet(self) -> Option<String> {
        self.sheet.get()
    }

    /// Notes which page the router shows; what lay over another one is gone.
    pub fn stands_on(self, page: Option<String>) {
        if self.page.try_get_value().is_some_and(|before| before != page) {
            self.page.set_value(page);
            self.close();
        }
    }

    /// Opens the composer at `sheet` over the page. `false`: that is for the router to do.
    pub fn open(self, sheet: &str) -> bool {
        let page = self.page.get_value();
        if page.is_none_or(|page| is_sheet(path_of(&page))) {
            return false;
        }
        let Ok(history) = window().history() else { return false };
        let mark = JsValue::from_str(MARK);
        let kept = if self.sheet.with_untracked(Option::is_some) {
            history.replace_state_with_url(&mark, "", Some(sheet))
        } else {
            history.push_state_with_url(&mark, "", Some(sheet))
        };
        if kept.is_ok() {
            self.sheet.set(Some(sheet.to_owned()));
        }
        kept.is_ok()
    }

    fn close(self) {
        if self.sheet.with_untracked(Option::is_some) {
            self.sheet.set(None);
        }
    }

    /// The browser went back or forward. `true`: the page below stays, and the router must not hear of it.
    #[cfg(not(feature = "ssr"))]
    pub(super) fn moved(self) -> bool {
        let (Some(here), Some(page)) = (here(), self.page.get_value()) else { return false };
        let marked = window().history().and_then(|history| history.state()).ok();
        if here == page {
            let was_open = self.sheet.with_untracked(Option::is_some);
            self.close();
            was_open
        } else if is_sheet(path_of(&here)) && marked.is_some_and(|state| state == JsValue::from_str(MARK)) {
            self.sheet.set(Some(here));
            true
        } else {
            self.close();
            false
        }
    }

    /// A link was pressed. `true`: it is done, and nobody else has to follow it.
    #[cfg(not(feature = "ssr"))]
    fn follows(self, event: &web_sys::MouseEvent) -> bool {
        use leptos::wasm_bindgen::JsCast;
        let altered = event.meta_key() || event.alt_key() || event.ctrl_key() || event.shift_key();
        if event.default_prevented() || event.button() != 0 || altered {
            return false;
        }
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = target
            .and_then(|target| target.closest("a[href]:not([target], [rel], [download])").ok().flatten());
        let Some(address) = link.and_then(|link| link.get_attribute("href")) else { return false };
        if is_sheet(path_of(&address)) {
            return self.open(&address);
        }
        let leads_below = self.sheet.with_untracked(Option::is_some)
            && self.page.get_value().is_some_and(|page| page == address);
        leads_below && window().history().is_ok_and(|history| history.back().is_ok())
    }
}

fn path_of(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(not(feature = "ssr"))]
fn here() -> Option<String> {
    let location = window().location();
    Some(format!("{}{}", location.pathname().ok()?, location.search().ok()?))
}

/// Must come before the router: browsers call listeners of a window in the order in which they came.
pub(super) fn provide_over_page() -> OverPage {
    let over = OverPage { sheet: RwSignal::new(None), page: StoredValue::new(None) };
    provide_context(over);
    #[cfg(not(feature = "ssr"))]
    {
        // As long as the page lives.
        drop(window_event_listener(leptos::ev::click, move |event| {
            if over.follows(&event) {
                event.prevent_default();
            }
        }));
    }
    over
}

/// What lies over the page.
pub fn use_over_page() -> OverPage {
    use_context().unwrap_or_else(|| OverPage { sheet: RwSignal::new(None), page: StoredValue::new(None) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_composers_addresses_are_sheets() {
        assert!(is_sheet("/compose") && is_sheet("/posts/1/edit"));
        assert!(!is_sheet("/posts/1") && !is_sheet("/posts/1/history") && !is_sheet("/accounts/edit"));
        assert!(is_sheet(path_of("/compose?on=2026-11-21")));
    }
}
