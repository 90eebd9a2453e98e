//! The account, its media, containers:
//! <https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user>,
//! <https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media>.

use super::publish::shortcode;
use super::{container, insights};
use crate::clock::meta_time;
use crate::meta::call::GraphCall;
use crate::meta::error::GraphError;
use crate::meta::insights::expanded;
use crate::meta::list::fields;
use crate::permalink;
use crate::state::{Account, Platform, Post};
use crate::world::{Ledger, World};
use serde_json::{Value, json};

pub(super) fn node(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    call.need("instagram_business_basic")?;
    let now = world.now();
    let ledger = world.ledger();
    if call.node == call.token.account {
        let account = ledger.account(Platform::Instagram, &call.node);
        let account = account.ok_or_else(|| GraphError::missing("get", &call.node))?;
        return user(world, &ledger, account, &fields(&call.params));
    }
    if let Some(found) = ledger.containers.get(&call.node).filter(|c| c.account == call.token.account) {
        return container::show(found, call, now);
    }
    let mine = |p: &&Post| !p.deleted && p.account == call.token.account;
    let post = ledger.post(Platform::Instagram, &call.node).filter(mine);
    let post = post.ok_or_else(|| GraphError::missing("get", &call.node))?;
    media(world, &ledger, post, call, &fields(&call.params))
}

fn user(world: &World, ledger: &Ledger, account: &Account, asked: &[String]) -> Result<Value, GraphError> {
    let mut out = json!({"id": account.id});
    for field in asked {
        let value = match field.as_str() {
            "id" => continue,
            "user_id" => json!(account.id),
            "username" => json!(account.handle),
            "name" => json!(account.name),
            "biography" => json!(account.bio),
            "account_type" => json!("BUSINESS"),
            "profile_picture_url" => json!(world.address(&format!("/avatar/instagram/{}.svg", account.id))),
            "followers_count" => json!(world.figures(ledger).followers(account)),
            "follows_count" => json!(account.following),
            "media_count" => {
                json!(ledger.posts_of(Platform::Instagram, &account.id).filter(|p| !p.deleted).count())
            }
            "website" | "legacy_instagram_user_id" => continue,
            unknown => return Err(unknown_field(unknown, "IGUser")),
        };
        out[field.as_str()] = value;
    }
    Ok(out)
}

fn unknown_field(field: &str, node: &str) -> GraphError {
    GraphError::param(&format!("Tried accessing nonexisting field ({field}) on node type ({node})"))
}

fn media(
    world: &World,
    ledger: &Ledger,
    post: &Post,
    call: &GraphCall,
    asked: &[String],
) -> Result<Value, GraphError> {
    let figures = world.figures(ledger);
    let mut out = json!({"id": post.id});
    let address = |sha256: &str| world.address(&format!("/control/blobs/{sha256}"));
    for field in asked {
        let value = match field.as_str() {
            "id" => continue,
            "caption" if post.text.is_empty() => continue,
            "caption" => json!(post.text),
            "permalink" => json!(world.address(&permalink::of_post(ledger, post))),
            "shortcode" => json!(shortcode(&post.id)),
            "timestamp" => json!(meta_time(post.created_at)),
            "media_type" => post.extra["media_type"].clone(),
            "media_product_type" => json!("FEED"),
            "media_url" => json!(post.media.first().map(|m| address(&m.sha256))),
            "alt_text" => json!(post.media.first().and_then(|m| m.alt.clone())),
            // "omitted if the media owner has hidden like counts"
            "like_count" if figures.said_of(post).is_some_and(|said| said.hide_likes) => continue,
            "like_count" => json!(figures.post(post).likes),
            "comments_count" => json!(figures.post(post).comments),
            "insights" => {
                call.need(insights::SCOPE)?;
                insights::of_media(world, ledger, post, &expanded(&call.params))?
            }
            "is_comment_enabled" => json!(true),
            // Of videos alone, or of nothing here.
            "thumbnail_url" | "is_shared_to_feed" | "legacy_instagram_media_id" | "view_count" => continue,
            "username" => json!(ledger.account(Platform::Instagram, &post.account).map(|a| a.handle.clone())),
            "owner" => json!({"id": post.account}),
            "children" => json!({"data": post.media.iter().map(|m| json!({"id": m.id})).collect::<Vec<_>>()}),
            unknown => return Err(unknown_field(unknown, "Media")),
        };
        out[field.as_str()] = value;
    }
    Ok(out)
}

/// The account's media, newest first.
pub(super) fn list(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    call.own("get")?;
    call.need("instagram_business_basic")?;
    let ledger = world.ledger();
    let asked = fields(&call.params);
    let live = ledger.posts_of(Platform::Instagram, &call.node).rev().filter(|p| !p.deleted);
    let all: Result<Vec<Value>, GraphError> = live.map(|p| media(world, &ledger, p, call, &asked)).collect();
    Ok(call.paged(world, "media", all?))
}

/// The pictures of a carousel.
pub(super) fn children(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    call.need("instagram_business_basic")?;
    let ledger = world.ledger();
    let mine = |p: &&Post| !p.deleted && p.account == call.token.account;
    let post = ledger.post(Platform::Instagram, &call.node).filter(mine);
    let post = post.ok_or_else(|| GraphError::missing("get", &call.node))?;
    Ok(json!({"data": post.media.iter().map(|m| json!({"id": m.id})).collect::<Vec<_>>()}))
}
