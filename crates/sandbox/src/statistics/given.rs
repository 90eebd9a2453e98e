//! What a test or a demo says that the numbers are to be.

use super::Counts;
use crate::state::Platform;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Counters that were told; the others stay made up.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct GivenCounts {
    views: Option<u64>,
    reach: Option<u64>,
    likes: Option<u64>,
    comments: Option<u64>,
    shares: Option<u64>,
    saves: Option<u64>,
    watch_time: Option<u64>,
}

impl GivenCounts {
    pub(super) fn over(&self, made: Counts) -> Counts {
        Counts {
            views: self.views.unwrap_or(made.views),
            reach: self.reach.unwrap_or(made.reach),
            likes: self.likes.unwrap_or(made.likes),
            comments: self.comments.unwrap_or(made.comments),
            shares: self.shares.unwrap_or(made.shares),
            saves: self.saves.unwrap_or(made.saves),
            watch_time: self.watch_time.unwrap_or(made.watch_time),
        }
    }
}

/// One day of an account.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GivenDay {
    /// At the end of the day.
    #[serde(default)]
    pub(crate) followers: Option<u64>,
    #[serde(default)]
    pub(crate) counts: GivenCounts,
}

/// An account. Days that are told again replace what they were.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct GivenAccount {
    pub(crate) days: BTreeMap<NaiveDate, GivenDay>,
    /// How long after its end a day's numbers come.
    pub(crate) late_hours: Option<u32>,
    /// The number of followers is kept from the public (YouTube).
    pub(crate) hide_followers: Option<bool>,
}

/// A post.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct GivenPost {
    /// In the end.
    pub(crate) counts: GivenCounts,
    /// After which it has half of them; at once all of them when absent.
    pub(crate) half_life_hours: Option<f64>,
    /// The author hides how many like it.
    pub(crate) hide_likes: bool,
    /// "Not enough viewers for the media to show insights" (Instagram).
    pub(crate) too_few_viewers: bool,
}

/// All that was told, by platform and identifier.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    accounts: HashMap<(Platform, String), GivenAccount>,
    posts: HashMap<(Platform, String), GivenPost>,
}

impl Numbers {
    pub(crate) fn put_account(&mut self, platform: Platform, id: String, told: GivenAccount) {
        let known = self.accounts.entry((platform, id)).or_default();
        known.days.extend(told.days);
        known.late_hours = told.late_hours.or(known.late_hours);
        known.hide_followers = told.hide_followers.or(known.hide_followers);
    }

    pub(crate) fn put_post(&mut self, platform: Platform, id: String, told: GivenPost) {
        self.posts.insert((platform, id), told);
    }

    pub(super) fn account(&self, platform: Platform, id: &str) -> Option<&GivenAccount> {
        self.accounts.get(&(platform, id.to_owned()))
    }

    pub(super) fn post(&self, platform: Platform, id: &str) -> Option<&GivenPost> {
        self.posts.get(&(platform, id.to_owned()))
    }
}
