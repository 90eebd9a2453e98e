//! Reading records: <https://docs.bsky.app/docs/api/com-atproto-repo-get-record>,
//! <https://docs.bsky.app/docs/api/com-atproto-repo-list-records>.

use super::cbor;
use super::error::XrpcError;
use super::server::find;
use super::validate::POST;
use crate::clock::{Millis, rfc3339};
use crate::form::Params;
use crate::state::{Platform, Post, PostMedia};
use crate::world::World;
use axum::Json;
use axum::extract::{RawQuery, State};
use serde_json::{Value, json};

/// The AT address of a post.
pub(crate) fn uri(did: &str, rkey: &str) -> String {
    format!("at://{did}/{POST}/{rkey}")
}

/// What is kept of a record that was written then: itself and its CID.
pub(crate) fn past(text: &str, created_at: Millis, media: &[PostMedia]) -> Value {
    let mut record = json!({"$type": POST, "text": text, "createdAt": rfc3339(created_at)});
    if !media.is_empty() {
        let image = |m: &PostMedia| {
            let blob = json!({
                "$type": "blob", "ref": {"$link": cbor::of_blob(&m.sha256)}, "mimeType": m.mime, "size": m.bytes,
            });
            json!({"alt": m.alt.as_deref().unwrap_or_default(), "image": blob})
        };
        let images: Vec<Value> = media.iter().map(image).collect();
        record["embed"] = json!({"$type": "app.bsky.embed.images", "images": images});
    }
    json!({"cid": cbor::of_record(&record), "record": record})
}

fn show(post: &Post) -> Value {
    json!({"uri": post.id, "cid": post.extra["cid"], "value": post.extra["record"]})
}

pub(super) async fn get(
    State(world): State<World>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, XrpcError> {
    let params = Params::from_query(query.as_deref());
    let need = |name: &str| {
        params
            .get(name)
            .ok_or_else(|| XrpcError::invalid(format!("Error: Params must have the property \"{name}\"")))
    };
    let (repo, collection, rkey) = (need("repo")?, need("collection")?, need("rkey")?);
    let did = find(&world, repo)?.id;
    let uri = format!("at://{did}/{collection}/{rkey}");
    let ledger = world.ledger();
    ledger
        .post(Platform::Bluesky, &uri)
        .filter(|p| !p.deleted && params.get("cid").is_none_or(|cid| p.extra["cid"] == cid))
        .map(|p| Json(show(p)))
        .ok_or_else(|| XrpcError::bad("RecordNotFound", format!("Could not locate record: {uri}")))
}

pub(super) async fn list(
    State(world): State<World>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, XrpcError> {
    let params = Params::from_query(query.as_deref());
    let did = find(&world, params.get("repo").unwrap_or_default())?.id;
    let limit = params.get("limit").map_or(Ok(50), str::parse::<usize>).unwrap_or(0);
    if !(1..=100).contains(&limit) {
        return Err(XrpcError::invalid("Error: limit must be between 1 and 100"));
    }
    let ledger = world.ledger();
    let mut posts: Vec<&Post> = ledger
        .posts_of(Platform::Bluesky, &did)
        .filter(|p| !p.deleted && params.get("collection") == Some(POST))
        .collect();
    // Newest rkey first unless reversed; the cursor is the last rkey given.
    posts.sort_by(|a, b| b.key.cmp(&a.key));
    let reverse = params.get("reverse") == Some("true");
    if reverse {
        posts.reverse();
    }
    let key = |p: &Post| p.key.clone().unwrap_or_default();
    let after = params.get("cursor").unwrap_or_default().to_owned();
    let past = |p: &Post| if reverse { key(p) > after } else { key(p) < after };
    let page: Vec<&&Post> = posts.iter().filter(|p| after.is_empty() || past(p)).take(limit).collect();
    let mut body = json!({"records": page.iter().map(|p| show(p)).collect::<Vec<_>>()});
    if let Some(last) = page.last() {
        body["cursor"] = json!(key(last));
    }
    Ok(Json(body))
}
