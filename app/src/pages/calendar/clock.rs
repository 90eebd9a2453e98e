use super::board::Board;
use chrono::{NaiveDateTime, TimeDelta};
use leptos::prelude::*;
use std::time::Duration;

/// Between two looks at the clock.
const TICK: Duration = Duration::from_secs(5);

/// The workspace's wall clock, to the minute: from what the server told last, it goes on by itself.
pub(super) fn wall_clock(board: Board) -> Memo<NaiveDateTime> {
    let passed = RwSignal::new(TimeDelta::zero());
    Effect::new(move || {
        board.now.track();
        let begin = milliseconds();
        passed.set(TimeDelta::zero());
        let tick = move || {
            #[expect(clippy::cast_possible_truncation, reason = "as long as a page is open")]
            let since = TimeDelta::milliseconds((milliseconds() - begin) as i64);
            passed.try_set(since);
        };
        // Without a timer it stands still until the server tells the time again.
        if let Ok(timer) = set_interval_with_handle(tick, TICK) {
            on_cleanup(move || timer.clear());
        }
    });
    Memo::new(move |_| {
        let now = board.now.with(|now| now.local) + passed.get();
        now.date().and_time(super::lanes::time_at(super::lanes::minute(now.time())))
    })
}

/// Of the browser's clock, of which only differences count.
#[cfg(feature = "hydrate")]
fn milliseconds() -> f64 {
    js_sys::Date::now()
}

#[cfg(not(feature = "hydrate"))]
const fn milliseconds() -> f64 {
    0.0
}
