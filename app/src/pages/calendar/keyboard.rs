//! Moving posts by keys: `m` lifts one, arrows choose the time, Enter puts it there, Escape leaves it; `x` marks it.

use super::board::{Board, Place};
use super::drag::{Drag, chip_of, hours_on_screen, movable, place_of, take};
use super::landing::next_quarter;
use super::moves::name_of;
use crate::components::frame::{LIFT, MARK};
use crate::format;
use chrono::{NaiveDateTime, TimeDelta};
use leptos::prelude::*;
use model::calendar::Span;
use web_sys::KeyboardEvent;

/// A key on the days.
pub(super) fn press(board: Board, drag: Drag, event: &KeyboardEvent) {
    let key = event.key();
    if key == "Escape" && drag.is_lifted() {
        take(event);
        return drag.give_up();
    }
    if let Some(place) = board.lifted.get_value() {
        return move_lifted(board, place, event, &key);
    }
    if key == "Escape" && board.marked.number_untracked() > 0 {
        take(event);
        return board.unmark();
    }
    if event.ctrl_key() || event.meta_key() || event.alt_key() || !board.allowed() {
        return;
    }
    match key.as_str() {
        LIFT => {
            let place = movable(event.target()).and_then(|chip| place_of(&chip));
            if let Some(place) = place {
                take(event);
                lift(board, place);
            }
        }
        MARK => {
            let place = chip_of(event.target()).and_then(|chip| place_of(&chip));
            if let Some(place) = place {
                take(event);
                board.mark(place);
            }
        }
        _ => {}
    }
}

fn lift(board: Board, place: Place) {
    let Some(chip) = board.chip(place) else { return };
    board.held.set_value(true);
    board.lifted.set_value(Some(place));
    board.hover(Some(place.at()));
    let w = board.words.calendar();
    let name = name_of(board.words, &chip);
    let of_month = board.span() == Span::Month;
    board.said.set(if of_month { w.moving(&name) } else { w.moving_in_hours(&name) });
}

fn move_lifted(board: Board, place: Place, event: &KeyboardEvent, key: &str) {
    let Some(over) = board.over.get_untracked() else { return leave(board) };
    match key {
        "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" => {
            take(event);
            if let Some(to) = step(board, over, key) {
                board.hover(Some(to));
                let shown = if board.span() == Span::Month {
                    format::long_day(board.words.0, to.date())
                } else {
                    keep_in_view();
                    format!("{}, {}", format::long_day(board.words.0, to.date()), format::time(to.time()))
                };
                board.said.set(board.words.calendar().to_day(&shown));
            }
        }
        "Enter" | " " => {
            take(event);
            let_go(board);
            let moved = board.put(place, over);
            let stands = Place { date: over.date(), time: over.time(), ..place };
            board.follow(moved.then_some(stands));
        }
        "Escape" => {
            take(event);
            leave(board);
        }
        _ => {}
    }
}

/// In a month the weeks lie below each other, in a week the hours.
fn step(board: Board, over: NaiveDateTime, key: &str) -> Option<NaiveDateTime> {
    let of_month = board.span() == Span::Month;
    let days = match key {
        "ArrowLeft" => -1,
        "ArrowRight" => 1,
        "ArrowUp" if of_month => -7,
        "ArrowDown" if of_month => 7,
        _ => return next_quarter(over, key == "ArrowDown"),
    };
    let to = over.checked_add_signed(TimeDelta::days(days))?;
    board.day(to.date()).map(|_| to)
}

/// Scrolls the hours to where the post would come to stand.
fn keep_in_view() {
    /// Room above and below, in CSS pixels.
    const ROOM: f64 = 64.0;
    request_animation_frame(|| {
        let landing = document().query_selector(".landing").ok().flatten();
        let (Some(hours), Some(landing)) = (hours_on_screen(), landing) else { return };
        let (window, place) = (hours.get_bounding_client_rect(), landing.get_bounding_client_rect());
        let above = place.top() - ROOM - window.top();
        let below = place.bottom() + ROOM - window.bottom();
        if above < 0.0 {
            hours.scroll_by_with_x_and_y(0.0, above);
        } else if below > 0.0 {
            hours.scroll_by_with_x_and_y(0.0, below);
        }
    });
}

/// Nothing is lifted any more, and nothing moved: by Escape, or when the person turns to something else.
pub(super) fn leave(board: Board) {
    if board.lifted.try_get_value().flatten().is_some() {
        let_go(board);
        board.said.try_set(board.words.calendar().left().to_owned());
    }
}

fn let_go(board: Board) {
    board.lifted.try_set_value(None);
    board.held.try_set_value(false);
    board.hover(None);
}
