//! The numbers of the past as rows, and the same numbers at the sandbox.

use super::history::Remote;
use super::{LoadError, Place, syncs};
use crate::numbers::{Calendar, Popularities, Popularity, Tally, followers, masked};
use crate::sandbox_control::Control;
use crate::{Fate, Plan, PlannedPost, PlannedVideo};
use chrono::{DateTime, TimeDelta, Utc};
use insights::{count_again_after, takes_the_place};
use model::statistics::Metric;
use model::{AccountId, Platform, RemotePostId, TargetId, WorkspaceId};
use serde_json::{Value, json};
use service::Context;
use std::collections::HashMap;
use storage::account_days::{self, AccountDay};
use storage::remote_posts::{self, Count, CountOf, StoredPost};
use storage::{Tx, new_id};

/// Ages at which a post was counted: every sync is too much to be loaded quickly.
const COUNTED_AFTER_DAYS: [i64; 12] = [1, 2, 3, 5, 7, 14, 29, 60, 120, 180, 300, 480];
/// Of a post older than this only every other count is loaded.
const THINNED_AFTER: TimeDelta = TimeDelta::days(90);
/// After so many days nothing more comes that shows.
const LIVELY_DAYS: usize = 45;
/// How far back the sandbox is told of followers: as far as it is asked.
const TOLD_DAYS: usize = 91;

/// What has come together of the accounts' days.
pub(super) struct Numbers<'p> {
    plan: &'p Plan,
    popularities: Popularities<'p>,
    calendars: Vec<Calendar>,
    /// By workspace and account, as in the plan.
    days: HashMap<(usize, usize), Vec<Tally>>,
}

impl<'p> Numbers<'p> {
    pub(super) fn of(plan: &'p Plan, seed: u64) -> Result<Self, LoadError> {
        let calendar =
            |workspace: &crate::PlannedWorkspace| Calendar::of(workspace.zone, workspace.since, plan.now);
        let calendars = plan.workspaces.iter().map(calendar).collect::<Result<_, _>>()?;
        Ok(Self { plan, popularities: Popularities::of(plan, seed), calendars, days: HashMap::new() })
    }

    /// Writes what became of the posts at the platforms, and tells the sandbox.
    pub(super) async fn write(
        &mut self,
        context: &Context,
        control: &Control,
        places: &[Place],
        posts: &[PlannedPost],
        out: &HashMap<TargetId, Remote>,
    ) -> Result<(), LoadError> {
        let mut seen = Vec::new();
        for post in posts {
            let accounts = &self.plan.workspaces[post.workspace].accounts;
            for target in &post.targets {
                let (Fate::Published { at }, Some(remote)) = (&target.fate, out.get(&target.id)) else {
                    continue;
                };
                let text = post.text_for(accounts[target.account].platform);
                let popularity = self.popularities.of_post(post, target, *at);
                seen.push(Seen {
                    place: (post.workspace, target.account),
                    at: *at,
                    remote,
                    text,
                    popularity,
                });
            }
        }
        self.keep(context, control, places, &seen).await
    }

    /// The same for what was filmed, which has no post here.
    pub(super) async fn write_videos(
        &mut self,
        context: &Context,
        control: &Control,
        places: &[Place],
        videos: &[PlannedVideo],
        out: &[Remote],
    ) -> Result<(), LoadError> {
        let seen: Vec<Seen<'_>> = videos
            .iter()
            .zip(out)
            .map(|(video, remote)| Seen {
                place: (video.workspace, video.account),
                at: video.at,
                remote,
                text: &video.title,
                popularity: self.popularities.of_video(video),
            })
            .collect();
        self.keep(context, control, places, &seen).await
    }

