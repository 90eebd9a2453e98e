use super::board::Board;
use super::chip::Chip;
use super::pulse::Pulse;
use crate::format;
use crate::state::use_words;
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use model::calendar::{CalendarDay, Span};

/// A day of a month.
#[component]
pub(super) fn Cell(
    board: Board,
    date: NaiveDate,
    day: RwSignal<CalendarDay>,
    outside: bool,
) -> impl IntoView {
    let words = use_words();
    let w = words.calendar();
    let today = board.today();
    let short = if date.day() == 1 { format::short_day(words.0, date) } else { date.day().to_string() };
    let long = format::long_day(words.0, date);
    let long_again = long.clone();
    let hidden =
        move || day.with(|day| day.total.saturating_sub(u32::try_from(day.chips.len()).unwrap_or(u32::MAX)));
    let more = {
        let long = long.clone();
        move || {
            let hidden = hidden();
            (hidden > 0).then(|| {
                let text = w.more(hidden.into());
                let label = w.more_on(&text, &long);
                view! {
                    <a class="day-more" href=board.asked().at(Span::Day, date) aria-label=label data-fold="">
                        <span>{text}</span>
                        <Pulse hours=day.with(|day| day.hours.clone()) />
                    </a>
                }
            })
        }
    };
    let total = move || {
        let total = day.with(|day| day.total);
        (hidden() > 0).then(|| view! { <span class="day-total">{w.posts(total.into())}</span> })
    };
    view! {
        <li
            class="day"
            id=format!("d{date}")
            class:is-outside=outside
            class:is-today=date == today
            class:is-past=date < today
            class:is-free=move || day.with(|day| day.total == 0)
            class:is-target=move || board.is_over(date)
            data-date=date.to_string()
        >
            <div class="day-head">
                <h3 class="day-date" data-today=w.is_today()>
                    <a href=board.asked().at(Span::Day, date) aria-current=(date == today).then_some("date")>
                        <span class="short" aria-hidden="true">{short}</span>
                        <span class="long">{long}</span>
                    </a>
                </h3>
                {total}
                {(board.allowed() && date >= today)
                    .then(|| {
                        view! {
                            <a
                                class="day-add"
                                href=format!("/compose?on={date}")
                                aria-label=w.compose_for(&long_again)
                                data-noscroll=""
                            ></a>
                        }
                    })}
            </div>
            // A chip that is still the same keeps its element, and the focus.
            <For each=move || day.get().chips key=Clone::clone let:chip>
                <Chip chip board=board />
            </For>
            {more}
        </li>
    }
    .into_any()
}
