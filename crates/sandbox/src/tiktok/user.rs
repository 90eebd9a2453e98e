//! <https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info/>

use super::error::{TiktokError, ok};
use super::token::caller_of;
use crate::form::Params;
use crate::permalink;
use crate::state::Platform;
use crate::world::World;
use axum::Json;
use axum::extract::{RawQuery, State};
use http::HeaderMap;
use serde_json::{Value, json};

/// The scope that a field needs.
fn scope_of(field: &str) -> Option<&'static str> {
    Some(match field {
        "open_id" | "union_id" | "avatar_url" | "avatar_url_100" | "avatar_large_url" | "display_name" => {
            "user.info.basic"
        }
        "username" | "bio_description" | "is_verified" | "profile_deep_link" => "user.info.profile",
        "follower_count" | "following_count" | "likes_count" | "video_count" => "user.info.stats",
        _ => return None,
    })
}

pub(super) async fn info(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, TiktokError> {
    let token = caller_of(&world, &headers, "user.info.basic", "user/info")?;
    let params = Params::from_query(query.as_deref());
    let fields: Vec<&str> = params.get("fields").unwrap_or_default().split(',').collect();
    for field in &fields {
        let scope = scope_of(field).ok_or_else(|| TiktokError::params(format!("Invalid fields: {field}")))?;
        if !token.has_scope(scope) {
            return Err(TiktokError::scope());
        }
    }
    let ledger = world.ledger();
    let account = ledger.account(Platform::Tiktok, &token.account).ok_or_else(TiktokError::invalid_token)?;
    let figures = world.figures(&ledger);
    let videos = || ledger.posts_of(Platform::Tiktok, &account.id).filter(|post| !post.deleted);
    let mut user = json!({});
    for field in fields {
        user[field] = match field {
            "open_id" => json!(account.id),
            "union_id" => json!(crate::ids::stable_letters(&account.id, 36)),
            "display_name" => json!(account.name),
            "username" => json!(account.handle),
            "bio_description" => json!(account.bio),
            "is_verified" => json!(false),
            "profile_deep_link" => json!(world.address(&permalink::of_account(account))),
            "follower_count" => json!(figures.followers(account)),
            "following_count" => json!(account.following),
            "likes_count" => json!(videos().map(|post| figures.post(post).likes).sum::<u64>()),
            "video_count" => json!(videos().count()),
            _ => json!(world.address(&format!("/avatar/tiktok/{}.svg", account.id))),
        };
    }
    Ok(ok(&json!({"user": user})))
}
