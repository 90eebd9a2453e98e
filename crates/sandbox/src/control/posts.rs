//! What was published and what was asked.

use super::{ControlError, platform};
use crate::faults::Endpoint;
use crate::form::Params;
use crate::state::Post;
use crate::world::World;
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use serde_json::{Value, json};

fn wanted(params: &Params) -> Result<Option<crate::state::Platform>, ControlError> {
    params.get("platform").filter(|p| *p != "*").map(platform).transpose()
}

/// Every published post, oldest first; `?platform=`, `?account=`. Unless a platform is named, only of those that take posts here:
/// on the others stands what the people of the sandbox come with.
pub(super) async fn posts(
    State(world): State<World>,
    RawQuery(query): RawQuery,
) -> Result<Json<Vec<Value>>, ControlError> {
    let params = Params::from_query(query.as_deref());
    let (of, account) = (wanted(&params)?, params.get("account"));
    let ledger = world.ledger();
    let posts = ledger.all_posts().filter(|p| {
        of.map_or_else(|| p.platform.takes_posts(), |of| p.platform == of)
            && account.is_none_or(|a| p.account == a)
    });
    Ok(Json(posts.map(show).collect()))
}

fn show(post: &Post) -> Value {
    let media: Vec<Value> = post
        .media
        .iter()
        .map(|m| json!({"id": m.id, "sha256": m.sha256, "mime": m.mime, "bytes": m.bytes, "alt": m.alt}))
        .collect();
    json!({
        "platform": post.platform,
        "account": post.account,
        "id": post.id,
        "text": post.text,
        "media": media,
        "created_at": post.created_at,
        "received_at": post.received_at,
        "deleted": post.deleted,
        "key": post.key,
        "attempts": post.attempts,
        "extra": post.extra,
    })
}

/// Committing requests, newest first; `?platform=`, `?limit=` (100), `?endpoint=commit|prepare|token|read|any`.
pub(super) async fn requests(
    State(world): State<World>,
    RawQuery(query): RawQuery,
) -> Result<Response, ControlError> {
    let params = Params::from_query(query.as_deref());
    let of = wanted(&params)?;
    let limit = params.get("limit").and_then(|v| v.parse().ok()).unwrap_or(100);
    let endpoint = params.get("endpoint").unwrap_or("commit");
    let endpoint: Endpoint = serde_json::from_value(json!(endpoint))
        .map_err(|_| ControlError::Unreadable(format!("there is no endpoint {endpoint:?}")))?;
    let found = world.log.latest(limit, |r| {
        of.is_none_or(|of| r.platform == of) && (endpoint == Endpoint::Any || r.endpoint == endpoint)
    });
    Ok(Json(found).into_response())
}

/// Uploaded bytes by their digest.
pub(super) async fn blob(State(world): State<World>, Path(sha256): Path<String>) -> Response {
    match world.blobs.get(&sha256).await {
        Some(bytes) => {
            let mime = crate::blobs::inspect(&bytes).0.unwrap_or("application/octet-stream");
            ([(header::CONTENT_TYPE, mime)], bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
