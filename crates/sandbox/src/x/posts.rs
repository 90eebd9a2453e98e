//! Reading and deleting posts: <https://docs.x.com/x-api/posts/get-post-by-id>,
//! <https://docs.x.com/x-api/users/get-posts>, <https://docs.x.com/x-api/posts/delete-post>.

use super::auth::{Call, authorize};
use super::error::{XError, not_found};
use crate::clock::{parse_rfc3339, rfc3339};
use crate::form::Params;
use crate::gate::Touched;
use crate::state::{Entry, Platform, Post};
use crate::world::World;
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use serde_json::{Value, json};

const READ: [&str; 2] = ["tweet.read", "users.read"];

pub(super) async fn one(
    State(world): State<World>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &READ, Call::Post)?;
    let params = Params::from_query(query.as_deref());
    let ledger = world.ledger();
    let body = match ledger.post(Platform::X, &id).filter(|p| !p.deleted) {
        Some(post) => with_media(json!({"data": show(post, &params)}), &[post], &params),
        None => json!({"errors": [not_found("tweet", "id", &id)]}),
    };
    Ok(caller.sign(Json(body).into_response()))
}

pub(super) async fn several(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &READ, Call::Posts)?;
    let params = Params::from_query(query.as_deref());
    let ids: Vec<&str> = params.get("ids").unwrap_or_default().split(',').collect();
    if ids.len() > 100 || ids.iter().any(|id| id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit())) {
        return Err(XError::Invalid("The `ids` query parameter must hold 1 to 100 ids.".to_owned()));
    }
    let ledger = world.ledger();
    let found: Vec<&Post> =
        ids.iter().filter_map(|id| ledger.post(Platform::X, id)).filter(|p| !p.deleted).collect();
    let missing: Vec<Value> = ids
        .iter()
        .filter(|id| !found.iter().any(|p| p.id == **id))
        .map(|id| not_found("tweet", "ids", id))
        .collect();
    let mut body = json!({});
    if !found.is_empty() {
        body["data"] = found.iter().map(|p| show(p, &params)).collect();
    }
    if !missing.is_empty() {
        body["errors"] = Value::Array(missing);
    }
    let body = with_media(body, &found, &params);
    Ok(caller.sign(Json(body).into_response()))
}

pub(super) async fn timeline(
    State(world): State<World>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &READ, Call::Timeline)?;
    let params = Params::from_query(query.as_deref());
    let size: usize = params.get("max_results").map_or(Ok(10), str::parse).unwrap_or(0);
    if !(5..=100).contains(&size) {
        return Err(XError::Invalid(format!(
            "The `max_results` query parameter value [{}] is not between 5 and 100",
            params.get("max_results").unwrap_or_default()
        )));
    }
    let offset = match params.get("pagination_token") {
        None => 0,
        Some(token) => token.strip_prefix("sbx").and_then(|n| n.parse::<usize>().ok()).ok_or_else(|| {
            XError::Invalid("The `pagination_token` query parameter is invalid.".to_owned())
        })?,
    };
    let time = |name: &str| match params.get(name) {
        None => Ok(None),
        Some(text) => parse_rfc3339(text).map(Some).ok_or_else(|| {
            XError::Invalid(format!(
                "The `{name}` query parameter value [{text}] is not a valid RFC3339 date-time"
            ))
        }),
    };
    let (start, end) = (time("start_time")?, time("end_time")?);
    let number = |name: &str| params.get(name).and_then(|v| v.parse::<i64>().ok());
    let (since, until) = (number("since_id"), number("until_id"));
    let ledger = world.ledger();
    if ledger.account(Platform::X, &id).is_none() {
        return Ok(caller.sign(Json(json!({"errors": [not_found("user", "id", &id)]})).into_response()));
    }
    let number_of = |p: &Post| p.id.parse::<i64>().unwrap_or_default();
    let matching: Vec<&Post> = ledger
        .posts_of(Platform::X, &id)
        .rev()
        .filter(|p| !p.deleted)
        .filter(|p| start.is_none_or(|at| p.created_at >= at) && end.is_none_or(|at| p.created_at < at))
        .filter(|p| since.is_none_or(|n| number_of(p) > n) && until.is_none_or(|n| number_of(p) < n))
        .collect();
    let page: Vec<&Post> = matching.iter().skip(offset).take(size).copied().collect();
    let mut meta = json!({"result_count": page.len()});
    let mut body = json!({});
    if let (Some(newest), Some(oldest)) = (page.first(), page.last()) {
        meta["newest_id"] = json!(newest.id);
        meta["oldest_id"] = json!(oldest.id);
        body["data"] = page.iter().map(|p| show(p, &params)).collect();
    }
    if offset + page.len() < matching.len() {
        meta["next_token"] = json!(format!("sbx{}", offset + page.len()));
    }
    if offset > 0 {
        meta["previous_token"] = json!(format!("sbx{}", offset.saturating_sub(size)));
    }
    body["meta"] = meta;
    let body = with_media(body, &page, &params);
    Ok(caller.sign(Json(body).into_response()))
}

