//! A past for accounts: posts as if they had been published long ago.

use super::{ControlError, read};
use crate::blobs::inspect;
use crate::clock::Millis;
use crate::form::read_body;
use crate::permalink;
use crate::state::{Entry, Past, Platform, PostMedia};
use crate::world::World;
use axum::Json;
use axum::extract::{Request, State};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Keeps the body's bytes, for pictures of a history; gives their digest.
pub(super) async fn take_in(
    State(world): State<World>,
    request: Request,
) -> Result<(StatusCode, Json<Value>), ControlError> {
    let bytes = read_body(request).await.map_err(|e| ControlError::Unreadable(e.to_string()))?;
    let sha256 = world.blobs.put(bytes).await.map_err(ControlError::Store)?;
    Ok((StatusCode::CREATED, Json(json!({"sha256": sha256}))))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct History {
    /// Oldest first, of any accounts.
    posts: Vec<Wanted>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    platform: Platform,
    /// Identifier.
    account: String,
    /// The same key is the same post, however often it comes. On Bluesky a TID.
    key: String,
    text: String,
    created_at: Millis,
    #[serde(default)]
    pictures: Vec<Picture>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Picture {
    sha256: String,
    #[serde(default)]
    alt: Option<String>,
}

/// Adds the posts that are not there yet; gives identifier and public address of each.
pub(super) async fn add(
    State(world): State<World>,
    request: Request,
) -> Result<(StatusCode, Json<Vec<Value>>), ControlError> {
    let history: History = read(request).await?;
    let known = look_at(&world, &history).await?;
    let mut ledger = world.ledger();
    let mut posts = Vec::with_capacity(history.posts.len());
    for wanted in history.posts {
        if ledger.account(wanted.platform, &wanted.account).is_none() {
            return Err(ControlError::Account(wanted.account));
        }
        posts.push(past(wanted, &known));
    }
    let names: Vec<(Platform, String)> = posts.iter().map(|past| (past.platform, past.id())).collect();
    ledger.record(Entry::History(posts));
    let told = names
        .iter()
        .filter_map(|(platform, id)| ledger.post(*platform, id))
        .map(|post| json!({"id": post.id, "url": world.address(&permalink::of_post(&ledger, post))}))
        .collect();
    Ok((StatusCode::CREATED, Json(told)))
}

/// Type and size of each picture, by digest.
type Known = HashMap<String, (String, u64)>;

async fn look_at(world: &World, history: &History) -> Result<Known, ControlError> {
    let mut known = Known::new();
    for picture in history.posts.iter().flat_map(|post| &post.pictures) {
        if known.contains_key(&picture.sha256) {
            continue;
        }
        let bytes = world.blobs.get(&picture.sha256).await;
        let bytes = bytes.ok_or_else(|| ControlError::Blob(picture.sha256.clone()))?;
        let mime = inspect(&bytes).0.unwrap_or("application/octet-stream").to_owned();
        known.insert(picture.sha256.clone(), (mime, u64::try_from(bytes.len()).unwrap_or(u64::MAX)));
    }
    Ok(known)
}

fn past(wanted: Wanted, known: &Known) -> Past {
    let Wanted { platform, account, key, text, created_at, pictures } = wanted;
    let media = pictures
        .into_iter()
        .enumerate()
        .map(|(place, picture)| {
            let (mime, bytes) = known.get(&picture.sha256).cloned().unwrap_or_default();
            PostMedia { id: format!("{key}-{place}"), sha256: picture.sha256, mime, bytes, alt: picture.alt }
        })
        .collect();
    Past { platform, account, key, text, created_at, media }
}
