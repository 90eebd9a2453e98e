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
    let Some(chip) = movable(event.target()) else { return };
    let Some(place) = place_of(&chip) else { return };
    let w = board.words.calendar();
    match (board.over.get_untracked(), key.as_str()) {
        (None, LIFT) if !event.ctrl_key() && !event.meta_key() && !event.alt_key() => {
            take(event);
            let text = board.chip(place).map(|chip| chip.text).unwrap_or_default();
            board.over.set(Some(place.date));
            board.said.set(w.moving(&text));
        }
        (Some(over), "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown") => {
            take(event);
            let days = match key.as_str() {
                "ArrowLeft" => -1,
                "ArrowRight" => 1,
                "ArrowUp" => -7,
                _ => 7,
            };
            let to = over.checked_add_signed(TimeDelta::days(days));
            if let Some(to) = to.filter(|to| board.days().iter().any(|(date, _)| date == to)) {
                board.over.set(Some(to));
                board.said.set(w.to_day(&format::long_day(board.words.0, to)));
            }
        }
        (Some(to), "Enter" | " ") => {
            take(event);
            board.over.set(None);
            board.put(place, to);
            focus(place, to);
        }
        (Some(_), "Escape" | "Tab") => {
            if key == "Escape" {
                take(event);
            }
            board.over.set(None);
            board.said.set(w.left().to_owned());
        }
        _ => {}
    }
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
