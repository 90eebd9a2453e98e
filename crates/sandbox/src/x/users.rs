//! Users, <https://docs.x.com/x-api/users/get-my-user>.

use super::auth::{Call, authorize};
use super::error::{XError, not_found};
use crate::clock::rfc3339;
use crate::form::Params;
use crate::state::{Account, Platform};
use crate::world::World;
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use serde_json::{Value, json};

const FIELDS: [&str; 24] = [
    "affiliation",
    "confirmed_email",
    "connection_status",
    "created_at",
    "description",
    "entities",
    "id",
    "is_identity_verified",
    "location",
    "most_recent_tweet_id",
    "name",
    "pinned_tweet_id",
    "profile_banner_url",
    "profile_image_url",
    "protected",
    "public_metrics",
    "receives_your_dm",
    "subscription_type",
    "url",
    "username",
    "verified",
    "verified_type",
    "verified_followers_count",
    "withheld",
];

pub(super) async fn me(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &["tweet.read", "users.read"], Call::Me)?;
    let user = show(&world, &caller.account, query.as_deref())?;
    Ok(caller.sign(Json(user).into_response()))
}

pub(super) async fn by_id(
    State(world): State<World>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &["tweet.read", "users.read"], Call::Post)?;
    let body = match show(&world, &id, query.as_deref()) {
        Err(XError::NotFound { .. }) => json!({"errors": [not_found("user", "id", &id)]}),
        other => other?,
    };
    Ok(caller.sign(Json(body).into_response()))
}

pub(super) async fn by_username(
    State(world): State<World>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &["tweet.read", "users.read"], Call::Post)?;
    let id = world.ledger().find_account(Platform::X, &name).map(|a| a.id.clone());
    let body = match id {
        Some(id) => show(&world, &id, query.as_deref())?,
        None => json!({"errors": [not_found("user", "username", &name)]}),
    };
    Ok(caller.sign(Json(body).into_response()))
}

fn show(world: &World, id: &str, query: Option<&str>) -> Result<Value, XError> {
    let params = Params::from_query(query);
    let fields: Vec<&str> =
        params.get("user.fields").unwrap_or_default().split(',').filter(|f| !f.is_empty()).collect();
    if let Some(unknown) = fields.iter().find(|f| !FIELDS.contains(f)) {
        return Err(XError::Invalid(format!(
            "The `user.fields` query parameter value [{unknown}] is not one of [{}]",
            FIELDS.join(",")
        )));
    }
    let ledger = world.ledger();
    let account = ledger.account(Platform::X, id).ok_or_else(|| XError::NotFound {
        resource: "user",
        parameter: "id",
        value: id.to_owned(),
    })?;
    let posts = ledger.posts_of(Platform::X, id).filter(|p| !p.deleted).count();
    Ok(json!({"data": user(world, account, posts, &fields)}))
}

fn user(world: &World, account: &Account, posts: usize, fields: &[&str]) -> Value {
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
                "followers_count": account.followers,
                "following_count": account.following,
                "tweet_count": posts,
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
