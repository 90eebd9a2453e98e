//! Which days are looked at, and what is known of each.

use crate::errors::OrInternal as _;
use crate::zones::local_time;
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use insights::{Day, Tally, Told};
use model::statistics::{DayRange, Range};
use model::{ApiError, ApiResult, Problem, WorkspaceId};
use std::collections::HashMap;
use storage::Tx;
use storage::account_days::{AccountDay, Sums};
use storage::post_days::PostedDay;

/// Years whose days can be counted on both databases.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9998;

/// The days of a page.
#[derive(Clone, Debug)]
pub(super) struct Window {
    pub(super) days: DayRange,
    pub(super) before: DayRange,
    /// The workspace's.
    pub(super) zone: String,
}

impl Window {
    pub(super) async fn of(
        tx: &mut Tx,
        workspace: WorkspaceId,
        range: Range,
        now: DateTime<Utc>,
    ) -> ApiResult<Self> {
        let zone = storage::posts::workspace_zone(tx, workspace).await.or_internal()?;
        let zone = zone.ok_or(ApiError::NotFound)?;
        let bad = || ApiError::invalid("range", Problem::BadValue);
        let days = range.days(local_time(now, &zone).local.date()).ok_or_else(bad)?;
        let before = days.before().ok_or_else(bad)?;
        let right = days.from <= days.to
            && days.days() <= Range::MOST
            && YEARS.contains(&before.from.year())
            && YEARS.contains(&days.to.year());
        if right { Ok(Self { days, before, zone }) } else { Err(bad()) }
    }

    /// What is known by day, as one day each, those before and those looked at.
    pub(super) fn split(&self, known: &Known) -> (Vec<Day>, Vec<Day>) {
        let of = |range: DayRange| range.dates().map(|date| known.day(date)).collect::<Vec<Day>>();
        let (mut before, mut days) = (of(self.before), of(self.days));
        insights::carry(&mut before, known.followers_before);
        insights::carry(&mut days, before.last().and_then(|day| day.followers));
        (before, days)
    }
}

/// What is known, by day, of one account or of several together.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// The last before the first day.
    pub(super) followers_before: Option<i64>,
    pub(super) followers: HashMap<NaiveDate, i64>,
    pub(super) tallies: HashMap<NaiveDate, Tally>,
    pub(super) posts: HashMap<NaiveDate, i64>,
    /// The first day and the last from which nothing published is missing.
    pub(super) posts_known: Option<(NaiveDate, NaiveDate)>,
}

impl Known {
    /// One account's days.
    pub(super) fn of_account<'a>(days: impl Iterator<Item = &'a AccountDay>) -> Self {
        let mut known = Self::default();
        for day in days {
            known.tallies.insert(day.day, Tally::of_day(&day.counts, day.engagement));
            if let Some(followers) = day.followers {
                known.followers.insert(day.day, followers);
            }
        }
        known
    }

    /// Tells how many were published: from the day of the first post, or the first day that was counted, to the last day that
    /// was counted, a day without a post has 0.
    pub(super) fn with_posts(mut self, posts: &[PostedDay], first_post: Option<NaiveDate>) -> Self {
        let counted = || self.tallies.keys().copied();
        let first = first_post.into_iter().chain(counted().min()).min();
        let last = posts.last().map(|posted| posted.day).into_iter().chain(counted().max()).max();
        self.posts_known = first.zip(last);
        self.posts = posts.iter().map(|posted| (posted.day, posted.posts)).collect();
        self
    }

    fn day(&self, date: NaiveDate) -> Day {
        let is_known = self.posts_known.is_some_and(|(first, last)| (first..=last).contains(&date));
        let posts = is_known.then(|| self.posts.get(&date).copied().unwrap_or(0));
        let tally = self.tallies.get(&date).copied().unwrap_or_default();
        Day {
            followers: self.followers.get(&date).copied(),
            tally: Tally { posts: Told::of(posts), ..tally },
        }
    }
}

/// What the database has added up.
pub(super) fn tally(sums: &Sums) -> Tally {
    let told = |sum: Option<i64>, days: i64| Told { sum: sum.unwrap_or(0), days };
    Tally {
        views: told(sums.counts.views, sums.views_days),
        reach: told(sums.counts.reach, sums.reach_days),
        likes: told(sums.counts.likes, sums.likes_days),
        comments: told(sums.counts.comments, sums.comments_days),
        shares: told(sums.counts.shares, sums.shares_days),
        saves: told(sums.counts.saves, sums.saves_days),
        watch_time: told(sums.counts.watch_time, sums.watch_time_days),
        engagement: told(sums.engagement, sums.engagement_days),
        posts: Told::default(),
    }
}
