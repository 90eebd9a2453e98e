//! Dragging a post to another time: by mouse at once, by touch after a long press, so that a finger still scrolls.

use super::board::{Board, Place};
use super::landing::{date_of, landing};
use chrono::NaiveDateTime;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use model::PostId;
use std::time::Duration;
use web_sys::{Element, Event, EventTarget, HtmlElement, MouseEvent, PointerEvent};

/// A mouse that moved less than this has clicked, in CSS pixels.
const CLICK: i32 = 5;
const LONG_PRESS: Duration = Duration::from_millis(350);

struct Held {
    place: Place,
    chip: HtmlElement,
    pointer: i32,
    by_touch: bool,
    /// Where it was pressed.
    x: i32,
    y: i32,
    /// How far below its upper edge.
    grab: f64,
    /// What follows the pointer, once it is lifted.
    ghost: Option<HtmlElement>,
}

/// At most one drag is under way. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Drag {
    board: Board,
    /// Made with the first press: the server, whose threads share a page, has none.
    held: StoredValue<Option<StoredValue<Option<Held>, LocalStorage>>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// The click that ends a drag opens nothing.
    swallows: StoredValue<bool>,
}

impl Drag {
    pub(super) fn new(board: Board) -> Self {
        let drag = Self {
            board,
            held: StoredValue::new(None),
            timer: StoredValue::new(None),
            swallows: StoredValue::new(false),
        };
        on_cleanup(move || drag.cancel());
        drag
    }

    /// What `look` finds out about what is held; `None` if nothing is.
    fn held<T>(self, look: impl FnOnce(&mut Held) -> T) -> Option<T> {
        let held = self.held.try_get_value().flatten()?;
        held.try_update_value(|held| held.as_mut().map(look)).flatten()
    }

    pub(super) fn is_lifted(self) -> bool {
        self.held(|held| held.ghost.is_some()) == Some(true)
    }

    pub(super) fn down(self, event: &PointerEvent) {
        self.cancel();
        self.swallows.set_value(false);
        let Some(chip) = movable(event.target()) else { return };
        let Some(place) = place_of(&chip) else { return };
        if event.button() != 0 || !event.is_primary() || self.board.chip(place).is_none() {
            return;
        }
        let by_touch = event.pointer_type() == "touch";
        let grab = f64::from(event.client_y()) - chip.get_bounding_client_rect().top();
        let held = Held {
            place,
            chip,
            grab,
            pointer: event.pointer_id(),
            by_touch,
            x: event.client_x(),
            y: event.client_y(),
            ghost: None,
        };
        match self.held.get_value() {
            Some(known) => known.set_value(Some(held)),
            None => self.held.set_value(Some(StoredValue::new_local(Some(held)))),
        }
        self.board.held.set_value(true);
        if by_touch {
            let lift = move || self.lift();
            self.timer.set_value(set_timeout_with_handle(lift, LONG_PRESS).ok());
        }
    }

    pub(super) fn moved(self, event: &PointerEvent) {
        let (x, y) = (event.client_x(), event.client_y());
        let pointer = event.pointer_id();
        let far =
            self.held(|held| held.pointer == pointer && (x - held.x).abs().max((y - held.y).abs()) > CLICK);
        if far != Some(true) {
            return;
        }
        if event.buttons() == 0 {
            // It was let go where nobody told us.
            return self.cancel();
        }
        if !self.is_lifted() {
            if self.held(|held| held.by_touch) == Some(true) {
                // A finger that moves before the long press is over scrolls.
                return self.cancel();
            }
            self.lift();
        }
        self.held(|held| {
            if let Held { ghost: Some(ghost), x: from_x, y: from_y, .. } = held {
                let by = format!("translate({}px, {}px)", x - *from_x, y - *from_y);
                // Fails for no value of this form.
                drop(HtmlElement::style(ghost).set_property("transform", &by));
            }
        });
        scroll_near_edges(y);
        self.board.hover(self.landing(x, y));
    }

    fn landing(self, x: i32, y: i32) -> Option<NaiveDateTime> {
        self.held(|held| landing(x, y, held.grab, held.place.time)).flatten()
    }

    pub(super) fn up(self, event: &PointerEvent) {
        if !self.is_lifted() {
            return self.cancel();
        }
        self.swallows.set_value(true);
        let held = self.held(|held| (held.place, held.by_touch));
        let to = self.landing(event.client_x(), event.client_y());
        self.cancel();
        match (held, to) {
            // A finger has no keys to hold while it marks.
            (Some((place, true)), Some(to)) if to == place.at() => self.board.mark(place),
            (Some((place, _)), Some(to)) => {
                self.board.put(place, to);
            }
            _ => {}
        }
    }

