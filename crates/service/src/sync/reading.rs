//! One sync under way: what is asked, in which order, and what waits to be stored.

use super::found::Found;
use super::source::{Source, Trouble};
use crate::context::Context;
use crate::zones::local_time;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use model::Platform;
use model::state::Reason;
use model::statistics::Metric;
use platforms::{AccountCounters, DayCounters};
use std::collections::{BTreeMap, HashSet};
use storage::account_days::AccountDay;
use storage::remote_posts;
use storage::sync_runs::ClaimedRun;

/// How far back posts are listed at every sync, and at the first one.
const RECENT: TimeDelta = TimeDelta::days(30);
const PAST: TimeDelta = TimeDelta::days(548);
/// Most posts that are listed.
const MOST_LISTED: usize = 500;
/// Known posts counted before what came is stored: a multiple of the platforms' batches.
const TOGETHER: usize = 100;
/// Pages of a list, should a platform never end it.
const MOST_PAGES: usize = 100;
/// Most known posts that are counted beside the listed ones.
const MOST_DUE: i64 = 200;
/// Posts of ours that no sync has found yet, at once.
const MOST_OWN: i64 = 200;
/// Days are told up to two days late (Instagram, YouTube): so many are asked for again.
const LATE_DAYS: u64 = 4;

pub(super) struct Reading<'a> {
    pub(super) context: &'a Context,
    pub(super) owner: &'a str,
    pub(super) run: ClaimedRun,
    pub(super) lease: TimeDelta,
    /// What is to be stored.
    pub(super) days: BTreeMap<NaiveDate, AccountDay>,
    pub(super) posts: BTreeMap<String, Found>,
    /// Known posts that the platform no longer has.
    pub(super) gone: Vec<String>,
    /// Known posts of which it tells nothing.
    pub(super) silent: Vec<String>,
    /// What the platform itself tells by day: nothing is added to that.
    pub(super) told: HashSet<Metric>,
    /// All posts were looked at.
    pub(super) listed: bool,
    fault: Option<Reason>,
    seen: HashSet<String>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(context: &'a Context, owner: &'a str, run: ClaimedRun, lease: TimeDelta) -> Self {
        Self {
            context,
            owner,
            run,
            lease,
            days: BTreeMap::new(),
            posts: BTreeMap::new(),
            gone: Vec::new(),
            silent: Vec::new(),
            told: HashSet::new(),
            listed: false,
            fault: None,
            seen: HashSet::new(),
        }
    }

    pub(super) fn run(&self) -> &ClaimedRun {
        &self.run
    }

    /// What was refused of it.
    pub(super) fn fault(&self) -> Option<Reason> {
        self.fault.clone()
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.context.db.clock().now()
    }

    /// The day in the workspace's zone.
    pub(super) fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        local_time(at, &self.run.zone).local.date()
    }

    /// Reads all there is. What was read before a fault waits to be stored.
    pub(super) async fn read(&mut self) -> Result<(), Trouble> {
        if !self.run.connected {
            return Err(Trouble::Reconnect { message: String::from("the account is not connected") });
        }
        let (context, run) = (self.context, self.run.clone());
        let mut source = Source::open(context, &run).await?;
        let totals = source.counters().await;
        let totals = self.part(totals)?.unwrap_or_default();
        self.take_totals(&totals);
        let today = self.day_of(self.now());
        let (from, to) = self.asked_days(today);
        let days = source.days(from, to).await;
        let days = self.part(days)?.unwrap_or_default();
        self.take_days(&days, totals.followers);
        self.find_own().await?;
        self.list(&mut source).await?;
        self.count_known(&mut source).await
    }

    /// A part that the platform refuses is noted, and the others are read all the same.
    fn part<T>(&mut self, told: Result<T, Trouble>) -> Result<Option<T>, Trouble> {
        match told {
            Ok(told) => Ok(Some(told)),
            Err(Trouble::Refused { code, message }) => {
                self.fault = Some(Reason::Rejected { code, message });
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    fn day(&mut self, day: NaiveDate) -> &mut AccountDay {
        self.days.entry(day).or_insert_with(|| AccountDay::of(day))
    }

    fn take_totals(&mut self, totals: &AccountCounters) {
        let today = self.day_of(self.now());
        let day = self.day(today);
        day.followers = totals.followers;
        day.following = totals.following;
        day.posts = totals.posts;
    }

    /// Which days the platform is asked for.
    fn asked_days(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let back = |days| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        let earliest = back(past_days(self.run.platform));
        let from = self.run.synced_at.map_or(earliest, |last| {
            let late = self.day_of(last).checked_sub_days(Days::new(LATE_DAYS)).unwrap_or(earliest);
            late.max(earliest)
        });
        (from, back(1))
    }

    fn take_days(&mut self, days: &[DayCounters], followers: Option<i64>) {
        for told in days {
            let day = self.day(told.day);
            day.followers = told.followers.or(day.followers);
            day.counts = told.counts;
            day.engagement = told.engagement;
            let counted = Metric::ALL.into_iter().filter(|metric| told.counts.of(*metric).is_some());
            self.told.extend(counted);
        }
        // From the first sync on, totals are counted; before it, they follow from what came and went.
        if let (None, Some(now)) = (self.run.synced_at, followers) {
            let gained: Vec<Option<i64>> = days.iter().map(|told| told.gained).collect();
            for (told, level) in days.iter().zip(insights::levels_back(&gained, now)) {
                if told.gained.is_some() {
                    self.day(told.day).followers.get_or_insert(level);
                }
            }
        }
    }

    /// Posts that went out from here, which not every platform lists.
    async fn find_own(&mut self) -> Result<(), Trouble> {
        let mut read = self.context.db.read().await?;
        let (workspace, account) = (self.run.workspace_id, self.run.account_id);
        for own in remote_posts::own_unknown(&mut read, workspace, account, MOST_OWN).await? {
            self.posts.insert(own.remote_id.clone(), Found::of_own(own));
        }
        Ok(())
    }

    async fn list(&mut self, source: &mut Source<'_>) -> Result<(), Trouble> {
        let back = if self.run.synced_at.is_none() { PAST } else { RECENT };
        let since = self.now() - back;
        let mut cursor = None;
        for _ in 0..MOST_PAGES {
            let page = source.posts(since, cursor).await;
            let Some(page) = self.part(page)? else { return Ok(()) };
            for counted in page.posts {
                self.seen.insert(counted.post.id.clone());
                self.posts.insert(counted.post.id.clone(), Found::of_listed(counted));
            }
            cursor = page.next;
            if cursor.is_none() || self.seen.len() >= MOST_LISTED {
                break;
            }
            self.store(None).await?;
        }
        self.listed = true;
        Ok(())
    }

    /// Counts the posts that no list has shown: older ones whose time has come, and those that may be gone.
    async fn count_known(&mut self, source: &mut Source<'_>) -> Result<(), Trouble> {
        let (run, now) = (&self.run, self.now());
        let mut read = self.context.db.read().await?;
        let due =
            remote_posts::due(&mut read, run.workspace_id, run.account_id, run.started_at, now, MOST_DUE);
        let due = due.await?;
        drop(read);
        let own = self.posts.iter().filter(|(_, found)| found.counts.is_none()).map(|(id, _)| id.clone());
        let mut ids: Vec<String> = own.collect();
        ids.extend(due.iter().filter(|id| !self.seen.contains(*id)).cloned());
        if ids.is_empty() {
            return Ok(());
        }
        for (place, some) in ids.chunks(TOGETHER).enumerate() {
            if place > 0 {
                // The lease goes on.
                self.store(None).await?;
            }
            let counted = source.count(some).await;
            let Some(counted) = self.part(counted)? else { return Ok(()) };
            for (id, counts) in counted {
                self.seen.insert(id.clone());
                let found = self.posts.entry(id).or_default();
                found.counts = Some(counts);
            }
        }
        let missing = due.into_iter().filter(|id| !self.seen.contains(id));
        // Who may list nothing is told of nothing: that says nothing about the posts.
        if self.listed && source.lists_posts() && !self.seen.is_empty() {
            self.gone.extend(missing);
        } else {
            self.silent.extend(missing);
        }
        Ok(())
    }
}

/// How many days back a platform is asked at the first sync. Instagram takes a call for each day.
const fn past_days(platform: Platform) -> u64 {
    match platform {
        Platform::Instagram => 30,
        _ => 90,
    }
}
