//! Reading and deleting posts: <https://docs.x.com/x-api/posts/get-post-by-id>,
//! <https://docs.x.com/x-api/users/get-posts>, <https://docs.x.com/x-api/posts/delete-post>.

use super::auth::{Call, authorize};
use super::error::{XError, not_found};
use super::show::{View, absent, is_reply, listed, numeric};
use crate::clock::parse_rfc3339;
use crate::form::Params;
use crate::gate::Touched;
use crate::state::{Entry, Platform, Post};
use crate::world::{Ledger, World};
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
    let view = View::read(&params)?;
    numeric("id", &id)?;
    let ledger = world.ledger();
    let body = match ledger.post(Platform::X, &id).filter(|p| !p.deleted) {
        Some(post) => {
            with_includes(&world, &ledger, &view, json!({"data": view.post(&world, &ledger, post)}), &[post])
        }
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
    let view = View::read(&params)?;
    let ids: Vec<&str> = params.get("ids").unwrap_or_default().split(',').collect();
    if ids.len() > 100 {
        return Err(XError::Invalid("The `ids` query parameter must hold 1 to 100 ids.".to_owned()));
    }
    ids.iter().try_for_each(|id| numeric("ids", id))?;
    let ledger = world.ledger();
    let found: Vec<&Post> =
        ids.iter().filter_map(|id| ledger.post(Platform::X, id)).filter(|p| !p.deleted).collect();
    let missing: Vec<&str> = ids.iter().copied().filter(|id| !found.iter().any(|p| p.id == *id)).collect();
    let mut body = json!({});
    if !found.is_empty() {
        body["data"] = found.iter().map(|p| view.post(&world, &ledger, p)).collect();
    }
    if !missing.is_empty() {
        body["errors"] = Value::Array(absent("tweet", "ids", &missing));
    }
    let body = with_includes(&world, &ledger, &view, body, &found);
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
    let view = View::read(&params)?;
    numeric("id", &id)?;
    let without_replies = listed(&params, "exclude", &["replies", "retweets"])?.contains(&"replies");
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
        .filter(|p| !(without_replies && is_reply(p)))
        .filter(|p| start.is_none_or(|at| p.created_at >= at) && end.is_none_or(|at| p.created_at < at))
        .filter(|p| since.is_none_or(|n| number_of(p) > n) && until.is_none_or(|n| number_of(p) < n))
        .collect();
    let page: Vec<&Post> = matching.iter().skip(offset).take(size).copied().collect();
    let mut meta = json!({"result_count": page.len()});
    let mut body = json!({});
    if let (Some(newest), Some(oldest)) = (page.first(), page.last()) {
        meta["newest_id"] = json!(newest.id);
        meta["oldest_id"] = json!(oldest.id);
        body["data"] = page.iter().map(|p| view.post(&world, &ledger, p)).collect();
    }
    if offset + page.len() < matching.len() {
        meta["next_token"] = json!(format!("sbx{}", offset + page.len()));
    }
    if offset > 0 {
        meta["previous_token"] = json!(format!("sbx{}", offset.saturating_sub(size)));
    }
    body["meta"] = meta;
    let body = with_includes(&world, &ledger, &view, body, &page);
    Ok(caller.sign(Json(body).into_response()))
}

pub(super) async fn delete(
    State(world): State<World>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &["tweet.read", "tweet.write", "users.read"], Call::DeletePost)?;
    numeric("id", &id)?;
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

fn with_includes(world: &World, ledger: &Ledger, view: &View<'_>, mut body: Value, posts: &[&Post]) -> Value {
    if let Some(includes) = view.includes(world, ledger, posts) {
        body["includes"] = includes;
    }
    body
}
