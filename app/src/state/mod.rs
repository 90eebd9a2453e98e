//! What every page shares, by context.

mod fault;
mod live;
mod local_path;
mod over_page;
mod page_facts;
mod theme;
mod way_back;

pub use fault::{FAULT, fault_of, with_fault};
pub use live::{is_in_the_way, on_change, on_change_unless};
pub use local_path::{local_path, with_next};
pub use over_page::{OverPage, is_sheet, use_over_page};
pub use page_facts::{
    DemoAccess, DemoPerson, PageFacts, provide_page_facts, use_locale, use_page_facts, use_words,
};
pub use theme::{Theme, set_theme, use_theme};
pub use ui::{Toast, ToastAction, Toasts};
pub use way_back::WayBack;

use leptos::prelude::*;

/// The toasts of this page.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_default()
}
