use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// What the browser's tab says.
///
/// The server asks for it when the page is made, and no longer knows then whose signals are whose: others' pages are made
/// meanwhile. So there it is a text from the start, as nothing changes it any more.
pub(super) fn document_title(title: impl Fn() -> String + Send + Sync + 'static) -> TextProp {
    if cfg!(feature = "ssr") { untrack(title).into() } else { title.into() }
}
