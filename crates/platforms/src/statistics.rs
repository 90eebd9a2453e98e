//! What a platform tells of an account and its posts. A counter that it doesn't tell is `None`, never 0.

use crate::contract::RemotePost;
use chrono::{DateTime, NaiveDate, Utc};
use model::statistics::Counts;

/// An account's totals at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountCounters {
    /// Rounded by the platform where it does so (YouTube, to three figures).
    pub followers: Option<i64>,
    pub following: Option<i64>,
    pub posts: Option<i64>,
}

/// What a platform tells of one day of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCounters {
    /// The platform's own: Meta's days begin at midnight in California, LinkedIn's in UTC.
    pub day: NaiveDate,
    /// How many follow at its end.
    pub followers: Option<i64>,
    /// Followers won, less those lost where the platform tells it: the day before may be computed from the day after. For
    /// platforms that tell this and no totals.
    pub gained: Option<i64>,
    /// Of this day alone, over all posts of the account.
    pub counts: Counts,
    /// Engagement by the platform's own rule, where it tells this and not its parts: Facebook, clicks included.
    pub engagement: Option<i64>,
}

impl DayCounters {
    /// A day of which nothing is told yet.
    pub fn of(day: NaiveDate) -> Self {
        Self { day, followers: None, gained: None, counts: Counts::default(), engagement: None }
    }

    /// Whether the platform told nothing of the day after all.
    pub fn is_empty(&self) -> bool {
        *self == Self::of(self.day)
    }
}

/// A post of the account, whoever published it, with its counters so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedPost {
    pub post: RemotePost,
    pub text: String,
    pub counts: Counts,
}

/// A page of an account's posts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posts {
    /// Newest first.
    pub posts: Vec<CountedPost>,
    /// Where the next page begins; `None`: this was the last.
    pub next: Option<String>,
}

impl Posts {
    /// Without what is older, and without a next page where that begins: for platforms that list all posts.
    pub(crate) fn since(mut self, since: DateTime<Utc>) -> Self {
        let listed = self.posts.len();
        self.posts.retain(|counted| counted.post.published_at.is_none_or(|at| at >= since));
        if self.posts.len() < listed {
            self.next = None;
        }
        self
    }
}
