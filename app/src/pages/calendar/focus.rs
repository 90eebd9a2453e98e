//! The focus stays with a post that was moved by a key, however its day is drawn anew.

use super::board::{Board, Place};
use super::lanes::minute;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};

impl Board {
    /// The focus goes with the post that stands there from now on.
    pub(super) fn follow(self, place: Option<Place>) {
        self.follows.try_set_value(place);
        self.refocus();
    }

    /// The person turned to something else.
    pub(super) fn turned_to(self, target: Option<EventTarget>) {
        let Some(Some(place)) = self.follows.try_get_value() else { return };
        let chip = target.and_then(|target| target.dyn_into::<Element>().ok());
        let href = chip.and_then(|chip| chip.get_attribute("href"));
        if href.is_none_or(|href| href != address(place)) {
            self.follows.try_set_value(None);
        }
    }

    /// Once the days are drawn: to the post, or to the number it went into.
    pub(super) fn refocus(self) {
        if !matches!(self.follows.try_get_value(), Some(Some(_))) {
            return;
        }
        request_animation_frame(move || {
            let Some(Some(place)) = self.follows.try_get_value() else { return };
            let lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
            if let Some(element) = stands_at(place).filter(|_| lost) {
                // Not every element takes the focus; then it stays where it is.
                drop(element.focus());
            }
        });
    }
}

fn address(place: Place) -> String {
    format!("/posts/{}", place.post)
}

fn stands_at(place: Place) -> Option<HtmlElement> {
    let day = format!("[data-date='{}']", place.date);
    let chip = document().query_selector(&format!("{day} [href='{}']", address(place))).ok().flatten();
    chip.or_else(|| number_at(&day, minute(place.time)))?.dyn_into().ok()
}

/// What stands for posts of that minute that are not drawn.
fn number_at(day: &str, minute: u32) -> Option<Element> {
    let all = document().query_selector_all(&format!("{day} [data-fold]")).ok()?;
    let elements = (0..all.length()).filter_map(|n| all.item(n)?.dyn_into::<Element>().ok());
    let holds = |element: &Element| {
        let number = |name| element.get_attribute(name).and_then(|text| text.parse::<u32>().ok());
        match (number("data-from"), number("data-to")) {
            (Some(from), Some(to)) => from <= minute && minute < to,
            _ => true,
        }
    };
    elements.into_iter().find(holds)
}
