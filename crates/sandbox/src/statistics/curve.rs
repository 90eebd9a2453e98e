//! The shapes behind made-up numbers: what a post reaches in the end, how soon, and how an account grows.

use super::{Counts, weekday};
use crate::clock::{HOUR, Millis};
use crate::ids::stable_number;
use crate::state::Platform;
use chrono::{Datelike, NaiveDate};

/// How much happens on each day of the week, Monday first.
const RHYTHM: [f64; 7] = [0.96, 1.06, 1.12, 1.10, 1.02, 0.84, 0.90];

/// What is drawn for one account or post, the same each time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nature {
    platform: Platform,
    number: u64,
}

impl Nature {
    pub(super) fn of(seed: u64, platform: Platform, id: &str) -> Self {
        Self { platform, number: stable_number(seed, &format!("statistics/{}/{id}", platform.key())) }
    }

    /// Between 0 and 1, one for each `what`.
    fn draw(self, what: u64) -> f64 {
        // SplitMix64, <https://prng.di.unimi.it/splitmix64.c>.
        let mut x = self.number.wrapping_add(what.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        f64::from(u32::try_from((x ^ (x >> 31)) >> 32).unwrap_or(0)) / f64::from(u32::MAX)
    }

    /// What a post has when nothing more comes: most do middling, a few very well.
    pub(super) fn finally(self, followers: u32, day: NaiveDate, pictures: bool) -> Counts {
        let luck = ((self.draw(0) + self.draw(1) + self.draw(2) - 1.5) * 1.6).exp();
        let look = if pictures { 1.5 } else { 1.0 };
        let views = (f64::from(followers) * 0.35 + 25.0) * luck * look * RHYTHM[weekday(day)];
        let reach = views * (0.62 + 0.25 * self.draw(3));
        let likes = reach * (0.02 + 0.05 * self.draw(4));
        Counts {
            views: whole(views),
            reach: whole(reach),
            likes: whole(likes),
            comments: whole(likes * (0.03 + 0.09 * self.draw(5))),
            shares: whole(likes * (0.03 + 0.10 * self.draw(6))),
            saves: whole(likes * (0.04 + 0.12 * self.draw(7))),
            watch_time: whole(views * (6.0 + 18.0 * self.draw(8))),
        }
    }

    /// Hours until half of it is there: short where feeds run fast.
    pub(super) fn half_life_hours(self) -> f64 {
        let usual = match self.platform {
            Platform::X | Platform::Bluesky => 3.0,
            Platform::Facebook => 8.0,
            Platform::Instagram | Platform::Linkedin => 16.0,
        };
        usual * (0.5 + self.draw(9))
    }

    /// How long after its end a day's numbers are together.
    pub(super) fn late_hours(self, day: NaiveDate) -> i64 {
        i64::try_from(whole(self.draw(number(day)) * 36.0)).unwrap_or(0)
    }
}

/// Followers that an account of this size wins on a day.
pub(super) fn gain(nature: Nature, followers: u64, day: NaiveDate) -> u64 {
    let pace = 0.000_2 + 0.001 * nature.draw(10);
    #[expect(clippy::cast_precision_loss, reason = "made-up followers are far below 2^52")]
    let followers = followers as f64;
    whole(followers * pace * RHYTHM[weekday(day)] * 2.0 * nature.draw(number(day)))
}

/// A draw of its own for each day.
fn number(day: NaiveDate) -> u64 {
    1_000 + u64::try_from(day.num_days_from_ce()).unwrap_or(0)
}

/// The part of it that is there at this age.
pub(super) fn settled(all: Counts, age: Millis, half_life_hours: f64) -> Counts {
    #[expect(clippy::cast_precision_loss, reason = "an age in milliseconds is far below 2^52")]
    let hours = age as f64 / HOUR as f64;
    let part = if half_life_hours > 0.0 { 1.0 - (-hours / half_life_hours).exp2() } else { 1.0 };
    #[expect(clippy::cast_precision_loss, reason = "counters are far below 2^52")]
    let of = |count: u64| whole(count as f64 * part);
    all.zip(Counts::default(), |count, _| of(count))
}

/// Without the fraction.
fn whole(value: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
    let whole = value.clamp(0.0, 4_000_000_000_000.0) as u64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monday() -> NaiveDate {
        "2026-11-16".parse().unwrap()
    }

    #[test]
    fn the_same_post_does_the_same_and_another_does_otherwise() {
        let finally = |id, seed| Nature::of(seed, Platform::X, id).finally(10_000, monday(), false);
        assert_eq!(finally("1", 7), finally("1", 7));
        assert_ne!(finally("1", 7), finally("2", 7));
        assert_ne!(finally("1", 7), finally("1", 8));
    }

    #[test]
    fn counters_grow_to_their_end_and_never_back() {
        let all = Counts { views: 1_000, likes: 40, ..Counts::default() };
        let views: Vec<u64> = [0, 6, 12, 24, 240].map(|hours| settled(all, hours * HOUR, 6.0).views).into();
        assert_eq!(views, [0, 500, 750, 937, 999]);
        assert_eq!(settled(all, 1, 0.0), all);
    }

    #[test]
    fn fewer_people_see_it_than_it_is_seen_and_fewer_like_it() {
        for n in 0..200 {
            let counts = Nature::of(1, Platform::Instagram, &n.to_string()).finally(5_000, monday(), true);
            assert!(counts.views >= counts.reach && counts.reach > counts.likes, "{counts:?}");
            assert!(counts.likes >= counts.comments, "{counts:?}");
        }
    }
}
