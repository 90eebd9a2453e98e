//! Wall clocks and time zones. Only the server does zone arithmetic; the browser gets [`LocalTime`].

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset, TimeDelta, TimeZone as _, Utc};
use chrono_tz::{OffsetName as _, Tz};
use model::LocalTime;

/// A wall time can't be turned into an instant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZoneError {
    #[error("unknown time zone {0:?}")]
    UnknownZone(String),
    /// Before or after all years that can be counted with.
    #[error("that time is out of range")]
    OutOfRange,
}

/// Whether it is an IANA name that we know, in its exact writing.
pub fn is_zone(name: &str) -> bool {
    name.parse::<Tz>().is_ok()
}

/// The zones for pickers, by name: UTC first, then those of the form `Region/City`.
pub fn names() -> Vec<String> {
    let cities = chrono_tz::TZ_VARIANTS
        .iter()
        .map(|zone| zone.name())
        .filter(|name| name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("US/"));
    std::iter::once("UTC").chain(cities).map(str::to_owned).collect()
}

/// What the clock on the wall shows there; in UTC if the zone's name isn't known (any more).
pub fn local_time(utc: DateTime<Utc>, zone: &str) -> LocalTime {
    let tz: Tz = zone.parse().unwrap_or(Tz::UTC);
    let local = utc.with_timezone(&tz);
    let offset = local.offset();
    // Zones without letters are written as `+03` or `+05:45`.
    let abbreviation = offset
        .abbreviation()
        .map_or_else(|| offset.fix().to_string().trim_end_matches(":00").to_owned(), str::to_owned);
    LocalTime { utc, local: local.naive_local(), zone: tz.name().to_owned(), abbreviation }
}

/// The wall clock of a zone, for many instants: the zone's name is looked up once. UTC if it isn't known (any more).
pub fn wall_clock(zone: &str) -> impl Fn(DateTime<Utc>) -> NaiveDateTime {
    let tz: Tz = zone.parse().unwrap_or(Tz::UTC);
    move |utc| utc.with_timezone(&tz).naive_local()
}

/// How a zone is written at an instant whose wall time comes twice there, as clocks go back; `None` at all others.
pub fn doubled(zone: &str) -> impl Fn(DateTime<Utc>) -> Option<String> {
    let tz: Tz = zone.parse().unwrap_or(Tz::UTC);
    move |utc| {
        let wall = utc.with_timezone(&tz).naive_local();
        let twice = matches!(tz.from_local_datetime(&wall), MappedLocalTime::Ambiguous(..));
        twice.then(|| local_time(utc, tz.name()).abbreviation)
    }
}

/// The instant of a wall time. A time that is skipped when clocks go forward moves forward by as much as they do; of
/// one that comes twice, when they go back, the first is meant.
///
/// # Errors
/// Unknown zone, or a year beyond counting.
pub fn resolve(wall: NaiveDateTime, zone: &str) -> Result<DateTime<Utc>, ZoneError> {
    let tz: Tz = zone.parse().map_err(|_| ZoneError::UnknownZone(zone.to_owned()))?;
    match tz.from_local_datetime(&wall) {
        MappedLocalTime::Single(time) | MappedLocalTime::Ambiguous(time, _) => Ok(time.to_utc()),
        MappedLocalTime::None => after_gap(wall, tz).ok_or(ZoneError::OutOfRange),
    }
}

