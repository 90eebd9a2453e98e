//! Moving a post by keys: `m` lifts it, arrows choose the day, Enter puts it there, Escape leaves it.

use super::board::{Board, Place};
use super::drag::{Drag, movable, place_of, take};
use crate::format;
use chrono::{NaiveDate, TimeDelta};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

const LIFT: &str = "m";

/// A key on the days.
pub(super) fn press(board: Board, drag: Drag, event: &KeyboardEvent) {
    let key = event.key();
    if key == "Escape" && drag.is_lifted() {
        take(event);
        return drag.cancel();
    }
    let w = board.words.calendar();
    if let Some(place) = board.lifted.get_value() {
        let Some(over) = board.over.get_untracked() else { return leave(board) };
        match key.as_str() {
            "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" => {
                take(event);
                let days = match key.as_str() {
                    "ArrowLeft" => -1,
                    "ArrowRight" => 1,
                    "ArrowUp" => -7,
                    _ => 7,
                };
                let to = over.checked_add_signed(TimeDelta::days(days));
                if let Some(to) = to.filter(|to| board.days().iter().any(|(date, _)| date == to)) {
                    board.hover(Some(to));
                    board.said.set(w.to_day(&format::long_day(board.words.0, to)));
                }
            }
            "Enter" | " " => {
                take(event);
                let_go(board);
                board.put(place, over);
                focus(place, over);
            }
            "Escape" => {
                take(event);
                leave(board);
            }
            _ => {}
        }
        return;
    }
    let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
    let Some(place) =
        movable(event.target()).and_then(|chip| place_of(&chip)).filter(|_| key == LIFT && plain)
    else {
        return;
    };
    let Some(chip) = board.chip(place) else { return };
    take(event);
    board.held.set_value(true);
    board.lifted.set_value(Some(place));
    board.hover(Some(place.date));
    let text = if chip.text.is_empty() { board.words.posts().no_text().to_owned() } else { chip.text };
    board.said.set(w.moving(&text));
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

/// The post keeps the focus on its new day.
fn focus(place: Place, to: NaiveDate) {
    request_animation_frame(move || {
        let selector = format!("[data-date='{to}'] [href='/posts/{}']", place.post);
        let chip = document().query_selector(&selector).ok().flatten();
        if let Some(chip) = chip.and_then(|chip| chip.dyn_into::<HtmlElement>().ok()) {
            // Not every element takes the focus; then it stays where it is.
            drop(chip.focus());
        }
    });
}
