//! What a number stands for: the posts of a day, or of some of its minutes, folded by hour.

use super::beside::beside;
use super::board::Board;
use super::chip::{Chip, mark_id};
use super::landing::date_of;
use super::lanes::{DAY, minute, time_at};
use crate::format;
use crate::server_fns::calendar::calendar;
use crate::state::use_words;
use crate::words::describe;
use chrono::{NaiveDate, Timelike};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use model::calendar::{CalendarChip, CalendarFilter, Span};
use model::{ApiError, TargetState};
use std::collections::BTreeMap;
use std::ops::Range;
use ui::SkeletonRows;
use web_sys::{Element, EventTarget};

/// In CSS pixels, as the style sheet has them.
const WIDTH: f64 = 372.0;
const MOST_HEIGHT: f64 = 560.0;
/// An hour shows so many posts; the rest opens.
const OF_HOUR: usize = 4;

#[derive(Clone)]
struct Open {
    date: NaiveDate,
    minutes: Range<u32>,
    left: f64,
    top: f64,
    /// None while they are on their way.
    posts: Option<Result<Found, ApiError>>,
}

#[derive(Clone)]
struct Found {
    chips: Vec<CalendarChip>,
    /// How many more the day has than come with it.
    more: u64,
}

/// Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Crowd {
    board: Board,
    open: RwSignal<Option<Open>>,
    card: NodeRef<html::Div>,
}

impl Crowd {
    pub(super) fn new(board: Board) -> Self {
        Self { board, open: RwSignal::new(None), card: NodeRef::new() }
    }

    /// Opens the number that was pressed; `false` if it was none.
    pub(super) fn open_from(self, target: Option<EventTarget>) -> bool {
        let number = target
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|element| element.closest("[data-fold]").ok().flatten());
        let Some((number, date)) = number.and_then(|number| Some((number.clone(), date_of(&number)?))) else {
            return false;
        };
        let Some(filter) = self.board.filter() else { return false };
        let said = |name| number.get_attribute(name).and_then(|text| text.parse().ok());
        let minutes = said("data-from").unwrap_or(0)..said("data-to").unwrap_or(DAY);
        let (left, top) = beside(&number.get_bounding_client_rect(), WIDTH, MOST_HEIGHT);
        self.open.set(Some(Open { date, minutes, left, top, posts: None }));
        if let Some(card) = self.card.get_untracked() {
            // Once its content is there: its link takes the focus. Fails only where it is open already.
            request_animation_frame(move || drop(card.show_popover()));
        }
        spawn_local(async move {
            let filter = CalendarFilter { span: Span::Day, on: Some(date), ..filter };
            let posts = calendar(filter).await.map(|view| {
                let day = view.days.into_iter().next();
                let chips = day.as_ref().map(|day| day.chips.clone()).unwrap_or_default();
                let total = day.map_or(0, |day| u64::from(day.total));
                Found { more: total.saturating_sub(chips.len() as u64), chips }
            });
            self.open.try_update(|open| {
                if let Some(open) = open.as_mut().filter(|open| open.date == date) {
                    open.posts = Some(posts);
                }
            });
        });
        true
    }
}

/// The number, opened. A native popover: Escape and a press outside close it, and the focus goes back to the number.
#[component]
pub(super) fn CrowdCard(crowd: Crowd) -> impl IntoView {
    let place = move || {
        crowd.open.with(|open| {
            open.as_ref()
                .map(|open| format!("--left:{}px;--top:{}px", open.left, open.top))
                .unwrap_or_default()
        })
    };
    view! {
        <div
            class="crowd"
            popover="auto"
            role="dialog"
            aria-labelledby="crowd-title"
            style=place
            node_ref=crowd.card
        >
            {move || crowd.open.get().map(|open| view! { <Opened board=crowd.board open /> })}
        </div>
    }
    .into_any()
}

#[component]
fn Opened(board: Board, open: Open) -> impl IntoView {
    let words = use_words();
    let w = words.calendar();
    let Open { date, minutes, posts, .. } = open;
    let whole = minutes == (0..DAY);
    let day = format::long_day(words.0, date);
    let name = if whole {
        day
    } else {
        let time = |minute| format::time(time_at(minute));
        w.between(&day, &time(minutes.start), &time(minutes.end))
    };
    let chosen = posts.map(|posts| {
        posts.map(|Found { chips, more }| {
            let of_day = chips.len() as u64;
            let chips: Vec<CalendarChip> =
                chips.into_iter().filter(|chip| minutes.contains(&minute(chip.time))).collect();
            (chips, of_day, more)
        })
    });
    let number = match &chosen {
        Some(Ok((chips, _, more))) => {
            let more = if whole { *more } else { 0 };
            Some(w.posts(chips.len() as u64 + more))
        }
        _ => None,
    };
    let content = match chosen {
        None => view! { <SkeletonRows label=words.common().loading() rows=4 /> }.into_any(),
        Some(Err(error)) => view! { <p class="crowd-note">{describe(words, &error).text}</p> }.into_any(),
        Some(Ok((chips, of_day, more))) => {
            let count = |n: u64| format::count(words.0, n);
            let cut = (more > 0).then(|| w.not_all(&count(of_day), &count(of_day + more)));
            view! {
                {cut.map(|text| view! { <p class="crowd-note">{text}</p> })}
                <dl class="crowd-hours">{by_hour(chips).into_iter().map(hour).collect_view()}</dl>
            }
            .into_any()
        }
    };
    view! {
        <div class="crowd-head">
            <h2 id="crowd-title">{name}</h2>
            <span class="count">{number}</span>
            <a class="button is-small push" href=board.asked().at(Span::Day, date) autofocus=true>
                {w.open_day()}
            </a>
        </div>
        {content}
    }
    .into_any()
}