/// Gaps are multiples of a minute and at most a day long (Samoa left out 30 December 2011).
fn after_gap(wall: NaiveDateTime, tz: Tz) -> Option<DateTime<Utc>> {
    (1..=48 * 60).find_map(|minutes| {
        let back = TimeDelta::minutes(minutes);
        let before = tz.from_local_datetime(&wall.checked_sub_signed(back)?).latest()?;
        before.to_utc().checked_add_signed(back)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wall(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn resolved(text: &str, zone: &str) -> String {
        resolve(wall(text), zone).unwrap().format("%Y-%m-%d %H:%M").to_string()
    }

    #[test]
    fn ordinary_times() {
        assert_eq!(resolved("2025-01-15 12:00", "Europe/Paris"), "2025-01-15 11:00");
        assert_eq!(resolved("2025-07-15 12:00", "Europe/Paris"), "2025-07-15 10:00");
        assert_eq!(resolved("2025-07-15 12:00", "UTC"), "2025-07-15 12:00");
    }

    #[test]
    fn a_skipped_time_goes_forward() {
        // Paris, 30 March 2025: 02:00 becomes 03:00.
        assert_eq!(resolved("2025-03-30 01:59", "Europe/Paris"), "2025-03-30 00:59");
        assert_eq!(resolved("2025-03-30 02:30", "Europe/Paris"), "2025-03-30 01:30"); // 03:30 on the wall
        assert_eq!(resolved("2025-03-30 03:00", "Europe/Paris"), "2025-03-30 01:00");
        // New York, 9 March 2025.
        assert_eq!(resolved("2025-03-09 02:30", "America/New_York"), "2025-03-09 07:30"); // 03:30 on the wall
        // Lord Howe moves by half an hour, on 5 October 2025: 02:00 becomes 02:30.
        assert_eq!(resolved("2025-10-05 02:10", "Australia/Lord_Howe"), "2025-10-04 15:40"); // 02:40 on the wall
        let shown = local_time(
            resolve(wall("2025-10-05 02:10"), "Australia/Lord_Howe").unwrap(),
            "Australia/Lord_Howe",
        );
        assert_eq!(shown.local, wall("2025-10-05 02:40"));
        // Samoa left out a whole day.
        assert_eq!(resolved("2011-12-30 12:00", "Pacific/Apia"), "2011-12-30 22:00");
    }

    #[test]
    fn of_a_repeated_time_the_first_is_meant() {
        // Paris, 26 October 2025: 03:00 becomes 02:00; the first 02:30 is summer time.
        assert_eq!(resolved("2025-10-26 02:30", "Europe/Paris"), "2025-10-26 00:30");
        assert_eq!(resolved("2025-10-26 03:00", "Europe/Paris"), "2025-10-26 02:00");
        assert_eq!(resolved("2025-11-02 01:30", "America/New_York"), "2025-11-02 05:30");
        // Lord Howe, 6 April 2025: 02:00 becomes 01:30.
        assert_eq!(resolved("2025-04-06 01:45", "Australia/Lord_Howe"), "2025-04-05 14:45");
    }

    #[test]
    fn only_a_time_that_comes_twice_says_which_it_is() {
        let paris = doubled("Europe/Paris");
        let first = resolve(wall("2026-10-25 02:30"), "Europe/Paris").unwrap();
        assert_eq!(paris(first).as_deref(), Some("CEST"));
        assert_eq!(paris(first + TimeDelta::hours(1)).as_deref(), Some("CET"));
        assert_eq!((paris(first - TimeDelta::hours(1)), paris(first + TimeDelta::hours(2))), (None, None));
    }

    #[test]
    fn an_instant_is_shown_as_people_there_write_it() {
        let summer = resolve(wall("2025-07-15 12:00"), "UTC").unwrap();
        let paris = local_time(summer, "Europe/Paris");
        assert_eq!((paris.local, paris.abbreviation.as_str()), (wall("2025-07-15 14:00"), "CEST"));
        let lost = local_time(summer, "Nowhere/Atlantis");
        assert_eq!((lost.local, lost.zone.as_str()), (wall("2025-07-15 12:00"), "UTC"));
        assert_eq!(local_time(summer, "America/Sao_Paulo").abbreviation, "-03");
        assert_eq!(wall_clock("Europe/Paris")(summer), paris.local);
        assert_eq!(wall_clock("Nowhere/Atlantis")(summer), lost.local);
    }

    #[test]
    fn every_name_offered_is_a_zone() {
        let names = names();
        assert!(names.len() > 300);
        assert_eq!(names.first().map(String::as_str), Some("UTC"));
        assert!(names.iter().all(|name| is_zone(name)));
        assert!(names.iter().any(|name| name == "Europe/Paris"));
        assert!(!is_zone("Paris") && !is_zone(""));
    }
}
