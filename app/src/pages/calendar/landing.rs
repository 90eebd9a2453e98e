//! Which time a place on the screen stands for.

use super::lanes::{DAY, minute, time_at};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};

/// Posts stand on quarters of an hour unless they were composed for another minute.
pub(super) const QUARTER: u32 = 15;

/// Where a post of `time` would come to stand that is held at a place, `grab` below its upper edge, in CSS pixels: in a column of hours at
/// the nearest quarter of an hour, on any other day at its own time.
pub(super) fn landing(x: i32, y: i32, grab: f64, time: NaiveTime) -> Option<NaiveDateTime> {
    let element = element_at(x, y)?;
    let date = date_of(&element)?;
    let Some(column) = column_of(&element) else { return Some(date.and_time(time)) };
    let at = minutes_down(&column, f64::from(y) - grab);
    // Held beside its own time, it keeps the minute it was composed for.
    let own = (at - f64::from(minute(time))).abs() < f64::from(QUARTER) / 2.0;
    Some(date.and_time(if own { time } else { time_at(nearest_quarter(at)) }))
}

/// The quarter of an hour that a place in an empty part of a column lies in.
pub(super) fn quarter_at(target: Option<EventTarget>, y: i32) -> Option<NaiveDateTime> {
    let element = target?.dyn_into::<Element>().ok()?;
    let column = Some(&element).filter(|element| element.has_attribute(COLUMN))?;
    let at = minutes_down(column, f64::from(y)) - f64::from(QUARTER) / 2.0;
    Some(date_of(column)?.and_time(time_at(nearest_quarter(at))))
}

/// Marks a day's column of hours.
const COLUMN: &str = "data-hours";

fn element_at(x: i32, y: i32) -> Option<Element> {
    #[expect(clippy::cast_precision_loss, reason = "a place on a screen")]
    document().element_from_point(x as f32, y as f32)
}

fn column_of(element: &Element) -> Option<Element> {
    element.closest("[data-hours]").ok()?
}

/// The day that an element belongs to, or that a post dropped on it goes to.
pub(super) fn date_of(element: &Element) -> Option<NaiveDate> {
    let day = element.closest("[data-date], [data-drop]").ok()??;
    day.get_attribute("data-date").or_else(|| day.get_attribute("data-drop"))?.parse().ok()
}

fn minutes_down(column: &Element, y: f64) -> f64 {
    let place = column.get_bounding_client_rect();
    (y - place.top()) / place.height().max(1.0) * f64::from(DAY)
}

fn nearest_quarter(minutes: f64) -> u32 {
    let quarters = (minutes / f64::from(QUARTER)).round().clamp(0.0, f64::from(DAY / QUARTER - 1));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 95")]
    let quarters = quarters as u32;
    quarters * QUARTER
}

/// The quarter of an hour before or after, on the same day.
pub(super) fn next_quarter(at: NaiveDateTime, later: bool) -> Option<NaiveDateTime> {
    let minute = minute(at.time());
    let next = if later {
        (minute / QUARTER + 1) * QUARTER
    } else {
        minute.div_ceil(QUARTER).checked_sub(1)? * QUARTER
    };
    (next < DAY).then(|| at.date().and_time(time_at(next)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_snap_to_quarters_within_the_day() {
        let snapped = [-20.0, 7.4, 7.6, 544.0, 1439.0, 3000.0].map(nearest_quarter);
        assert_eq!(snapped, [0, 0, 15, 540, 1425, 1425]);
    }

    #[test]
    fn a_step_goes_to_the_next_quarter_and_stays_on_the_day() {
        let step = |time: &str, later| {
            let at: NaiveDateTime = format!("2026-11-18T{time}:00").parse().expect("a time");
            next_quarter(at, later).map(|at| at.time().format("%H:%M").to_string())
        };
        assert_eq!(step("09:00", true).as_deref(), Some("09:15"));
        assert_eq!(step("09:07", true).as_deref(), Some("09:15"));
        assert_eq!(step("09:07", false).as_deref(), Some("09:00"));
        assert_eq!(step("09:00", false).as_deref(), Some("08:45"));
        assert_eq!((step("23:50", true), step("00:00", false)), (None, None));
    }
}
