//! Numbers of accounts and posts, as the pages show them. What a platform doesn't tell is `None` and shown as "not
//! available", never as 0.

mod metrics;
mod range;
mod sync;

pub use metrics::{Counts, Course, Figure, Metric, Together};
pub use range::{DayRange, Range};
pub use sync::{SyncCause, SyncRun};

use crate::ids::{AccountId, PostId, TargetId};
use crate::local_time::LocalTime;
use crate::platform::Platform;
use serde::{Deserialize, Serialize};

/// The account that numbers are of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberedAccount {
    pub id: AccountId,
    pub platform: Platform,
    /// Without `@`; empty where the platform gives none.
    pub handle: String,
    pub name: String,
    pub avatar: Option<String>,
    pub sandbox: bool,
    /// Disconnected: its history stays.
    pub gone: bool,
}

impl NumberedAccount {
    /// See [`called`](crate::account::called).
    pub fn called(&self) -> String {
        crate::account::called(&self.handle, &self.name)
    }
}

/// A post as it exists at the platform, whoever published it, with its counters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberedPost {
    pub account: NumberedAccount,
    /// Ours, where it was published from here.
    pub post: Option<PostId>,
    pub target: Option<TargetId>,
    /// The beginning of its text.
    pub words: String,
    pub url: Option<String>,
    pub published_at: LocalTime,
    pub counts: Counts,
    /// Engagement over the followers of the day it was published.
    pub engagement_rate: Option<f64>,
    /// When it was last counted.
    pub counted_at: Option<LocalTime>,
}

/// The last week beside the week before, for the start page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    pub days: DayRange,
    pub accounts: i64,
    /// Followers, reach, views, engagement, engagement rate, posts of all accounts together. Not available where no
    /// account tells it.
    pub courses: Vec<Course>,
    /// By engagement, best first; five at most.
    pub best: Vec<NumberedPost>,
    /// The newest sync of any account; none before the first.
    pub synced_at: Option<LocalTime>,
}

/// One account's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountNumbers {
    pub account: NumberedAccount,
    pub days: DayRange,
    /// Every metric, in the order of [`Metric::ALL`]; what this platform never tells has no values at all.
    pub courses: Vec<Course>,
    /// Published in the range, the newest first; 50 at most.
    pub posts: Vec<NumberedPost>,
    /// How many were published in the range in all.
    pub posts_in_all: i64,
    pub last_sync: Option<SyncRun>,
}

/// The counters of one target since it was published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PostCourse {
    pub post: NumberedPost,
    /// In order of time.
    pub snapshots: Vec<Snapshot>,
}

/// Counters at a moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    pub at: LocalTime,
    pub counts: Counts,
}

/// Accounts to compare.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CompareFilter {
    /// Up to [`Comparison::MOST`]; empty: those with the most followers.
    pub accounts: Vec<AccountId>,
    pub range: Range,
}

/// Accounts side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    pub days: DayRange,
    /// In the order in which they were asked for.
    pub accounts: Vec<ComparedAccount>,
    /// Every account that can be chosen, in the order of the accounts page.
    pub choices: Vec<NumberedAccount>,
}

impl Comparison {
    /// Most accounts at once.
    pub const MOST: usize = 10;
    /// What accounts are compared by.
    pub const METRICS: [Metric; 5] =
        [Metric::Followers, Metric::Engagement, Metric::EngagementRate, Metric::Reach, Metric::Views];
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparedAccount {
    pub account: NumberedAccount,
    /// One for each of [`Comparison::METRICS`], in that order; of the days before only the figure, no values.
    pub courses: Vec<Course>,
}
