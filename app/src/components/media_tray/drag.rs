//! Dragging an image to another place: by mouse at once, by touch after a long press, so that a finger still scrolls.

use super::Tray;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use std::time::Duration;
use web_sys::{Element, HtmlElement, PointerEvent};

/// A mouse that moved less than this has clicked, in CSS pixels.
const CLICK: i32 = 5;
const LONG_PRESS: Duration = Duration::from_millis(350);

#[derive(Clone, Copy)]
struct Held {
    key: u32,
    pointer: i32,
    by_touch: bool,
    /// Where it was pressed.
    x: i32,
    y: i32,
}

/// At most one drag is under way. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Drag {
    tray: Tray,
    held: StoredValue<Option<Held>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// The tile that follows the pointer.
    pub(super) lifted: RwSignal<Option<u32>>,
    /// The tile whose place it would take.
    pub(super) below: RwSignal<Option<u32>>,
}

impl Drag {
    pub(super) fn new(tray: Tray) -> Self {
        let drag = Self {
            tray,
            held: StoredValue::new(None),
            timer: StoredValue::new(None),
            lifted: RwSignal::new(None),
            below: RwSignal::new(None),
        };
        on_cleanup(move || drag.stop_timer());
        drag
    }

    pub(super) fn is_held(self) -> bool {
        self.held.get_value().is_some_and(|held| held.by_touch)
    }

    pub(super) fn is_lifted(self) -> bool {
        self.lifted.get_untracked().is_some()
    }

    pub(super) fn down(self, event: &PointerEvent, key: u32) {
        self.cancel();
        let on_button = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|target| matches!(target.closest("button"), Ok(Some(_))));
        if event.button() != 0 || !event.is_primary() || on_button {
            return;
        }
        let by_touch = event.pointer_type() == "touch";
        let (x, y) = (event.client_x(), event.client_y());
        self.held.set_value(Some(Held { key, pointer: event.pointer_id(), by_touch, x, y }));
        if by_touch {
            self.timer.set_value(set_timeout_with_handle(move || self.lift(), LONG_PRESS).ok());
        }
    }

    pub(super) fn moved(self, event: &PointerEvent) {
        let Some(held) = self.held.get_value().filter(|held| held.pointer == event.pointer_id()) else {
            return;
        };
        let (x, y) = (event.client_x(), event.client_y());
        let (right, down) = (x - held.x, y - held.y);
        if !self.is_lifted() {
            if right.abs().max(down.abs()) <= CLICK {
                return;
            }
            if held.by_touch || event.buttons() == 0 {
                // A finger that moves before the long press is over scrolls; a mouse was let go where nobody told us.
                return self.cancel();
            }
            self.lift();
        }
        if let Some(tile) = self.tile(held.key) {
            // Fails for no value of this form.
            drop(tile.style().set_property("transform", &format!("translate({right}px, {down}px)")));
        }
        let below = tile_at(x, y).filter(|key| *key != held.key);
        if self.below.get_untracked() != below {
            self.below.set(below);
        }
    }

    pub(super) fn up(self, event: &PointerEvent) {
        let held =
            self.held.get_value().filter(|held| held.pointer == event.pointer_id() && self.is_lifted());
        let to = self.below.get_untracked();
        self.cancel();
        if let (Some(held), Some(to)) = (held, to)
            && let Some(place) =
                self.tray.tiles.with_untracked(|tiles| tiles.iter().position(|tile| tile.key == to))
        {
            self.tray.move_to(held.key, place);
        }
    }

    /// Leaves everything as it was.
    pub(super) fn cancel(self) {
        self.stop_timer();
        if let Some(held) = self.held.get_value()
            && let Some(tile) = self.tile(held.key)
        {
            // Fails only for a name that isn't one.
            drop(tile.style().remove_property("transform"));
        }
        self.held.set_value(None);
        if self.is_lifted() {
            self.lifted.set(None);
            self.below.set(None);
        }
    }

    fn lift(self) {
        let Some(held) = self.held.get_value() else { return };
        self.lifted.set(Some(held.key));
        if let Some(tile) = self.tile(held.key) {
            // Fails for a pointer that is gone: then its end is told, too.
            drop(tile.set_pointer_capture(held.pointer));
        }
    }

    fn tile(self, key: u32) -> Option<HtmlElement> {
        document().get_element_by_id(&self.tray.tile_id(key))?.dyn_into().ok()
    }

    fn stop_timer(self) {
        self.timer.try_update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
    }
}

/// The key of the tile at a point of the window; what is lifted lets the pointer through.
fn tile_at(x: i32, y: i32) -> Option<u32> {
    #[expect(clippy::cast_precision_loss, reason = "a place on a screen")]
    let element = document().element_from_point(x as f32, y as f32)?;
    element.closest(".media-item").ok()??.get_attribute("data-key")?.parse().ok()
}