/// The first posts of an hour, and the others behind their number and states.
fn hour((hour, chips): (u32, Vec<CalendarChip>)) -> impl IntoView {
    let w = use_words().calendar();
    let (first, others) = part(chips);
    let chip = |chip| view! { <Chip chip /> };
    let number = others.len() as u64;
    let marks = counted(&others);
    let marks = marks.into_iter().map(|(state, number)| {
        view! {
            <span data-state=state.key()>
                <svg class="mark" aria-hidden="true">
                    <use href=format!("#{}", mark_id(state))></use>
                </svg>
                {number}
            </span>
        }
    });
    let rest = (number > 0).then(|| {
        view! {
            <details class="crowd-fold">
                <summary>
                    {w.more(number)}
                    <span class="marks push" aria-hidden="true">
                        {marks.collect_view()}
                    </span>
                </summary>
                {others.into_iter().map(chip).collect_view()}
            </details>
        }
    });
    view! {
        <dt>{w.hour(&format!("{hour:02}"))}</dt>
        <dd>
            {first.into_iter().map(chip).collect_view()}
            {rest}
        </dd>
    }
}

/// The chips, which come in the order of time, by their hours.
fn by_hour(chips: Vec<CalendarChip>) -> Vec<(u32, Vec<CalendarChip>)> {
    let mut hours: Vec<(u32, Vec<CalendarChip>)> = Vec::new();
    for chip in chips {
        let hour = chip.time.hour();
        match hours.last_mut() {
            Some((last, chips)) if *last == hour => chips.push(chip),
            _ => hours.push((hour, vec![chip])),
        }
    }
    hours
}

/// Those of an hour that are shown, first of all what needs somebody; and the rest, where there is more than one line of it.
fn part(chips: Vec<CalendarChip>) -> (Vec<CalendarChip>, Vec<CalendarChip>) {
    if chips.len() <= OF_HOUR + 1 {
        return (chips, Vec::new());
    }
    let mut order: Vec<usize> = (0..chips.len()).collect();
    order.sort_by_key(|place| chips.get(*place).is_none_or(|chip| !chip.state.needs_attention()));
    order.truncate(OF_HOUR);
    let (first, others): (Vec<_>, Vec<_>) =
        chips.into_iter().enumerate().partition(|(place, _)| order.contains(place));
    let chips = |all: Vec<(usize, CalendarChip)>| all.into_iter().map(|(_, chip)| chip).collect();
    (chips(first), chips(others))
}

fn counted(chips: &[CalendarChip]) -> BTreeMap<TargetState, usize> {
    chips.iter().fold(BTreeMap::new(), |mut states, chip| {
        *states.entry(chip.state).or_default() += 1;
        states
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::calendar::chip::tests::chip;

    #[test]
    fn an_hour_shows_what_needs_somebody_and_folds_the_rest() {
        let mut chips: Vec<CalendarChip> = (0..9).map(|n| chip(n, &format!("09:0{n}:00"))).collect();
        chips[7].state = TargetState::Failed;
        let (first, others) = part(chips.clone());
        let minutes: Vec<u32> = first.iter().map(|chip| chip.time.minute()).collect();
        assert_eq!((minutes, others.len()), (vec![0, 1, 2, 7], 5));
        assert_eq!(counted(&others), BTreeMap::from([(TargetState::Scheduled, 5)]));
        let (all, none) = part(chips[..5].to_vec());
        assert_eq!((all.len(), none.len()), (5, 0));
    }

    #[test]
    fn hours_come_in_order() {
        let chips = vec![chip(1, "08:59:00"), chip(2, "09:00:00"), chip(3, "09:30:00")];
        let hours: Vec<(u32, usize)> =
            by_hour(chips).into_iter().map(|(hour, chips)| (hour, chips.len())).collect();
        assert_eq!(hours, [(8, 1), (9, 2)]);
    }
}
