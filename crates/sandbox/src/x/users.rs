//! Users, <https://docs.x.com/x-api/users/get-my-user>.

use super::auth::{Call, authorize};
use super::error::{XError, not_found};
use super::show::{absent, listed, numeric};
use crate::clock::rfc3339;
use crate::form::Params;
use crate::state::{Account, Platform};
use crate::world::{Ledger, World};
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use serde_json::{Value, json};

pub(super) const FIELDS: [&str; 29] = [
    "affiliation",
    "confirmed_email",
    "connection_status",
    "created_at",
    "description",
    "entities",
    "id",
    "is_identity_verified",
    "location",
    "most_recent_post_id",
    "most_recent_tweet_id",
    "name",
    "parody",
    "pinned_post_id",
    "pinned_tweet_id",
    "profile_banner_url",
    "profile_image_url",
    "protected",
    "public_metrics",
    "receives_your_dm",
    "subscribes_to_you",
    "subscription",
    "subscription_type",
    "url",
    "username",
    "verified",
    "verified_type",
    "verified_followers_count",
    "withheld",
];

const READ: [&str; 2] = ["tweet.read", "users.read"];

pub(super) async fn me(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &READ, Call::Me)?;
    let body = one(&world, query.as_deref(), "id", &caller.account)?;
    Ok(caller.sign(Json(body).into_response()))
}

pub(super) async fn by_id(
    State(world): State<World>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &READ, Call::Post)?;
    numeric("id", &id)?;
    let body = one(&world, query.as_deref(), "id", &id)?;
    Ok(caller.sign(Json(body).into_response()))
}

pub(super) async fn by_username(
    State(world): State<World>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &READ, Call::Post)?;
    let body = one(&world, query.as_deref(), "username", &name)?;
    Ok(caller.sign(Json(body).into_response()))
}

/// <https://docs.x.com/x-api/users/get-users-by-ids>
pub(super) async fn by_ids(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &READ, Call::Post)?;
    Ok(caller.sign(Json(several(&world, query.as_deref(), "ids")?).into_response()))
}

/// <https://docs.x.com/x-api/users/get-users-by-usernames>
pub(super) async fn by_usernames(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &READ, Call::Post)?;
    Ok(caller.sign(Json(several(&world, query.as_deref(), "usernames")?).into_response()))
}

fn one(world: &World, query: Option<&str>, parameter: &str, value: &str) -> Result<Value, XError> {
    let params = Params::from_query(query);
    let fields = listed(&params, "user.fields", &FIELDS)?;
    let ledger = world.ledger();
    Ok(match ledger.find_account(Platform::X, value) {
        Some(account) => json!({"data": user(world, &ledger, account, &fields)}),
        None => json!({"errors": [not_found("user", parameter, value)]}),
    })
}

fn several(world: &World, query: Option<&str>, parameter: &str) -> Result<Value, XError> {
    let params = Params::from_query(query);
    let fields = listed(&params, "user.fields", &FIELDS)?;
    let values: Vec<&str> =
        params.get(parameter).unwrap_or_default().split(',').filter(|v| !v.is_empty()).collect();
    if !(1..=100).contains(&values.len()) {
        return Err(XError::Invalid(format!("The `{parameter}` query parameter must hold 1 to 100 values.")));
    }
    let ledger = world.ledger();
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for value in values {
        match ledger.find_account(Platform::X, value) {
            Some(account) => found.push(user(world, &ledger, account, &fields)),
            None => missing.push(value),
        }
    }
    let mut body = json!({});
    if !found.is_empty() {
        body["data"] = Value::Array(found);
    }
    if !missing.is_empty() {
        body["errors"] = Value::Array(absent("user", parameter, &missing));
    }
    Ok(body)
}

/// One user with the fields asked for.
pub(super) fn user(world: &World, ledger: &Ledger, account: &Account, fields: &[&str]) -> Value {
    let posts = ledger.posts_of(Platform::X, &account.id).filter(|p| !p.deleted).count();
    let mut out = json!({"id": account.id, "name": account.name, "username": account.handle});
    for field in fields {
        let value = match *field {
            "created_at" => json!(rfc3339(account.created_at)),
            "description" => json!(account.bio),
            "profile_image_url" => json!(world.address(&format!("/avatar/x/{}.svg", account.id))),
            "protected" | "verified" => json!(false),
            "verified_type" => json!("none"),
            "subscription_type" => json!("None"),
            "public_metrics" => json!({
                "followers_count": world.figures(ledger).followers(account),
                "following_count": account.following,
                "tweet_count": posts,
                "post_count": posts,
                "listed_count": 0,
                "like_count": 0,
                "media_count": 0,
            }),
            // Left out of the answer when there is nothing to say, as on the real host.
            _ => continue,
        };
        out[*field] = value;
    }
    out
}
