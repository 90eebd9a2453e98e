//! `/calendar`: what goes out on which day, and moving it there.

mod asked;
mod beside;
mod board;
mod bulk;
mod cell;
mod chip;
mod clock;
mod column;
mod crowd;
mod drag;
mod focus;
mod grid;
mod kept;
mod keyboard;
mod landing;
mod lanes;
mod marked;
mod month;
mod moves;
mod peek;
mod peek_counts;
mod pulse;
mod skeleton;
mod strip;
mod surface;
mod toolbar;

use crate::components::{Loaded, Page};
use crate::pages::posts::use_posts_changed;
use crate::server_fns::calendar::{CalendarData, calendar_page};
use crate::state::use_words;
use asked::Asked;
use board::Board;
use chip::Sprite;
use grid::Grid;
use kept::Kept;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::calendar::Span;
use month::Month;
use skeleton::DaysSkeleton;
use strip::Strip;
use toolbar::{Spans, Toolbar};

/// `/calendar`
#[component]
pub fn CalendarPage() -> impl IntoView {
    let words = use_words();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(Asked::of));
    let kept = Kept::new();
    let changed = use_posts_changed();
    let data = Resource::new_blocking(
        move || (changed.times(), asked.get()),
        |(_, asked)| calendar_page(asked.filter()),
    );
    view! {
        <Page title=words.calendar().title() tools=move || view! { <Spans asked /> }>
            <Sprite />
            <Loaded
                resource=data
                skeleton=move || view! { <DaysSkeleton span=asked.get_untracked().span /> }
                view=move |data_now: CalendarData| {
                    let reload = Callback::new(move |()| data.refetch());
                    view! { <Days data=data_now asked=asked.get_untracked() kept reload /> }
                }
            />
        </Page>
    }
}

#[component]
fn Days(data: CalendarData, asked: Asked, kept: Kept, reload: Callback<()>) -> impl IntoView {
    let CalendarData { view, accounts, authors } = data;
    let of_month = asked.span == Span::Month;
    let board = Board::new(view, asked, kept, reload);
    board.keep_fresh();
    // Once they have taken the place of the days before.
    Effect::new(move || request_animation_frame(move || kept.settle(board)));
    view! {
        {(!of_month).then(|| view! { <Strip board /> })}
        <Toolbar board accounts authors />
        {if of_month { view! { <Month board /> }.into_any() } else { view! { <Grid board /> }.into_any() }}
    }
    .into_any()
}
