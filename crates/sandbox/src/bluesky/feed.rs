//! The AppView's reads: <https://docs.bsky.app/docs/api/app-bsky-actor-get-profile>,
//! <https://docs.bsky.app/docs/api/app-bsky-feed-get-author-feed>, <https://docs.bsky.app/docs/api/app-bsky-feed-get-posts>,
//! <https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread>.

use super::auth::did;
use super::embed;
use super::error::XrpcError;
use crate::clock::rfc3339;
use crate::form::Params;
use crate::state::{Account, Platform, Post};
use crate::world::{Ledger, World};
use axum::Json;
use axum::extract::{RawQuery, State};
use http::HeaderMap;
use serde_json::{Value, json};

fn actor(world: &World, name: Option<&str>) -> Result<Account, XrpcError> {
    let name = name.ok_or_else(|| XrpcError::invalid("Error: Params must have the property \"actor\""))?;
    let ledger = world.ledger();
    let found = ledger.find_account(Platform::Bluesky, name).cloned();
    found.ok_or_else(|| XrpcError::invalid("Profile not found"))
}

pub(super) async fn profile(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, XrpcError> {
    did(&world, &headers)?;
    let params = Params::from_query(query.as_deref());
    let account = actor(&world, params.get("actor"))?;
    let (posts, followers) = {
        let ledger = world.ledger();
        let posts = ledger.posts_of(Platform::Bluesky, &account.id).filter(|p| !p.deleted).count();
        (posts, world.figures(&ledger).followers(&account))
    };
    let mut out = author(&world, &account);
    out["description"] = json!(account.bio);
    out["followersCount"] = json!(followers);
    out["followsCount"] = json!(account.following);
    out["postsCount"] = json!(posts);
    out["indexedAt"] = json!(rfc3339(account.created_at));
    Ok(Json(out))
}

fn author(world: &World, account: &Account) -> Value {
    json!({
        "did": account.id,
        "handle": account.handle,
        "displayName": account.name,
        "avatar": world.address(&format!("/avatar/bluesky/{}.svg", account.id)),
        "labels": [],
        "createdAt": rfc3339(account.created_at),
    })
}

fn post_view(world: &World, ledger: &Ledger, account: &Account, post: &Post) -> Value {
    let counts = world.figures(ledger).post(post);
    let quotes = counts.shares / 5;
    let mut out = json!({
        "uri": post.id,
        "cid": post.extra["cid"],
        "author": author(world, account),
        "record": post.extra["record"],
        "replyCount": counts.comments, "repostCount": counts.shares - quotes, "likeCount": counts.likes,
        "quoteCount": quotes, "bookmarkCount": counts.saves,
        "indexedAt": rfc3339(post.created_at),
        "labels": [],
    });
    if let Some(embed) = embed::view(world, &account.id, post) {
        out["embed"] = embed;
    }
    out
}

pub(super) async fn author_feed(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, XrpcError> {
    did(&world, &headers)?;
    let params = Params::from_query(query.as_deref());
    let account = actor(&world, params.get("actor"))?;
    let limit = params.get("limit").and_then(|v| v.parse::<usize>().ok()).unwrap_or(50).clamp(1, 100);
    let offset = params.get("cursor").and_then(|v| v.parse::<usize>().ok()).unwrap_or(0);
    let wanted: fn(&Post) -> bool = match params.get("filter") {
        None | Some("posts_with_replies") => |_| true,
        Some("posts_no_replies") => |post| reply_root(post).is_none(),
        Some("posts_and_author_threads") => |post| reply_root(post).is_none_or(|root| is_of(post, root)),
        Some("posts_with_media") => |post| !post.media.is_empty(),
        Some(_) => return Err(XrpcError::invalid("Error: Invalid filter")),
    };
    let ledger = world.ledger();
    let live: Vec<&Post> = ledger
        .posts_of(Platform::Bluesky, &account.id)
        .rev()
        .filter(|post| !post.deleted && wanted(post))
        .collect();
    let page: Vec<Value> = live
        .iter()
        .skip(offset)
        .take(limit)
        .map(|p| json!({"post": post_view(&world, &ledger, &account, p)}))
        .collect();
    let mut body = json!({"feed": page});
    if offset + limit < live.len() {
        body["cursor"] = json!((offset + limit).to_string());
    }
    Ok(Json(body))
}

/// The first post of the thread that a post answers in.
fn reply_root(post: &Post) -> Option<&str> {
    post.extra["record"]["reply"]["root"]["uri"].as_str()
}

/// Whether the record at `uri` is in the repository of the post's author.
fn is_of(post: &Post, uri: &str) -> bool {
    uri.strip_prefix("at://").is_some_and(|rest| rest.split('/').next() == Some(post.account.as_str()))
}

pub(super) async fn posts(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, XrpcError> {
    did(&world, &headers)?;
    let uris: Vec<String> = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .filter(|(name, _)| name == "uris" || name == "uris[]")
        .map(|(_, value)| value.into_owned())
        .collect();
    if uris.is_empty() || uris.len() > 25 {
        return Err(XrpcError::invalid("Error: uris must have between 1 and 25 elements"));
    }
    let ledger = world.ledger();
    let found: Vec<Value> = uris
        .iter()
        .filter_map(|uri| ledger.post(Platform::Bluesky, uri))
        .filter(|p| !p.deleted)
        .filter_map(|p| {
            ledger.account(Platform::Bluesky, &p.account).map(|a| post_view(&world, &ledger, a, p))
        })
        .collect();
    Ok(Json(json!({"posts": found})))
}

/// One post and the direct answers to it; the sandbox keeps no deeper threads.
pub(super) async fn thread(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, XrpcError> {
    did(&world, &headers)?;
    let params = Params::from_query(query.as_deref());
    let uri = params
        .get("uri")
        .ok_or_else(|| XrpcError::invalid("Error: Params must have the property \"uri\""))?;
    let ledger = world.ledger();
    let view = |post: &Post, replies: Vec<Value>| {
        let author = ledger.account(Platform::Bluesky, &post.account)?;
        let post = post_view(&world, &ledger, author, post);
        Some(json!({"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": replies}))
    };
    let answers = |p: &&Post| !p.deleted && p.extra["record"]["reply"]["parent"]["uri"] == uri;
    let bluesky = ledger.all_posts().filter(|p| p.platform == Platform::Bluesky);
    let replies = bluesky.filter(answers).filter_map(|p| view(p, Vec::new())).collect();
    let post = ledger.post(Platform::Bluesky, uri).filter(|p| !p.deleted);
    post.and_then(|p| view(p, replies))
        .map(|thread| Json(json!({"thread": thread})))
        .ok_or_else(|| XrpcError::bad("NotFound", format!("Post not found: {uri}")))
}
