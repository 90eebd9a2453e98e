//! When a team publishes: more on weekdays than on Sundays, more this year than last, at hours when people are up.

use crate::draw::Draw;
use crate::teams::Team;
use chrono::{DateTime, Datelike as _, Days, NaiveDate, TimeDelta, Utc};

/// The first and the last minute of a day at which anything goes out.
const AWAKE: (i64, i64) = (6 * 60 + 45, 21 * 60 + 50);
/// Times are on the five minutes, as people choose them.
const STEP: i64 = 5;

pub(super) fn on(day: NaiveDate, offset: i64) -> NaiveDate {
    let days = Days::new(offset.unsigned_abs());
    let moved = if offset < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) };
    moved.unwrap_or(day)
}

/// How many posts go out on each day to come, today first.
pub(super) fn ahead(team: &Team, today: NaiveDate, days: i64, draw: &mut Draw) -> Vec<usize> {
    let of = |offset| {
        let (fewest, most) = team.week[weekday(on(today, offset))];
        usize::try_from(draw.between(fewest, most)).unwrap_or(0)
    };
    (0..=days).map(of).collect()
}

/// Spreads `total` posts over the `days` before today, oldest day first.
pub(super) fn behind(team: &Team, today: NaiveDate, days: i64, total: usize, draw: &mut Draw) -> Vec<usize> {
    let weight = |offset: i64, draw: &mut Draw| {
        let (fewest, most) = team.week[weekday(on(today, offset))];
        // From half of today's pace to all of it, by day more or less.
        let pace = days + (days + offset);
        (fewest + most) * pace * draw.between(60, 140)
    };
    let weights: Vec<i64> = (-days..0).map(|offset| weight(offset, draw)).collect();
    spread(&weights, total)
}

/// Spreads `total` posts evenly over some days.
pub(super) fn evenly(days: usize, total: usize, draw: &mut Draw) -> Vec<usize> {
    let weights: Vec<i64> = (0..days).map(|_| draw.between(80, 120)).collect();
    spread(&weights, total)
}

/// In proportion to the weights, so that the sum is exact.
fn spread(weights: &[i64], total: usize) -> Vec<usize> {
    let sum = weights.iter().sum::<i64>().max(1);
    let total = i64::try_from(total).unwrap_or(i64::MAX);
    let (mut passed, mut given) = (0, 0);
    weights
        .iter()
        .map(|weight| {
            passed += weight;
            let until = i64::try_from(i128::from(passed) * i128::from(total) / i128::from(sum)).unwrap_or(0);
            let here = until - given;
            given = until;
            usize::try_from(here).unwrap_or(0)
        })
        .collect()
}

fn weekday(day: NaiveDate) -> usize {
    usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0)
}

/// The times of a day's posts on the team's own wall, in order.
pub(super) fn times(team: &Team, day: NaiveDate, posts: usize, draw: &mut Draw) -> Vec<DateTime<Utc>> {
    let liked: Vec<i64> = team.hours.iter().map(|(hour, minute)| i64::from(hour * 60 + minute)).collect();
    let mut minutes: Vec<i64> = if posts <= liked.len() {
        let jitter = |at: i64, draw: &mut Draw| at + draw.between(-3, 4) * STEP;
        draw.some(&liked, posts).into_iter().map(|at| jitter(at, draw)).collect()
    } else {
        // A crowd takes every place there is.
        (0..posts).map(|_| draw.between(AWAKE.0 / STEP, AWAKE.1 / STEP) * STEP).collect()
    };
    minutes.sort_unstable();
    minutes
        .into_iter()
        .map(|minute| {
            let wall =
                day.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute.clamp(AWAKE.0, AWAKE.1));
            // The teams' zones are known, and skip no hour of the day.
            service::zones::resolve(wall, team.zone).unwrap_or_else(|_| wall.and_utc())
        })
        .collect()
}

/// Nothing is due in the moments after the demo has started but the one post that shows how it goes.
pub(super) fn out_of_the_way(at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    if at > now && at < now + TimeDelta::minutes(15) { at + TimeDelta::minutes(25) } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::teams::TEAMS;

    #[test]
    fn a_total_is_spread_to_the_last() {
        for total in [0, 1, 7, 1_000] {
            assert_eq!(spread(&[3, 1, 0, 5, 2], total).iter().sum::<usize>(), total);
        }
        assert_eq!(spread(&[1, 0, 1], 10)[1], 0);
    }

    #[test]
    fn a_crowded_day_is_still_a_day() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 8).unwrap();
        for team in TEAMS {
            let times = times(team, day, 170, &mut Draw::new(1, "crowd"));
            assert!(times.len() == 170 && times.is_sorted());
            let hour = |at: &DateTime<Utc>| service::zones::local_time(*at, team.zone).local;
            assert!(times.iter().all(|at| hour(at).date() == day), "{}", team.name);
        }
    }
}
