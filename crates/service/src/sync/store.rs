//! Storing what a sync has read, in short transactions that are fenced by the run's lease.

use super::Closing;
use super::found::Found;
use super::reading::Reading;
use super::source::Trouble;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use insights::{count_again_after, increase, spread, takes_the_place};
use model::RemotePostId;
use model::statistics::{Counts, Metric};
use std::collections::{BTreeMap, HashMap};
use storage::account_days::AccountDay;
use storage::remote_posts::{Count, CountOf, KnownPost, StoredPost};
use storage::sync_runs::End;
use storage::{Tx, account_days, new_id, remote_posts, sync_runs};

/// Posts of one transaction: some milliseconds of writing.
const TOGETHER: usize = 50;
/// A post of which the platform tells nothing is asked about again after this.
const SILENCE: TimeDelta = TimeDelta::days(7);

impl Reading<'_> {
    /// Stores what waits, and with the last of it what becomes of the run.
    pub(super) async fn store(&mut self, closing: Option<&Closing>) -> Result<(), Trouble> {
        loop {
            let rest = self.posts.keys().nth(TOGETHER).cloned();
            let rest = rest.map(|first| self.posts.split_off(&first)).unwrap_or_default();
            let is_last = rest.is_empty();
            let posts = std::mem::replace(&mut self.posts, rest);
            self.store_some(posts, closing.filter(|_| is_last)).await?;
            if is_last {
                return Ok(());
            }
        }
    }

    async fn store_some(
        &mut self,
        posts: BTreeMap<String, Found>,
        closing: Option<&Closing>,
    ) -> Result<(), Trouble> {
        let now = self.now();
        let (workspace, account) = (self.run.workspace_id, self.run.account_id);
        let counted = posts.values().filter(|found| found.counts.is_some()).count();
        let counted = i64::try_from(counted).unwrap_or(i64::MAX);
        let mut tx = self.context.db.begin().await?;
        let until = now + self.lease;
        if !sync_runs::hold(&mut tx, workspace, self.run.id, self.owner, counted, until).await? {
            return Err(Trouble::Lost);
        }
        let days: Vec<AccountDay> = self.days.values().copied().collect();
        account_days::store(&mut tx, workspace, account, &days, now).await?;
        self.store_posts(&mut tx, &posts, now).await?;
        if let Some(closing) = closing {
            let gone: Vec<&str> = self.gone.iter().map(String::as_str).collect();
            remote_posts::mark_gone(&mut tx, workspace, account, &gone, now).await?;
            let silent: Vec<&str> = self.silent.iter().map(String::as_str).collect();
            remote_posts::put_off(&mut tx, workspace, account, &silent, now + SILENCE).await?;
            self.close(&mut tx, closing, now).await?;
        }
        tx.commit().await?;
        self.days.clear();
        Ok(())
    }

    async fn close(&self, tx: &mut Tx, closing: &Closing, now: DateTime<Utc>) -> Result<(), Trouble> {
        let (workspace, run, owner) = (self.run.workspace_id, self.run.id, self.owner);
        match closing {
            Closing::End(reason) => {
                let end = End { listed: self.listed, reason: reason.as_ref() };
                sync_runs::end(tx, workspace, run, owner, end, now).await?
            }
            Closing::PutOff(reason, until) => {
                sync_runs::postpone(tx, workspace, run, owner, reason, *until).await?
            }
        };
        Ok(())
    }

    async fn store_posts(
        &self,
        tx: &mut Tx,
        posts: &BTreeMap<String, Found>,
        now: DateTime<Utc>,
    ) -> Result<(), Trouble> {
        let (workspace, account) = (self.run.workspace_id, self.run.account_id);
        let ids: Vec<&str> = posts.keys().map(String::as_str).collect();
        let known = remote_posts::known(tx, workspace, account, &ids).await?;
        let known: HashMap<&str, &KnownPost> =
            known.iter().map(|post| (post.remote_id.as_str(), post)).collect();
        let (mut stored, mut series, mut gained) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (id, found) in posts {
            let known = known.get(id.as_str()).copied();
            let Some(mut post) = self.stored(id, found, known, now) else { continue };
            if let Some(counts) = found.counts {
                self.add_gained(&mut gained, &post, known, &counts, now);
                if known.is_none_or(|known| known.counted_at.is_none() || known.counts != post.counts) {
                    let before = post.series_at.replace(now);
                    if let Some(before) = before.filter(|at| takes_the_place(post.published_at, *at, now)) {
                        remote_posts::drop_count(tx, workspace, post.id, before).await?;
                    }
                    let count = Count { counted_at: now, counts: post.counts };
                    series.push(CountOf { remote_post_id: post.id, count });
                }
            }
            stored.push(post);
        }
        remote_posts::store(tx, workspace, account, &stored).await?;
        remote_posts::add_counts(tx, workspace, &series).await?;
        let gained: Vec<(NaiveDate, Counts)> = gained.into_iter().collect();
        account_days::add(tx, workspace, account, &gained, now).await?;
        Ok(())
    }

    /// The post as it is from now on. None for one that isn't known and of which nothing but counts was told.
    fn stored(
        &self,
        remote_id: &str,
        found: &Found,
        known: Option<&KnownPost>,
        now: DateTime<Utc>,
    ) -> Option<StoredPost> {
        let about = found.about.as_ref();
        let published_at = match known {
            Some(known) => known.published_at,
            None => about?.published_at.unwrap_or(now),
        };
        let text = about.map(|about| about.text.as_str()).or(known.map(|known| known.text.as_str()))?;
        let url = about.and_then(|about| about.url.clone()).or_else(|| known?.url.clone());
        let before = known.map(|known| known.counts).unwrap_or_default();
        let counted_at = known.and_then(|known| known.counted_at);
        Some(StoredPost {
            id: known.map_or_else(|| new_id::<RemotePostId>(now), |known| known.id),
            remote_id: remote_id.to_owned(),
            published_at,
            published_day: known.map_or_else(|| self.day_of(published_at), |known| known.published_day),
            text: text.to_owned(),
            url,
            // What isn't told this time stays.
            counts: found.counts.unwrap_or_default().zip(&before, Option::or),
            counted_at: if found.counts.is_some() { Some(now) } else { counted_at },
            count_at: if found.counts.is_some() { now + count_again_after(now - published_at) } else { now },
            series_at: known.and_then(|known| known.series_at),
        })
    }

    /// What the post has gained since it was last counted, spread over the days since. What it had when it was first found belongs
    /// to days that are known only if it was published after the sync before.
    fn add_gained(
        &self,
        gained: &mut BTreeMap<NaiveDate, Counts>,
        post: &StoredPost,
        known: Option<&KnownPost>,
        counts: &Counts,
        now: DateTime<Utc>,
    ) {
        let today = self.day_of(now);
        let counted = known.and_then(|known| Some((known.counts, known.counted_at?)));
        let (first, new) = match (counted, self.run.synced_at) {
            (Some((before, at)), _) => {
                (self.day_of(at).succ_opt().unwrap_or(today).min(today), increase(&before, counts))
            }
            (None, Some(last)) if post.published_at > last => (post.published_day.min(today), *counts),
            _ => return,
        };
        let days: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= today).collect();
        let part = |metric: Metric| {
            let count = new.of(metric).filter(|_| !self.told.contains(&metric));
            count.map(|count| spread(count, days.len()))
        };
        let (views, reach, watch_time) = (part(Metric::Views), part(Metric::Reach), part(Metric::WatchTime));
        let (likes, comments) = (part(Metric::Likes), part(Metric::Comments));
        let (shares, saves) = (part(Metric::Shares), part(Metric::Saves));
        for (place, day) in days.iter().enumerate() {
            let of = |parts: &Option<Vec<i64>>| parts.as_ref().and_then(|parts| parts.get(place).copied());
            let counts = Counts {
                views: of(&views),
                reach: of(&reach),
                likes: of(&likes),
                comments: of(&comments),
                shares: of(&shares),
                saves: of(&saves),
                watch_time: of(&watch_time),
            };
            let sum = gained.entry(*day).or_default();
            *sum = sum.zip(&counts, |a, b| a.into_iter().chain(b).reduce(i64::saturating_add));
        }
    }
}
