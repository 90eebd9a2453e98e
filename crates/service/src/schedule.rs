//! What is done every day or week, at its hour in each workspace's zone: the one list of it.

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use model::operations::Schedule;

/// A line of the list.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub schedule: Schedule,
    /// Hour of the workspace's day.
    hour: u32,
    /// None: every day.
    on: Option<Weekday>,
}

pub const SCHEDULE: [Entry; 4] = [
    Entry { schedule: Schedule::RefreshTokens, hour: 2, on: None },
    Entry { schedule: Schedule::PruneSyncs, hour: 3, on: Some(Weekday::Sun) },
    Entry { schedule: Schedule::SyncAccounts, hour: 8, on: None },
    Entry { schedule: Schedule::RepairConnections, hour: 10, on: None },
];

impl Entry {
    /// Whether its hour has come, that day.
    pub fn is_due(&self, local: NaiveDateTime) -> bool {
        self.of_day(local.date()).is_some_and(|at| local >= at)
    }

    /// When it is done next, by the wall clock that shows `local` now; `done` is the newest day on which it was. In the past: its hour
    /// has come, and it is not done.
    pub fn next(&self, local: NaiveDateTime, done: Option<NaiveDate>) -> Option<NaiveDateTime> {
        let days = (0..=7).filter_map(|n| local.date().checked_add_days(Days::new(n)));
        days.filter(|day| done.is_none_or(|done| done < *day)).find_map(|day| self.of_day(day))
    }

    fn of_day(&self, day: NaiveDate) -> Option<NaiveDateTime> {
        let at = NaiveTime::from_hms_opt(self.hour, 0, 0)?;
        self.on.is_none_or(|on| on == day.weekday()).then(|| day.and_time(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn local(text: &str) -> NaiveDateTime {
        text.parse().unwrap_or_default()
    }

    fn entry(schedule: Schedule) -> Entry {
        SCHEDULE.iter().find(|entry| entry.schedule == schedule).copied().unwrap()
    }

    #[test]
    fn an_hour_has_come_for_the_rest_of_its_day() {
        let is_due = |schedule, at: &str| entry(schedule).is_due(local(at));
        assert!(!is_due(Schedule::SyncAccounts, "2026-11-21T07:59:59"));
        assert!(is_due(Schedule::SyncAccounts, "2026-11-21T08:00:00"));
        assert!(is_due(Schedule::SyncAccounts, "2026-11-21T23:59:00"), "caught up with");
        assert!(is_due(Schedule::RefreshTokens, "2026-03-29T03:00:00"), "Paris has no 02:00 that day");
        assert!(!is_due(Schedule::PruneSyncs, "2026-11-21T04:00:00"), "a Saturday");
        assert!(is_due(Schedule::PruneSyncs, "2026-11-22T03:00:00"));
    }

    #[test]
    fn the_next_time_is_today_until_it_is_done() {
        let next = |schedule, at: &str, done: Option<&str>| {
            let done = done.map(|day| day.parse::<NaiveDate>().unwrap());
            entry(schedule).next(local(at), done).unwrap().to_string()
        };
        let (sync, prune) = (Schedule::SyncAccounts, Schedule::PruneSyncs);
        assert_eq!(next(sync, "2026-11-21T07:00:00", Some("2026-11-20")), "2026-11-21 08:00:00");
        assert_eq!(next(sync, "2026-11-21T09:00:00", Some("2026-11-20")), "2026-11-21 08:00:00", "late");
        assert_eq!(next(sync, "2026-11-21T09:00:00", Some("2026-11-21")), "2026-11-22 08:00:00");
        assert_eq!(next(prune, "2026-11-21T09:00:00", None), "2026-11-22 03:00:00");
        assert_eq!(next(prune, "2026-11-22T09:00:00", Some("2026-11-22")), "2026-11-29 03:00:00");
    }

    #[test]
    fn names_are_keys() {
        let names: HashSet<&str> = SCHEDULE.iter().map(|entry| entry.schedule.key()).collect();
        assert_eq!(names.len(), SCHEDULE.len());
    }
}