    async fn keep(
        &mut self,
        context: &Context,
        control: &Control,
        places: &[Place],
        seen: &[Seen<'_>],
    ) -> Result<(), LoadError> {
        if seen.is_empty() {
            return Ok(());
        }
        let mut rows: HashMap<(WorkspaceId, AccountId), Vec<StoredPost>> = HashMap::new();
        let (mut series, mut told) = (HashMap::<WorkspaceId, Vec<CountOf>>::new(), Vec::new());
        for Seen { place, at, remote, text, popularity } in seen {
            let workspace = &self.plan.workspaces[place.0];
            let platform = workspace.accounts[place.1].platform;
            self.add(*place, *at, popularity);
            told.push(as_told(platform, &remote.id, popularity));
            let metrics = context.registry.get(platform).metrics();
            let counted = counts(self.plan.now, *at, popularity, metrics);
            let calendar = &self.calendars[place.0];
            let row = stored(self.plan.now, remote, *at, text, &counted);
            let row = StoredPost { published_day: calendar.dates()[calendar.place(*at)], ..row };
            let of = |count: Count| CountOf { remote_post_id: row.id, count };
            series.entry(workspace.id).or_default().extend(counted.into_iter().map(of));
            rows.entry((workspace.id, places[place.0].accounts[place.1].id)).or_default().push(row);
        }
        control.post("control/statistics", &json!({"posts": told})).await?;
        let mut tx = context.db.begin().await?;
        for ((workspace, account), rows) in &rows {
            remote_posts::store(&mut tx, *workspace, *account, rows).await?;
        }
        for (workspace, counts) in &series {
            remote_posts::add_counts(&mut tx, *workspace, counts).await?;
        }
        Ok(tx.commit().await?)
    }

    /// What a post had on each day, added to its account's.
    fn add(&mut self, account: (usize, usize), at: DateTime<Utc>, popularity: &Popularity) {
        let calendar = &self.calendars[account.0];
        let number = calendar.dates().len();
        let days = self.days.entry(account).or_insert_with(|| vec![Tally::default(); number]);
        let (first, mut before) = (calendar.place(at), Tally::default());
        for (place, day) in days.iter_mut().enumerate().skip(first).take(LIVELY_DAYS) {
            let now = popularity.after(calendar.end(place).min(self.plan.now) - at);
            *day = *day + (now - before);
            before = now;
        }
    }

    /// Writes the accounts' days up to yesterday, tells the sandbox of the followers, and notes that all is synced.
    pub(super) async fn finish(
        mut self,
        context: &Context,
        control: &Control,
        places: &[Place],
    ) -> Result<(), LoadError> {
        for (place, workspace) in self.plan.workspaces.iter().enumerate() {
            let dates = self.calendars[place].dates();
            let mut told = Vec::new();
            for (number, planned) in workspace.accounts.iter().enumerate() {
                let days =
                    self.days.remove(&(place, number)).unwrap_or_else(|| vec![Tally::default(); dates.len()]);
                let levels = followers(planned.followers, &days);
                let connected = &places[place].accounts[number];
                let since = dates.len().saturating_sub(TOLD_DAYS);
                let recent: Vec<Value> = dates[since..]
                    .iter()
                    .zip(&levels[since..])
                    .map(|(day, followers)| json!({"day": day, "followers": followers}))
                    .collect();
                told.push(json!({"platform": planned.platform.key(), "account": connected.remote_id, "days": recent}));
                let metrics = context.registry.get(planned.platform).metrics();
                let rows: Vec<AccountDay> = dates[..dates.len() - 1]
                    .iter()
                    .zip(levels.iter().zip(&days))
                    .map(|(day, (followers, tally))| AccountDay {
                        followers: metrics.contains(&Metric::Followers).then_some(*followers),
                        counts: masked(*tally, metrics),
                        engagement: (planned.platform == Platform::Facebook).then(|| tally.with_clicks()),
                        ..AccountDay::of(*day)
                    })
                    .collect();
                let mut tx = context.db.begin().await?;
                account_days::store(&mut tx, workspace.id, connected.id, &rows, self.plan.now).await?;
                tx.commit().await?;
            }
            control.post("control/statistics", &json!({"accounts": told})).await?;
            let mut tx: Tx = context.db.begin().await?;
            storage::demo::end_syncs(&mut tx, workspace.id, self.plan.now).await?;
            syncs::write(&mut tx, self.plan, place, &places[place], crate::SEED).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}

/// Something that is out, and how it did.
struct Seen<'a> {
    /// Workspace and account, as in the plan.
    place: (usize, usize),
    at: DateTime<Utc>,
    remote: &'a Remote,
    text: &'a str,
    popularity: Popularity,
}

fn as_told(platform: Platform, id: &str, popularity: &Popularity) -> Value {
    let Tally { views, reach, likes, comments, shares, saves } = popularity.finally;
    json!({
        "platform": platform.key(), "id": id, "half_life_hours": popularity.half_life_hours,
        "counts": {"views": views, "reach": reach, "likes": likes, "comments": comments, "shares": shares, "saves": saves},
    })
}

/// The post's series up to now.
fn counts(now: DateTime<Utc>, at: DateTime<Utc>, popularity: &Popularity, told: &[Metric]) -> Vec<Count> {
    let sparse = now - at > THINNED_AFTER;
    let ages = COUNTED_AFTER_DAYS.into_iter().step_by(if sparse { 2 } else { 1 });
    let mut times: Vec<DateTime<Utc>> =
        ages.map(|days| at + TimeDelta::days(days)).take_while(|time| *time < now).collect();
    if times.last().is_none_or(|last| !takes_the_place(at, *last, now)) {
        times.push(now);
    }
    let count = |counted_at: DateTime<Utc>| Count {
        counted_at,
        counts: masked(popularity.after(counted_at - at), told),
    };
    times.into_iter().map(count).collect()
}

/// The post as it stands now; its day is the caller's to fill in.
fn stored(
    now: DateTime<Utc>,
    remote: &Remote,
    at: DateTime<Utc>,
    text: &str,
    counted: &[Count],
) -> StoredPost {
    let last = counted.last();
    StoredPost {
        id: new_id::<RemotePostId>(at),
        remote_id: remote.id.clone(),
        published_at: at,
        published_day: at.date_naive(),
        text: text.to_owned(),
        url: Some(remote.url.clone()),
        counts: last.map(|count| count.counts).unwrap_or_default(),
        counted_at: last.map(|count| count.counted_at),
        count_at: now + count_again_after(now - at),
        series_at: last.map(|count| count.counted_at),
    }
}
