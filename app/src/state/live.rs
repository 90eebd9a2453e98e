//! What changed on the server since the page was loaded, and asking for it again without disturbing anybody.

#[cfg(feature = "hydrate")]
mod stream;

use super::PageFacts;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use model::live::{Tally, Topic};
use std::time::Duration;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};

/// Between two looks whether what was in the way has gone.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// How often each kind of thing has changed, as last told. By context.
#[derive(Clone, Copy)]
struct Live(RwSignal<Tally>);

/// Begins with what the page was made of, and listens in the browser from then on.
pub(super) fn provide_live(facts: &PageFacts) {
    let tally = RwSignal::new(facts.tally);
    provide_context(Live(tally));
    #[cfg(feature = "hydrate")]
    if let Some(workspace) = facts.session.as_ref().and_then(|session| session.current) {
        let told = Callback::new(move |new| {
            if tally.try_get_untracked() != Some(new) {
                tally.try_set(new);
            }
        });
        Effect::new(move || stream::listen(workspace, told));
    }
}

/// Runs `refetch` after one of these changed, as long as the component lives; not while the page is hidden or something is
/// open or half written on it.
pub fn on_change(topics: &'static [Topic], refetch: impl Fn() + Send + Sync + 'static) {
    on_change_unless(topics, || false, refetch);
}

/// As [`on_change`], and not while `busy`.
pub fn on_change_unless(
    topics: &'static [Topic],
    busy: impl Fn() -> bool + Send + Sync + 'static,
    refetch: impl Fn() + Send + Sync + 'static,
) {
    let Some(Live(tally)) = use_context() else { return };
    let busy = Callback::new(move |()| busy() || is_in_the_way());
    let refetch = Callback::new(move |()| refetch());
    let seen = StoredValue::new(tally.get_untracked());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = waiting.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    Effect::new(move || {
        let now = tally.get();
        let before = seen.get_value();
        seen.set_value(now);
        if now.differs(&before, topics) {
            stop();
            refetch_unless(busy, refetch, waiting);
        }
    });
    on_cleanup(stop);
}

fn refetch_unless(
    busy: Callback<(), bool>,
    refetch: Callback<()>,
    waiting: StoredValue<Option<TimeoutHandle>>,
) {
    if busy.run(()) {
        let later = move || refetch_unless(busy, refetch, waiting);
        // Without a timer the page shows what it knows until the next change.
        waiting.try_set_value(set_timeout_with_handle(later, LOOK_AGAIN).ok());
    } else {
        refetch.run(());
    }
}

/// Whether to load content anew would take something away: an open menu or dialog, or what was typed and not sent. A page
/// that nobody sees waits, too.
pub fn is_in_the_way() -> bool {
    let document = document();
    let is_open = || document.query_selector(":popover-open, dialog[open]").is_ok_and(|open| open.is_some());
    document.hidden() || is_open() || is_half_written()
}

fn is_half_written() -> bool {
    let Ok(fields) = document().query_selector_all("#main input, #main textarea") else { return false };
    (0..fields.length())
        .filter_map(|index| fields.item(index)?.dyn_into().ok())
        .any(|field: Element| !is_folded_away(&field) && is_changed(&field))
}

/// It lies in a sheet that is closed.
fn is_folded_away(field: &Element) -> bool {
    matches!(field.closest("[popover]:not(:popover-open)"), Ok(Some(_)))
}

/// The field holds something else than what it came with.
fn is_changed(field: &Element) -> bool {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        // A box holds a mark and no words.
        !matches!(input.type_().as_str(), "checkbox" | "radio") && input.value() != input.default_value()
    } else {
        field
            .dyn_ref::<HtmlTextAreaElement>()
            .is_some_and(|area| area.default_value().is_ok_and(|first| first != area.value()))
    }
}
