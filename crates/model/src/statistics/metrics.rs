//! What is counted, and one number of it.

use serde::{Deserialize, Serialize};

/// What is counted, or computed from what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// People who follow, at the end of a day.
    Followers,
    /// Different people who saw something, day by day.
    Reach,
    /// How often something was seen.
    Views,
    /// Likes, comments, shares and saves together.
    Engagement,
    /// Engagement of the time over the followers at its end.
    EngagementRate,
    Likes,
    Comments,
    Shares,
    Saves,
    /// Seconds.
    WatchTime,
    /// How many posts were published.
    Posts,
}

/// How the days of a metric make one figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Together {
    /// The last day's that is known.
    Last,
    /// All days'.
    Sum,
    /// Computed from two others.
    Ratio,
}

impl Metric {
    pub const ALL: [Self; 11] = [
        Self::Followers,
        Self::Reach,
        Self::Views,
        Self::Engagement,
        Self::EngagementRate,
        Self::Likes,
        Self::Comments,
        Self::Shares,
        Self::Saves,
        Self::WatchTime,
        Self::Posts,
    ];

    /// The value in addresses and the column's name in CSV files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Followers => "followers",
            Self::Reach => "reach",
            Self::Views => "views",
            Self::Engagement => "engagement",
            Self::EngagementRate => "engagement_rate",
            Self::Likes => "likes",
            Self::Comments => "comments",
            Self::Shares => "shares",
            Self::Saves => "saves",
            Self::WatchTime => "watch_time",
            Self::Posts => "posts",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.key() == key)
    }

    pub const fn together(self) -> Together {
        match self {
            Self::Followers => Together::Last,
            Self::EngagementRate => Together::Ratio,
            _ => Together::Sum,
        }
    }
}

/// What a post has had so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sqlx", derive(sqlx::FromRow))]
pub struct Counts {
    pub views: Option<i64>,
    pub reach: Option<i64>,
    pub likes: Option<i64>,
    pub comments: Option<i64>,
    pub shares: Option<i64>,
    pub saves: Option<i64>,
    /// Seconds.
    pub watch_time: Option<i64>,
}

impl Counts {
    /// Likes, comments, shares and saves, as far as they are told; `None` when none is.
    pub fn engagement(&self) -> Option<i64> {
        [self.likes, self.comments, self.shares, self.saves].into_iter().flatten().reduce(i64::saturating_add)
    }

    /// Both counts of each kind made into one.
    #[must_use]
    pub fn zip(&self, other: &Self, one: impl Fn(Option<i64>, Option<i64>) -> Option<i64>) -> Self {
        Self {
            views: one(self.views, other.views),
            reach: one(self.reach, other.reach),
            likes: one(self.likes, other.likes),
            comments: one(self.comments, other.comments),
            shares: one(self.shares, other.shares),
            saves: one(self.saves, other.saves),
            watch_time: one(self.watch_time, other.watch_time),
        }
    }

    /// One of the counted ones.
    pub fn of(&self, metric: Metric) -> Option<i64> {
        match metric {
            Metric::Views => self.views,
            Metric::Reach => self.reach,
            Metric::Likes => self.likes,
            Metric::Comments => self.comments,
            Metric::Shares => self.shares,
            Metric::Saves => self.saves,
            Metric::WatchTime => self.watch_time,
            Metric::Engagement => self.engagement(),
            Metric::Followers | Metric::EngagementRate | Metric::Posts => None,
        }
    }
}

/// One number of a time, beside that of the time before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub metric: Metric,
    /// A rate as a fraction (0.05 is 5 %), everything else as a count.
    pub now: Option<f64>,
    pub before: Option<f64>,
}

impl Figure {
    /// As a fraction of the time before; none where either is not known, or it was 0.
    pub fn change(&self) -> Option<f64> {
        let (now, before) = (self.now?, self.before?);
        (before != 0.0).then(|| (now - before) / before)
    }
}

/// A figure with its course: one value for each day of the range, and of the days before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    pub figure: Figure,
    pub values: Vec<Option<f64>>,
    pub before: Vec<Option<f64>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engagement_adds_what_is_told_and_is_not_0_where_nothing_is() {
        assert_eq!(Counts::default().engagement(), None);
        let told = Counts { likes: Some(3), shares: Some(2), ..Counts::default() };
        assert_eq!(told.engagement(), Some(5));
        let figure = Figure { metric: Metric::Likes, now: Some(15.0), before: Some(10.0) };
        assert_eq!(figure.change(), Some(0.5));
        assert_eq!(Figure { before: Some(0.0), ..figure }.change(), None);
    }
}
