//! Which posts of a day are shown.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike as _, Utc};
use model::PostId;
use model::calendar::{HourCount, Span};
use std::collections::BTreeMap;

/// A post at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) post: PostId,
    pub(super) due: DateTime<Utc>,
    /// On the workspace's wall clock.
    pub(super) local: NaiveDateTime,
    pub(super) attention: bool,
}

/// A day with those of its posts that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Crowd {
    pub(super) date: NaiveDate,
    pub(super) total: u32,
    /// In the order of their times.
    pub(super) shown: Vec<Slot>,
    /// Empty when all are shown.
    pub(super) hours: Vec<HourCount>,
}

/// A day's cell in a month takes this many lines.
const LINES: usize = 4;
/// A week's page stays quick with this many on each day.
const OF_WEEK: usize = 24;
/// A day's page with this many.
const OF_DAY: usize = 200;

/// Sorts `slots`, which come in the order of time, to their days.
pub(super) fn by_day(dates: &[NaiveDate], slots: impl Iterator<Item = Slot>, span: Span) -> Vec<Crowd> {
    let mut days: BTreeMap<NaiveDate, Vec<Slot>> = dates.iter().map(|date| (*date, Vec::new())).collect();
    for slot in slots {
        // Outside only where a zone's midnight was skipped; such a slot is the neighbour's.
        if let Some(day) = days.get_mut(&slot.local.date()) {
            day.push(slot);
        }
    }
    days.into_iter().map(|(date, slots)| crowd(date, slots, span)).collect()
}

fn crowd(date: NaiveDate, slots: Vec<Slot>, span: Span) -> Crowd {
    let total = u32::try_from(slots.len()).unwrap_or(u32::MAX);
    let (fits, shown) = match span {
        // The last line of a crowded day says how many more there are.
        Span::Month => (LINES, LINES - 1),
        Span::Week => (OF_WEEK, OF_WEEK),
        Span::Day => (OF_DAY, OF_DAY),
    };
    if slots.len() <= fits {
        return Crowd { date, total, shown: slots, hours: Vec::new() };
    }
    let hours = hours(&slots);
    let mut kept: Vec<(usize, Slot)> = slots.into_iter().enumerate().collect();
    kept.sort_by_key(|(place, slot)| (!slot.attention, *place));
    kept.truncate(shown);
    kept.sort_by_key(|(place, _)| *place);
    Crowd { date, total, shown: kept.into_iter().map(|(_, slot)| slot).collect(), hours }
}

fn hours(slots: &[Slot]) -> Vec<HourCount> {
    let mut hours: BTreeMap<u32, HourCount> = BTreeMap::new();
    for slot in slots {
        let hour = slot.local.hour();
        let count = hours.entry(hour).or_insert(HourCount { hour, posts: 0, attention: false });
        count.posts += 1;
        count.attention |= slot.attention;
    }
    hours.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn date() -> NaiveDate {
        "2026-11-27".parse().unwrap()
    }

    /// One at each full hour; those of `bad` need somebody.
    fn slots(number: i64, bad: &[i64]) -> Vec<Slot> {
        (0..number)
            .map(|n| {
                let local = date().and_hms_opt(0, 0, 0).unwrap() + TimeDelta::hours(n);
                Slot {
                    post: PostId(uuid::Uuid::nil()),
                    due: local.and_utc(),
                    local,
                    attention: bad.contains(&n),
                }
            })
            .collect()
    }

    fn shown(number: i64, bad: &[i64], span: Span) -> Vec<u32> {
        let days = by_day(&[date()], slots(number, bad).into_iter(), span);
        days[0].shown.iter().map(|slot| slot.local.hour()).collect()
    }

    #[test]
    fn a_crowded_day_keeps_what_needs_somebody() {
        assert_eq!(shown(4, &[], Span::Month), [0, 1, 2, 3]);
        assert_eq!(shown(9, &[], Span::Month), [0, 1, 2]);
        assert_eq!(shown(9, &[5, 8], Span::Month), [0, 5, 8]);
        assert_eq!(shown(9, &[2, 3, 4, 5], Span::Month), [2, 3, 4]);
        assert_eq!(shown(9, &[5], Span::Day).len(), 9);
    }

    #[test]
    fn the_hours_tell_of_all() {
        let days = by_day(&[date()], slots(9, &[5]).into_iter(), Span::Month);
        assert_eq!((days[0].total, days[0].hours.len()), (9, 9));
        let bad: Vec<_> = days[0].hours.iter().filter(|hour| hour.attention).map(|hour| hour.hour).collect();
        assert_eq!(bad, [5]);
        assert!(by_day(&[date()], slots(4, &[]).into_iter(), Span::Month)[0].hours.is_empty());
    }

    #[test]
    fn days_without_posts_are_there() {
        let days = by_day(&Span::Week.days(date()), slots(1, &[]).into_iter(), Span::Week);
        assert_eq!(days.iter().map(|day| day.total).collect::<Vec<_>>(), [0, 0, 0, 0, 1, 0, 0]);
    }
}
