use super::board::Board;
use super::drag::hours_on_screen;
use super::lanes::{DAY, minute};
use leptos::prelude::*;
use model::calendar::Span;

/// What the page keeps while its days are loaded anew. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    /// How far the hours are scrolled, in CSS pixels; none before they were shown.
    pub(super) scrolled: StoredValue<Option<i32>>,
    /// The person asked for today, and hasn't been brought there yet.
    to_today: StoredValue<bool>,
}

impl Kept {
    pub(super) fn new() -> Self {
        Self { scrolled: StoredValue::new(None), to_today: StoredValue::new(false) }
    }

    /// "Today" was pressed: brings it into view here, or on the days that come.
    pub(super) fn go_to_today(self, board: Board) {
        self.to_today.set_value(!show_today(board));
    }

    /// Where new days begin to be shown: with today if it was asked for, or where the ones before were left.
    pub(super) fn settle(self, board: Board) {
        let (Some(asked), Some(filter)) = (self.to_today.try_get_value(), board.asked_for()) else { return };
        self.to_today.set_value(false);
        match (hours_on_screen(), self.scrolled.get_value()) {
            (Some(hours), Some(scrolled)) if !asked => hours.set_scroll_top(scrolled),
            (Some(hours), _) => {
                if !show_today(board) {
                    hours.set_scroll_top(pixels(MORNING, hours.scroll_height()));
                }
            }
            (None, _) => {
                let untouched = window().scroll_y().is_ok_and(|y| y < 1.0);
                if asked || (untouched && filter.on.is_none()) {
                    show_today(board);
                }
            }
        }
    }
}

/// Hours begin to be shown here, and this long before now. In minutes.
const MORNING: u32 = 7 * 60;
const BEFORE: u32 = 2 * 60;

/// `false` where today isn't among the days.
fn show_today(board: Board) -> bool {
    let today = board.today();
    if board.day(today).is_none() {
        return false;
    }
    if let Some(hours) = hours_on_screen() {
        let now = board.now.with_untracked(|now| minute(now.local.time()));
        hours.set_scroll_top(pixels(now.saturating_sub(BEFORE), hours.scroll_height()));
    } else if board.span() == Span::Month && is_phone() {
        // On phones the days of a month stand below each other.
        if let Some(day) = document().get_element_by_id(&format!("d{today}")) {
            day.scroll_into_view();
        }
    }
    true
}

fn pixels(minute: u32, of: i32) -> i32 {
    let minute = i32::try_from(minute).unwrap_or_default();
    of.saturating_mul(minute) / i32::try_from(DAY).unwrap_or(i32::MAX)
}

/// Where the style sheet makes one column of the days.
const PHONE: &str = "(max-width: 719px)";

fn is_phone() -> bool {
    window().match_media(PHONE).ok().flatten().is_some_and(|query| query.matches())
}
