//! Numbers of accounts and posts, as the pages show them. What a platform doesn't tell is `None` and shown as "not
//! available", never as 0.

use crate::ids::{AccountId, PostId, TargetId};
use crate::local_time::LocalTime;
use crate::platform::Platform;
use crate::state::Reason;
use chrono::{Days, NaiveDate};
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

/// Days in the workspace's zone, both ends included. Never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DayRange {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl DayRange {
    /// How many.
    pub fn days(self) -> u64 {
        u64::try_from((self.to - self.from).num_days()).unwrap_or(0) + 1
    }

    /// As many days, just before; none where the calendar begins.
    pub fn before(self) -> Option<Self> {
        let to = self.from.pred_opt()?;
        Some(Self { from: self.from.checked_sub_days(Days::new(self.days()))?, to })
    }

    pub fn dates(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day <= self.to)
    }
}

/// Which days are looked at; the newest is yesterday, since today isn't over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Range {
    Week,
    #[default]
    Month,
    Quarter,
    Year,
    /// 18 months.
    Long,
    Between(DayRange),
}

impl Range {
    /// The choices with a name.
    pub const NAMED: [Self; 5] = [Self::Week, Self::Month, Self::Quarter, Self::Year, Self::Long];
    /// Most days that are shown at once.
    pub const MOST: u64 = 3_660;

    /// The value in addresses: `7d`, `28d`, `90d`, `365d`, `548d`, or `2026-01-01..2026-03-31`.
    pub fn key(self) -> String {
        match self {
            Self::Between(range) => format!("{}..{}", range.from, range.to),
            named => format!("{}d", named.length().unwrap_or_default()),
        }
    }

    /// `None` for what is no range, ends before it begins, or is longer than [`Range::MOST`].
    pub fn from_key(key: &str) -> Option<Self> {
        if let Some(named) = Self::NAMED.into_iter().find(|range| range.key() == key) {
            return Some(named);
        }
        let (from, to) = key.split_once("..")?;
        let range = DayRange { from: from.parse().ok()?, to: to.parse().ok()? };
        (range.from <= range.to && range.days() <= Self::MOST).then_some(Self::Between(range))
    }

    const fn length(self) -> Option<u64> {
        match self {
            Self::Week => Some(7),
            Self::Month => Some(28),
            Self::Quarter => Some(90),
            Self::Year => Some(365),
            Self::Long => Some(548),
            Self::Between(_) => None,
        }
    }

    /// The days, where `today` is the day in the workspace's zone; none where the calendar begins.
    pub fn days(self, today: NaiveDate) -> Option<DayRange> {
        match (self, self.length()) {
            (Self::Between(range), _) => Some(range),
            (_, length) => {
                Some(DayRange { from: today.checked_sub_days(Days::new(length?))?, to: today.pred_opt()? })
            }
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

/// One sync of one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRun {
    pub account: NumberedAccount,
    pub cause: SyncCause,
    pub started_at: LocalTime,
    /// None while it runs.
    pub ended_at: Option<LocalTime>,
    /// Milliseconds, once it has ended.
    pub took: Option<i64>,
    /// Posts that were counted so far.
    pub posts: i64,
    /// Why it failed, or what of it.
    pub fault: Option<Reason>,
}

/// Why an account was synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncCause {
    /// Just connected: with its past.
    Connected,
    /// Every day.
    Daily,
    /// Somebody asked for it.
    Asked,
}

impl SyncCause {
    pub const ALL: [Self; 3] = [Self::Connected, Self::Daily, Self::Asked];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Daily => "daily",
            Self::Asked => "asked",
        }
    }
}

impl std::str::FromStr for SyncCause {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|cause| cause.key() == s).ok_or_else(|| format!("unknown cause {s:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_range_ends_yesterday_and_the_days_before_are_as_many() {
        let days = Range::Week.days(day("2026-11-21"));
        assert_eq!(days, Some(DayRange { from: day("2026-11-14"), to: day("2026-11-20") }));
        let before = days.and_then(DayRange::before);
        assert_eq!(before, Some(DayRange { from: day("2026-11-07"), to: day("2026-11-13") }));
        assert_eq!(days.map(|days| days.dates().count()), Some(7));
    }

    #[test]
    fn ranges_are_read_from_addresses_and_nonsense_is_not() {
        for range in Range::NAMED {
            assert_eq!(Range::from_key(&range.key()), Some(range));
        }
        let spring = Range::Between(DayRange { from: day("2026-03-01"), to: day("2026-05-31") });
        assert_eq!(Range::from_key("2026-03-01..2026-05-31"), Some(spring));
        assert_eq!(Range::from_key(&spring.key()), Some(spring));
        for bad in ["", "9d", "2026-05-31..2026-03-01", "2026-02-30..2026-03-01", "0001-01-01..2026-01-01"] {
            assert_eq!(Range::from_key(bad), None, "{bad}");
        }
    }

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
