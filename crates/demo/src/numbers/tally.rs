//! Counters that are all known, before a platform keeps some of them to itself.

use model::statistics::{Counts, Metric};
use std::ops::{Add, Sub};

/// What a post has had, or a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) views: i64,
    pub(crate) reach: i64,
    pub(crate) likes: i64,
    pub(crate) comments: i64,
    pub(crate) shares: i64,
    pub(crate) saves: i64,
}

impl Tally {
    fn zip(self, other: Self, both: impl Fn(i64, i64) -> i64) -> Self {
        Self {
            views: both(self.views, other.views),
            reach: both(self.reach, other.reach),
            likes: both(self.likes, other.likes),
            comments: both(self.comments, other.comments),
            shares: both(self.shares, other.shares),
            saves: both(self.saves, other.saves),
        }
    }

    pub(crate) fn map(self, one: impl Fn(i64) -> i64) -> Self {
        self.zip(self, |count, _| one(count))
    }

    /// As Facebook counts it, clicks included: at the sandbox every fiftieth who sees a post clicks.
    pub(crate) fn with_clicks(self) -> i64 {
        self.likes + self.comments + self.shares + self.saves + self.views / 50
    }
}

impl Add for Tally {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }
}

impl Sub for Tally {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }
}

/// What a platform that tells these metrics tells of it.
pub(crate) fn masked(tally: Tally, told: &[Metric]) -> Counts {
    let of = |metric, count| told.contains(&metric).then_some(count);
    Counts {
        views: of(Metric::Views, tally.views),
        reach: of(Metric::Reach, tally.reach),
        likes: of(Metric::Likes, tally.likes),
        comments: of(Metric::Comments, tally.comments),
        shares: of(Metric::Shares, tally.shares),
        saves: of(Metric::Saves, tally.saves),
        watch_time: None,
    }
}
