//! Sums that know of how much they were told.

use model::statistics::{Counts, Metric};
use std::iter::Sum;
use std::ops::Add;

/// A sum, and of how many days of accounts it was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub sum: i64,
    /// Two accounts on the same day are two.
    pub days: i64,
}

impl Told {
    /// One account's count of one day.
    pub fn of(count: Option<i64>) -> Self {
        count.map_or_else(Self::default, |sum| Self { sum, days: 1 })
    }

    /// None where it was told of no day.
    pub fn value(self) -> Option<i64> {
        (self.days > 0).then_some(self.sum)
    }
}

impl Add for Told {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { sum: self.sum.saturating_add(other.sum), days: self.days.saturating_add(other.days) }
    }
}

/// What was counted in a time, of one account or several together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub views: Told,
    pub reach: Told,
    pub likes: Told,
    pub comments: Told,
    pub shares: Told,
    pub saves: Told,
    pub watch_time: Told,
    pub engagement: Told,
    pub posts: Told,
}

impl Tally {
    /// One account's counts of one day. `engagement` is the platform's own sum, where it has one.
    pub fn of_day(counts: &Counts, engagement: Option<i64>) -> Self {
        Self {
            views: Told::of(counts.views),
            reach: Told::of(counts.reach),
            likes: Told::of(counts.likes),
            comments: Told::of(counts.comments),
            shares: Told::of(counts.shares),
            saves: Told::of(counts.saves),
            watch_time: Told::of(counts.watch_time),
            engagement: Told::of(engagement.or_else(|| counts.engagement())),
            posts: Told::default(),
        }
    }

    /// One of the counted metrics; none of a level or a rate.
    pub fn of(&self, metric: Metric) -> Option<Told> {
        match metric {
            Metric::Views => Some(self.views),
            Metric::Reach => Some(self.reach),
            Metric::Likes => Some(self.likes),
            Metric::Comments => Some(self.comments),
            Metric::Shares => Some(self.shares),
            Metric::Saves => Some(self.saves),
            Metric::WatchTime => Some(self.watch_time),
            Metric::Engagement => Some(self.engagement),
            Metric::Posts => Some(self.posts),
            Metric::Followers | Metric::EngagementRate => None,
        }
    }
}

impl Add for Tally {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            views: self.views + other.views,
            reach: self.reach + other.reach,
            likes: self.likes + other.likes,
            comments: self.comments + other.comments,
            shares: self.shares + other.shares,
            saves: self.saves + other.saves,
            watch_time: self.watch_time + other.watch_time,
            engagement: self.engagement + other.engagement,
            posts: self.posts + other.posts,
        }
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}
