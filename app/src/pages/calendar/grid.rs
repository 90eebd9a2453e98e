use super::board::Board;
use super::clock::wall_clock;
use super::column::Column;
use super::lanes::minute;
use super::surface::Surface;
use super::toolbar::title;
use crate::format;
use crate::state::use_words;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use leptos::html;
use leptos::prelude::*;
use model::calendar::{CalendarDay, Span};

/// A week or a day by its hours; on phones one day of it.
#[component]
pub(super) fn Grid(board: Board) -> impl IntoView {
    let words = use_words();
    let w = words.calendar();
    let clock = wall_clock(board);
    let days = board.days();
    let heads =
        days.iter().map(|(date, day)| view! { <Head board date=*date day=*day clock /> }).collect_view();
    let columns =
        days.into_iter().map(|(date, day)| view! { <Column board date day clock /> }).collect_view();
    let hours = (1..24)
        .map(|hour| view! { <li style=format!("--at:{}", hour * 60)>{w.hour(&format!("{hour:02}"))}</li> })
        .collect_view();
    let now = move || {
        let now = clock.get();
        let shown = board.day(now.date()).is_some();
        let style = format!("--at:{}", minute(now.time()));
        shown.then(|| view! { <li class="now-time" style=style>{format::time(now.time())}</li> })
    };
    let scroller = NodeRef::<html::Div>::new();
    let kept = board.kept;
    let scrolled = move |_| {
        if let Some(scroller) = scroller.get_untracked() {
            kept.scrolled.set_value(Some(scroller.scroll_top()));
        }
    };
    view! {
        <Surface board>
            // It takes the focus, so that keys scroll it.
            <div
                class="week-scroll"
                node_ref=scroller
                tabindex="0"
                role="region"
                aria-label=title(words, board.span(), board.on())
                on:scroll=scrolled
            >
                <div class="week" class:is-day=board.span() == Span::Day>
                    <div class="week-head">
                        <span></span>
                        {heads}
                    </div>
                    <ol class="week-hours" aria-hidden="true">
                        {hours}
                        {now}
                    </ol>
                    {columns}
                </div>
            </div>
        </Surface>
    }
    .into_any()
}

/// The name of a column. A post that is dropped on it keeps its time.
#[component]
fn Head(
    board: Board,
    date: NaiveDate,
    day: RwSignal<CalendarDay>,
    clock: Memo<NaiveDateTime>,
) -> impl IntoView {
    let words = use_words();
    let w = words.calendar();
    let long = format::long_day(words.0, date);
    let today = Memo::new(move |_| clock.get().date());
    let add = (board.allowed() && date >= board.today()).then(|| {
        let label = w.compose_for(&long);
        view! {
            <a class="day-add" href=format!("/compose?on={date}") aria-label=label data-noscroll=""></a>
        }
    });
    view! {
        <h3
            class:is-today=move || today.get() == date
            class:is-target=move || board.is_over(date)
            data-drop=date.to_string()
        >
            <a
                href=board.asked().at(Span::Day, date)
                aria-current=move || (today.get() == date).then_some("date")
            >
                <span aria-hidden="true">
                    {format::weekday(words.0, date)} " " <b>{date.day()}</b>
                </span>
                <span class="visually-hidden">{long}</span>
            </a>
            <span class="num" aria-hidden="true">
                {move || Some(day.with(|day| day.total)).filter(|total| *total > 0)}
            </span>
            {add}
        </h3>
    }
    .into_any()
}