pub(super) async fn delete(
    State(world): State<World>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &["tweet.read", "tweet.write", "users.read"], Call::DeletePost)?;
    let mut ledger = world.ledger();
    let post = ledger.post(Platform::X, &id).cloned();
    match post {
        Some(post) if post.account != caller.account => {
            return Err(XError::NotPermitted("You are not authorized to delete this Tweet."));
        }
        Some(post) if !post.deleted => {
            ledger.record(Entry::Post(Box::new(Post { deleted: true, ..post })));
        }
        _ => {
            return Err(XError::NotFound { resource: "tweet", parameter: "id", value: id });
        }
    }
    let mut response = caller.sign(Json(json!({"data": {"deleted": true}})).into_response());
    response.extensions_mut().insert(Touched { account: Some(caller.account.clone()), post: Some(id) });
    Ok(response)
}

fn list<'p>(params: &'p Params, name: &str) -> Vec<&'p str> {
    params.get(name).unwrap_or_default().split(',').collect()
}

fn show(post: &Post, params: &Params) -> Value {
    let mut out = json!({"id": post.id, "text": post.text, "edit_history_tweet_ids": [post.id]});
    for field in list(params, "tweet.fields") {
        let value = match field {
            "created_at" => json!(rfc3339(post.created_at)),
            "author_id" => json!(post.account),
            "conversation_id" => json!(post.id),
            "public_metrics" => json!({
                "retweet_count": 0, "reply_count": 0, "like_count": 0, "quote_count": 0,
                "bookmark_count": 0, "impression_count": 0,
            }),
            "attachments" if !post.media.is_empty() => {
                json!({"media_keys": post.media.iter().map(|m| media_key(&m.id, &m.mime)).collect::<Vec<_>>()})
            }
            _ => continue,
        };
        out[field] = value;
    }
    out
}

/// `3_` photo, `16_` GIF, `7_` video, then the media id, as in the documentation's examples.
pub(super) fn media_key(id: &str, mime: &str) -> String {
    let kind = match mime {
        "image/gif" => 16,
        mime if mime.starts_with("video/") => 7,
        _ => 3,
    };
    format!("{kind}_{id}")
}

fn with_media(mut body: Value, posts: &[&Post], params: &Params) -> Value {
    if !list(params, "expansions").contains(&"attachments.media_keys") {
        return body;
    }
    let fields = list(params, "media.fields");
    let media: Vec<Value> = posts
        .iter()
        .flat_map(|p| &p.media)
        .map(|m| {
            let kind = if m.mime.starts_with("video/") { "video" } else { "photo" };
            let mut out = json!({"media_key": media_key(&m.id, &m.mime), "type": kind});
            if fields.contains(&"alt_text")
                && let Some(alt) = &m.alt
            {
                out["alt_text"] = json!(alt);
            }
            out
        })
        .collect();
    if !media.is_empty() {
        body["includes"] = json!({"media": media});
    }
    body
}
