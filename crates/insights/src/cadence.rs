//! How often a post is counted, and how much of its counts is kept: much while it is young, little when it is old.

use chrono::{DateTime, TimeDelta, Utc};

/// Ages up to which counts are kept, in days, and for how many days one is: every count in the first week, then one for each day
/// up to 30, each week up to 180, and each 30 days from there on.
const KEPT: [(i64, i64); 3] = [(30, 1), (180, 7), (i64::MAX, 30)];
const EVERY_COUNT_DAYS: i64 = 7;

/// Whether a count of a post takes the place of the one before it in the post's series, instead of standing beside it.
pub fn takes_the_place(published: DateTime<Utc>, before: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let (before, now) = ((before - published).num_days(), (now - published).num_days());
    if now < EVERY_COUNT_DAYS {
        return false;
    }
    let each = |age: i64| KEPT.into_iter().find(|(end, _)| age < *end).map_or(1, |(_, days)| days);
    each(before) == each(now) && before >= EVERY_COUNT_DAYS && before / each(before) == now / each(now)
}

/// How long after a count a post of that age is counted again if no list of the platform shows it: at every sync in its first
/// 30 days, then each week up to 180, then each 30 days.
pub fn count_again_after(age: TimeDelta) -> TimeDelta {
    match age.num_days() {
        ..30 => TimeDelta::zero(),
        30..180 => TimeDelta::days(7),
        _ => TimeDelta::days(30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ages in days, of counts twice a day, that are left in the end.
    fn left(days: i64) -> Vec<i64> {
        let published = DateTime::from_timestamp(1_764_000_000, 0).unwrap_or_default();
        let mut series: Vec<DateTime<Utc>> = Vec::new();
        for half in 0..days * 2 {
            let now = published + TimeDelta::hours(half * 12);
            if series.last().is_some_and(|before| takes_the_place(published, *before, now)) {
                series.pop();
            }
            series.push(now);
        }
        series.into_iter().map(|at| (at - published).num_days()).collect()
    }

    #[test]
    fn a_series_is_dense_at_first_and_thinner_with_age() {
        let ages = left(720);
        let between = |from, to| ages.iter().filter(|age| (from..to).contains(*age)).count();
        assert_eq!(between(0, 7), 14, "every count");
        assert_eq!(between(7, 30), 23, "one for each day");
        assert_eq!(between(30, 180), 22, "one for each week");
        assert_eq!(between(180, 720), 18, "one for each 30 days");
        assert!(ages.is_sorted() && ages.last() == Some(&719), "the newest is always there");
    }

    #[test]
    fn old_posts_are_counted_seldom() {
        assert_eq!(count_again_after(TimeDelta::days(29)), TimeDelta::zero());
        assert_eq!(count_again_after(TimeDelta::days(30)), TimeDelta::days(7));
        assert_eq!(count_again_after(TimeDelta::days(500)), TimeDelta::days(30));
    }
}
