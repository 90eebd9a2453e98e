use super::board::Board;
use crate::format;
use crate::state::use_words;
use chrono::Datelike;
use leptos::prelude::*;
use model::calendar::{CalendarDay, Span};

/// A day has no more points than this, however many posts.
const POINTS: usize = 4;

/// On phones: the days of the week, to go to, or to drop a post on.
#[component]
pub(super) fn Strip(board: Board) -> impl IntoView {
    let words = use_words();
    let w = words.calendar();
    let today = board.today();
    let days = Span::Week.days(board.on()).into_iter().map(|date| {
        let day = board.day(date);
        let long = format::long_day(words.0, date);
        let label = move || match day {
            Some(day) => w.days_label(&long, &w.posts(day.with(|day| day.total.into()))),
            None => long.clone(),
        };
        let points = day.map(|day| move || day.with(points).into_iter().map(point).collect_view());
        view! {
            <a
                href=board.asked().at(board.span(), date)
                aria-label=label
                aria-current=(date == board.on()).then_some("date")
                class:is-today=date == today
                class:is-target=move || board.is_over(date)
                data-drop=date.to_string()
                data-noscroll=""
            >
                <span aria-hidden="true">{initial(format::weekday(words.0, date))}</span>
                <b aria-hidden="true">{date.day()}</b>
                <span class="points" aria-hidden="true">
                    {points}
                </span>
            </a>
        }
    });
    view! {
        <nav class="daystrip" aria-label=w.days_of_week()>
            {days.collect_view()}
        </nav>
    }
    .into_any()
}

fn initial(weekday: &str) -> String {
    weekday.chars().take(1).flat_map(char::to_uppercase).collect()
}

/// Whether each of the first posts needs somebody; those that do come first.
fn points(day: &CalendarDay) -> Vec<bool> {
    let shown = day.chips.iter().map(|chip| chip.state.needs_attention());
    let folded = day.folded.iter().map(|quarter| quarter.attention);
    let mut points: Vec<bool> = shown.chain(folded).collect();
    points.sort_by_key(|bad| !bad);
    points.truncate(POINTS);
    points
}

fn point(bad: bool) -> impl IntoView {
    view! { <i class:is-bad=bad></i> }
}