    /// A long press lifts; the browser's menu for links would end it.
    pub(super) fn context_menu(self, event: &MouseEvent) {
        if self.held(|held| held.by_touch) == Some(true) {
            event.prevent_default();
        }
    }

    pub(super) fn click(self, event: &MouseEvent) {
        // A key's click has no presses, and is no drag's.
        if self.swallows.get_value() && event.detail() > 0 {
            self.swallows.set_value(false);
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// Leaves everything as it was while the button is still down: letting it go opens nothing either.
    pub(super) fn give_up(self) {
        self.swallows.set_value(true);
        self.cancel();
    }

    /// Leaves everything as it was.
    pub(super) fn cancel(self) {
        self.timer.try_update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
        let held = self.held.try_get_value().flatten();
        let held = held.and_then(|held| held.try_update_value(Option::take).flatten());
        let Some(Held { chip, ghost, .. }) = held else { return };
        self.board.held.try_set_value(false);
        if let Some(ghost) = ghost {
            ghost.remove();
            // Fails only for a name that isn't one.
            drop(chip.class_list().remove_1("is-ghost"));
            self.board.hover(None);
        }
    }

    /// The chip stays, pale, and a copy follows the pointer.
    fn lift(self) {
        let at = self.held(|held| {
            let place = held.chip.get_bounding_client_rect();
            let copy = held.chip.clone_node_with_deep(true).ok()?.dyn_into::<HtmlElement>().ok()?;
            let style = format!(
                "position:fixed;left:{}px;top:{}px;width:{}px;z-index:60;pointer-events:none",
                place.left(),
                place.top(),
                place.width()
            );
            // These fail only for names that aren't any, and for a pointer that is gone: then its end is told, too.
            drop(copy.set_attribute("style", &style));
            drop(copy.set_attribute("aria-hidden", "true"));
            drop(copy.class_list().add_1("is-lifted"));
            drop(held.chip.class_list().add_1("is-ghost"));
            drop(document().body()?.append_child(&copy));
            drop(held.chip.set_pointer_capture(held.pointer));
            held.ghost = Some(copy);
            Some(held.place.at())
        });
        if let Some(Some(at)) = at {
            self.board.hover(Some(at));
        }
    }
}

/// Days and hours beyond the screen come near while a post is held at its edge. In CSS pixels.
fn scroll_near_edges(y: i32) {
    const EDGE: f64 = 72.0;
    const STEP: f64 = 14.0;
    let hours = hours_on_screen();
    let (top, bottom) = hours.as_ref().map_or_else(
        || (0.0, window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()),
        |hours| {
            let place = hours.get_bounding_client_rect();
            (place.top(), place.bottom())
        },
    );
    let y = f64::from(y);
    let step = match () {
        () if y < top + EDGE => -STEP,
        () if y > bottom - EDGE => STEP,
        () => return,
    };
    match hours {
        Some(hours) => hours.scroll_by_with_x_and_y(0.0, step),
        None => window().scroll_by_with_x_and_y(0.0, step),
    }
}

/// What the hours of a week or a day scroll in.
pub(super) fn hours_on_screen() -> Option<HtmlElement> {
    document().query_selector(".week-scroll").ok()??.dyn_into().ok()
}

/// The chip that an event is about.
pub(super) fn chip_of(target: Option<EventTarget>) -> Option<HtmlElement> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest(".chip").ok()??.dyn_into().ok()
}

/// The chip that an event is about, if it can be moved.
pub(super) fn movable(target: Option<EventTarget>) -> Option<HtmlElement> {
    chip_of(target).filter(|chip| chip.has_attribute("data-move"))
}

/// The post that a chip leads to.
pub(super) fn post_of(chip: &HtmlElement) -> Option<PostId> {
    chip.get_attribute("href")?.rsplit('/').next()?.parse().ok()
}

/// Where a chip stands, as its element says.
pub(super) fn place_of(chip: &HtmlElement) -> Option<Place> {
    let post = post_of(chip)?;
    let time = chip.query_selector("time").ok()??.text_content()?;
    let time = chrono::NaiveTime::parse_from_str(&time, "%H:%M").ok()?;
    Some(Place { post, date: date_of(chip)?, time })
}

/// Takes the event for the calendar alone.
pub(super) fn take(event: &Event) {
    event.prevent_default();
    event.stop_propagation();
}
