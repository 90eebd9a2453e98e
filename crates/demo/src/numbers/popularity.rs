//! What a post has in the end, and how soon.

use super::tally::Tally;
use crate::draw::Draw;
use crate::teams::half_life_hours;
use crate::{Fate, Plan, PlannedPost, PlannedTarget, PlannedVideo};
use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use model::{Platform, TargetId};

/// How much happens on each day of the week, Monday first.
const RHYTHM: [f64; 7] = [0.96, 1.06, 1.12, 1.10, 1.02, 0.84, 0.90];
/// What went round the world: a workspace, and about how many days ago its first account published it.
const VIRAL: [(usize, i64); 2] = [(0, 120), (1, 45)];
const VIRAL_FACTOR: f64 = 6.0;
const VIRAL_LUCK: f64 = 3.0;
/// Part of those reached who like it, at least.
const VIRAL_LIKED: f64 = 0.06;
const VIRAL_HALF_LIFE_HOURS: f64 = 40.0;
/// The slump of the first workspace, in days ago: a change of what the networks show.
const SLUMP: std::ops::Range<i64> = 168..210;
const SLUMP_FACTOR: f64 = 0.3;
/// A video is shown to more people than follow.
const VIDEO_LOOK: f64 = 4.0;
/// Followers at the beginning of the history, of those of today.
const FOLLOWERS_AT_FIRST: f64 = 0.55;

/// How a post does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Popularity {
    /// When nothing more comes.
    pub(crate) finally: Tally,
    /// Until half of it is there.
    pub(crate) half_life_hours: f64,
}

impl Popularity {
    /// What is there after `age`, as the sandbox works it out.
    pub(crate) fn after(&self, age: TimeDelta) -> Tally {
        if age <= TimeDelta::zero() {
            return Tally::default();
        }
        let hours = real(age.num_milliseconds()) / real(TimeDelta::hours(1).num_milliseconds());
        let part = 1.0 - (-hours / self.half_life_hours).exp2();
        self.finally.map(|count| whole(real(count) * part))
    }
}

/// How each published target of a plan does.
pub(crate) struct Popularities<'p> {
    plan: &'p Plan,
    seed: u64,
    viral: Vec<TargetId>,
}

impl<'p> Popularities<'p> {
    pub(crate) fn of(plan: &'p Plan, seed: u64) -> Self {
        let viral =
            VIRAL.iter().filter_map(|(workspace, days)| first_since(plan, *workspace, *days)).collect();
        Self { plan, seed, viral }
    }

    pub(crate) fn of_post(
        &self,
        post: &PlannedPost,
        target: &PlannedTarget,
        at: DateTime<Utc>,
    ) -> Popularity {
        let account = &self.plan.workspaces[post.workspace].accounts[target.account];
        let look = if post.pictures.is_empty() { 1.0 } else { 1.5 };
        let is_viral = self.viral.contains(&target.id);
        let half_life = usual_half_life_hours(account.platform);
        let place = (post.workspace, target.account);
        self.doing(place, &target.publish_key, at, Liking { look, is_viral, half_life })
    }

    pub(crate) fn of_video(&self, video: &PlannedVideo) -> Popularity {
        let account = &self.plan.workspaces[video.workspace].accounts[video.account];
        let liking =
            Liking { look: VIDEO_LOOK, is_viral: false, half_life: half_life_hours(account.platform) };
        self.doing((video.workspace, video.account), &video.key, video.at, liking)
    }

    /// `place`: the workspace's and the account's.
    fn doing(&self, place: (usize, usize), key: &str, at: DateTime<Utc>, liking: Liking) -> Popularity {
        let Liking { look, is_viral, half_life } = liking;
        let account = &self.plan.workspaces[place.0].accounts[place.1];
        let mut draw = Draw::new(self.seed, &format!("numbers/{key}"));
        let mut part = || real(draw.between(0, 1_000)) / 1_000.0;
        let days_ago = (self.plan.now - at).num_days();
        let first = self.plan.workspaces[place.0].since;
        let progress = real((at - first).num_hours()) / real((self.plan.now - first).num_hours().max(1));
        let followers =
            f64::from(account.followers) * (FOLLOWERS_AT_FIRST + (1.0 - FOLLOWERS_AT_FIRST) * progress);
        let luck = ((part() + part() + part() - 1.5) * 1.6).exp();
        let weekday = usize::try_from(at.weekday().num_days_from_monday()).unwrap_or(0);
        let fortune = match (is_viral, place.0 == 0 && SLUMP.contains(&days_ago)) {
            (true, _) => VIRAL_FACTOR,
            (_, true) => SLUMP_FACTOR,
            _ => 1.0,
        };
        let luck = if is_viral { luck.max(VIRAL_LUCK) } else { luck };
        let views = (followers * 0.35 + 25.0) * luck * look * RHYTHM[weekday] * fortune;
        let reach = views * (0.62 + 0.25 * part());
        let liked = 0.02 + 0.05 * part();
        let likes = reach * if is_viral { liked.max(VIRAL_LIKED) } else { liked };
        let finally = Tally {
            views: whole(views),
            reach: whole(reach),
            likes: whole(likes),
            comments: whole(likes * (0.03 + 0.09 * part())),
            shares: whole(likes * (0.03 + 0.10 * part())),
            saves: whole(likes * (0.04 + 0.12 * part())),
        };
        let usual = half_life * (0.5 + part());
        Popularity { finally, half_life_hours: if is_viral { VIRAL_HALF_LIFE_HOURS } else { usual } }
    }
}

/// What makes one thing seen more than another.
#[derive(Clone, Copy)]
struct Liking {
    look: f64,
    is_viral: bool,
    /// Hours.
    half_life: f64,
}

/// Short where feeds run fast.
const fn usual_half_life_hours(platform: Platform) -> f64 {
    match platform {
        Platform::X | Platform::Bluesky => 3.0,
        Platform::Facebook => 8.0,
        _ => 16.0,
    }
}

/// The first post with a picture that the workspace's first account published in the last `days`.
fn first_since(plan: &Plan, workspace: usize, days: i64) -> Option<TargetId> {
    let since = plan.now - TimeDelta::days(days);
    let with_picture = |post: &&PlannedPost| post.workspace == workspace && !post.pictures.is_empty();
    let published = |target: &PlannedTarget| match target.fate {
        Fate::Published { at } if at >= since && target.account == 0 => Some((at, target.id)),
        _ => None,
    };
    let posts = plan.posts.iter().filter(with_picture);
    posts.flat_map(|post| post.targets.iter().filter_map(published)).min().map(|(_, id)| id)
}

#[expect(clippy::cast_precision_loss, reason = "the demo's numbers are far below 2^52")]
fn real(count: i64) -> f64 {
    count as f64
}

/// Without the fraction.
fn whole(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "clamped to what fits")]
    let whole = value.clamp(0.0, 4_000_000_000_000.0) as i64;
    whole
}
