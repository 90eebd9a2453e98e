use super::board::Board;
use super::cell::Cell;
use super::surface::Surface;
use super::toolbar::title;
use crate::format;
use crate::state::use_words;
use chrono::Datelike;
use leptos::prelude::*;
use model::calendar::{CalendarDay, Span};

/// The weeks of a month; on phones the days that have posts, below each other.
#[component]
pub(super) fn Month(board: Board) -> impl IntoView {
    let on = board.on();
    let words = use_words();
    let w = words.calendar();
    let days = board.days();
    let weekdays = days
        .iter()
        .take(7)
        .map(|(date, _)| view! { <span>{format::weekday(words.0, *date)}</span> })
        .collect_view();
    let own: Vec<RwSignal<CalendarDay>> =
        days.iter().filter(|(date, _)| date.month() == on.month()).map(|(_, day)| *day).collect();
    let own = StoredValue::new(own);
    let total = Memo::new(move |_| {
        own.with_value(|own| own.iter().map(|day| day.with(|day| u64::from(day.total))).sum::<u64>())
    });
    let name = title(words, Span::Month, on);
    let label = move || w.days_label(&name, &w.posts(total.get()));
    let cells = days
        .into_iter()
        .map(|(date, day)| view! { <Cell board date day outside=date.month() != on.month() /> })
        .collect_view();
    view! {
        <div class="weekdays" aria-hidden="true">
            {weekdays}
        </div>
        <Surface board>
            <ol class="month" aria-label=label>
                {cells}
            </ol>
        </Surface>
    }
    .into_any()
}
