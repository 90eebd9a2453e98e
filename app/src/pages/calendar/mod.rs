//! `/calendar`: what goes out on which day, and moving it there.

mod asked;
mod board;
mod cell;
mod chip;
mod day;
mod drag;
mod keyboard;
mod month;
mod peek;
mod pulse;
mod toolbar;

use crate::components::{Loaded, Page};
use crate::pages::posts::use_posts_changed;
use crate::server_fns::calendar::{CalendarData, calendar};
use crate::state::use_words;
use asked::Asked;
use board::Board;
use chip::Sprite;
use day::DayAgenda;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::calendar::Span;
use month::Month;
use toolbar::{Spans, Toolbar};
use ui::SkeletonRows;

/// `/calendar`
#[component]
pub fn CalendarPage() -> impl IntoView {
    let words = use_words();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(Asked::of));
    let changed = use_posts_changed();
    let data =
        Resource::new_blocking(move || (changed.times(), asked.get()), |(_, asked)| calendar(asked.filter()));
    view! {
        <Page title=words.calendar().title() tools=move || view! { <Spans asked /> }>
            <Sprite />
            <Loaded
                resource=data
                skeleton=move || view! { <SkeletonRows label=words.common().loading() rows=12 /> }
                view=move |data_now: CalendarData| {
                    let reload = Callback::new(move |()| data.refetch());
                    view! { <Days data=data_now asked=asked.get_untracked() reload /> }
                }
            />
        </Page>
    }
}

#[component]
fn Days(data: CalendarData, asked: Asked, reload: Callback<()>) -> impl IntoView {
    let CalendarData { view, accounts } = data;
    let on = view.on;
    let toolbar = view! { <Toolbar asked=asked.clone() on now=view.now.clone() accounts /> };
    let board = Board::new(view, asked.clone(), reload);
    board.keep_fresh();
    view! {
        {toolbar}
        {match asked.span {
            Span::Month | Span::Week => view! { <Month board /> }.into_any(),
            Span::Day => view! { <DayAgenda board /> }.into_any(),
        }}
    }
    .into_any()
}
