//! Publishing a container, once:
//! <https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media_publish>.

use super::container;
use crate::clock::DAY;
use crate::gate::Touched;
use crate::ids::stable_letters;
use crate::meta::call::GraphCall;
use crate::meta::error::GraphError;
use crate::meta::list::fields;
use crate::state::{Container, Entry, Platform, Post};
use crate::world::{Ledger, World};
use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Posts in 24 hours, by the content publishing guide.
const DAILY: usize = 100;

pub(super) fn publish(world: &World, call: &GraphCall) -> Result<Response, GraphError> {
    call.own("post")?;
    call.need("instagram_business_content_publish")?;
    let id = call.params.get("creation_id");
    let id = id.ok_or_else(|| GraphError::param("The parameter creation_id is required"))?;
    let now = world.now();
    let mut ledger = world.ledger();
    let own = |c: &&Container| c.account == call.token.account && !c.carousel_item;
    let found = ledger.containers.get(id).filter(own).cloned();
    let found = found.ok_or_else(|| {
        GraphError::new(
            24,
            Some(2_207_006),
            "The media with this id is not found: it may be deleted, or of another account.",
        )
    })?;
    if let Some(media) = &found.published {
        // Refused rather than doubled; the container's status says PUBLISHED.
        if let Some(post) = ledger.post(Platform::Instagram, media).cloned() {
            ledger.record(Entry::Post(Box::new(Post { attempts: post.attempts + 1, ..post })));
        }
        let refused =
            GraphError::new(-1, Some(2_207_032), "The media of this container has already been published.");
        return Ok(touched(refused.into_response(), call, media));
    }
    let children_ready = found
        .children
        .iter()
        .all(|c| ledger.containers.get(c).is_some_and(|c| container::status(c, now) == "FINISHED"));
    match container::status(&found, now) {
        "FINISHED" if children_ready => {}
        "ERROR" => {
            let (code, subcode, message) = found.error.clone().unwrap_or_default();
            return Err(GraphError::new(code, Some(subcode), message));
        }
        "EXPIRED" => {
            return Err(GraphError::new(
                -2,
                Some(2_207_020),
                "The media you are trying to access has expired.",
            ));
        }
        _ => {
            return Err(GraphError::new(
                9_007,
                Some(2_207_027),
                "The media is not ready for publishing, please wait for a moment",
            ));
        }
    }
    if used(&ledger, call, now) >= DAILY {
        return Err(GraphError::new(
            9,
            Some(2_207_042),
            "You reached the maximum number of posts that can be published by the content publishing API.",
        ));
    }
    let media = ledger.ids.meta_id("1799");
    ledger.record(Entry::Post(Box::new(Post {
        platform: Platform::Instagram,
        account: call.token.account.clone(),
        id: media.clone(),
        text: found.caption.clone(),
        media: found.media.clone(),
        created_at: now,
        received_at: call.arrival.0,
        deleted: false,
        key: Some(found.id.clone()),
        attempts: 1,
        extra: json!({"media_type": if found.children.is_empty() { "IMAGE" } else { "CAROUSEL_ALBUM" }}),
    })));
    ledger.record(Entry::Container(Box::new(Container { published: Some(media.clone()), ..found })));
    Ok(touched(Json(json!({"id": media})).into_response(), call, &media))
}

fn touched(mut response: Response, call: &GraphCall, media: &str) -> Response {
    let touched = Touched { account: Some(call.token.account.clone()), post: Some(media.to_owned()) };
    response.extensions_mut().insert(touched);
    response
}

fn used(ledger: &Ledger, call: &GraphCall, now: i64) -> usize {
    ledger
        .posts_of(Platform::Instagram, &call.token.account)
        .rev()
        .take_while(|p| p.created_at > now - DAY)
        .count()
}

/// <https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit>
pub(super) fn limit(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    call.own("get")?;
    let used = used(&world.ledger(), call, world.now());
    let mut out = json!({"quota_usage": used});
    if fields(&call.params).iter().any(|f| f == "config") {
        out["config"] = json!({"quota_total": DAILY, "quota_duration": 86_400});
    }
    Ok(json!({"data": [out]}))
}

/// The last part of a post's public address.
pub(crate) fn shortcode(media: &str) -> String {
    stable_letters(media, 11)
}
