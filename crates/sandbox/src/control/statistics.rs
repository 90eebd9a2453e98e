//! What the numbers of accounts and posts are to be.

use super::{ControlError, read};
use crate::state::{Entry, Platform};
use crate::statistics::{GivenAccount, GivenCounts, GivenDay, GivenPost};
use crate::world::World;
use axum::Json;
use axum::extract::{Request, State};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Statistics {
    #[serde(default)]
    accounts: Vec<OfAccount>,
    #[serde(default)]
    posts: Vec<OfPost>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfAccount {
    platform: Platform,
    /// Identifier.
    account: String,
    #[serde(default)]
    days: Vec<OfDay>,
    #[serde(default)]
    late_hours: Option<u32>,
    #[serde(default)]
    hide_followers: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfDay {
    day: NaiveDate,
    #[serde(default)]
    followers: Option<u64>,
    #[serde(default)]
    counts: GivenCounts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfPost {
    platform: Platform,
    id: String,
    #[serde(default)]
    counts: GivenCounts,
    #[serde(default)]
    half_life_hours: Option<f64>,
    #[serde(default)]
    hide_likes: bool,
    #[serde(default)]
    too_few_viewers: bool,
}

/// Takes them all, or none when an account or a post isn't there.
pub(super) async fn put(State(world): State<World>, request: Request) -> Result<Json<Value>, ControlError> {
    let told: Statistics = read(request).await?;
    let mut ledger = world.ledger();
    if let Some(nobody) = told.accounts.iter().find(|a| ledger.account(a.platform, &a.account).is_none()) {
        return Err(ControlError::Account(nobody.account.clone()));
    }
    if let Some(nothing) = told.posts.iter().find(|p| ledger.post(p.platform, &p.id).is_none()) {
        return Err(ControlError::Post(nothing.id.clone()));
    }
    let accounts: Vec<_> = told.accounts.into_iter().map(OfAccount::given).collect();
    let posts: Vec<_> = told.posts.into_iter().map(OfPost::given).collect();
    let answer = json!({"accounts": accounts.len(), "posts": posts.len()});
    ledger.record(Entry::Statistics { accounts, posts });
    Ok(Json(answer))
}

impl OfAccount {
    fn given(self) -> (Platform, String, GivenAccount) {
        let day = |of: OfDay| (of.day, GivenDay { followers: of.followers, counts: of.counts });
        let given = GivenAccount {
            days: self.days.into_iter().map(day).collect(),
            late_hours: self.late_hours,
            hide_followers: self.hide_followers,
        };
        (self.platform, self.account, given)
    }
}

impl OfPost {
    fn given(self) -> (Platform, String, GivenPost) {
        let given = GivenPost {
            counts: self.counts,
            half_life_hours: self.half_life_hours,
            hide_likes: self.hide_likes,
            too_few_viewers: self.too_few_viewers,
        };
        (self.platform, self.id, given)
    }
}
