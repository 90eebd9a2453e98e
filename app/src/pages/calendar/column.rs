use super::board::Board;
use super::chip::Chip;
use super::lanes::{DAY, Item, Layout, Stack, minute, time_at};
use crate::format;
use crate::state::use_words;
use chrono::{NaiveDate, NaiveDateTime};
use leptos::prelude::*;
use model::calendar::{CalendarDay, Span};

/// A day by its hours.
#[component]
pub(super) fn Column(
    board: Board,
    date: NaiveDate,
    day: RwSignal<CalendarDay>,
    clock: Memo<NaiveDateTime>,
) -> impl IntoView {
    let words = use_words();
    let w = words.calendar();
    let lanes = board.span().lanes();
    let layout = Memo::new(move |_| day.with(|day| Layout::of(&day.chips, &day.folded, lanes)));
    let long = format::long_day(words.0, date);
    let label = {
        let long = long.clone();
        move || w.days_label(&long, &w.posts(day.with(|day| day.total.into())))
    };
    let today = Memo::new(move |_| clock.get().date());
    let shade = move || {
        let over = (today.get() == date).then(|| minute(clock.get().time()));
        over.map(|over| {
            view! {
                <span class="past" style=format!("--at:{over}")></span>
                <span class="now" style=format!("--at:{over}")></span>
            }
        })
    };
    let over = Memo::new(move |_| board.over.get().filter(|at| at.date() == date));
    let landing = move || {
        over.get().map(|at| {
            let style = format!("--at:{}", minute(at.time()));
            view! { <span class="landing" style=style>{format::time(at.time())}</span> }
        })
    };
    let hinted = Memo::new(move |_| board.hinted.get().filter(|at| at.date() == date));
    let hint = move || {
        hinted.get().map(|at| {
            let style = format!("--at:{}", minute(at.time()));
            view! { <span class="slot" style=style>{format::time(at.time())}</span> }
        })
    };
    view! {
        <section
            class="week-day"
            class:is-past=move || date < today.get()
            class:is-today=move || date == today.get()
            class:is-on=date == board.on()
            aria-label=label
            data-date=date.to_string()
            data-hours=""
        >
            {shade}
            // What is still the same keeps its element, and the focus.
            <For each=move || layout.with(|layout| layout.items.clone()) key=Clone::clone let:item>
                {match item {
                    Item::Post(chip) => view! { <Chip chip board=board layout=layout /> }.into_any(),
                    Item::Stack(stack) => {
                        view! { <StackLink board date stack long=long.clone() /> }.into_any()
                    }
                }}
            </For>
            {hint}
            {landing}
        </section>
    }
    .into_any()
}

/// Posts of about the same time by their number; it opens them, and without wasm the day.
#[component]
fn StackLink(board: Board, date: NaiveDate, stack: Stack, long: String) -> impl IntoView {
    let w = use_words().calendar();
    let Stack { spot, from, to, posts, attention } = stack;
    let text = w.more(posts.into());
    let label = w.more_at(&text, &long, &format::time(time_at(from)));
    let href = board.asked().at(Span::Day, date);
    view! {
        <a
            class="fold"
            class:is-bad=attention
            class:is-alone=spot.lanes == 0
            style=spot.style()
            href=href
            aria-label=label
            data-fold=""
            data-from=from
            data-to=to.min(DAY)
        >
            {format!("+{posts}")}
        </a>
    }
    .into_any()
}
