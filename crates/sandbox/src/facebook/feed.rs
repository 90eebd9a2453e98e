//! Posts of a Page: <https://developers.facebook.com/docs/graph-api/reference/page/feed>. Nothing guards against
//! doubles here, as on the real platform.

use super::insights;
use super::show::{self, show};
use crate::clock::{DAY, SECOND};
use crate::gate::Touched;
use crate::meta::call::GraphCall;
use crate::meta::error::GraphError;
use crate::meta::insights::expanded;
use crate::meta::list::fields;
use crate::state::{Entry, Kind, Platform, Post, PostMedia, TokenKind};
use crate::world::{Ledger, World};
use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Longest message, as postiz checks it.
const MAX_MESSAGE: usize = 63_206;

/// The Page that the token speaks for.
pub(super) fn own_page(world: &World, call: &GraphCall, method: &str) -> Result<(), GraphError> {
    let is_page =
        world.ledger().account(Platform::Facebook, &call.node).is_some_and(|a| a.kind == Kind::Page);
    if !is_page {
        return Err(GraphError::missing(method, &call.node));
    }
    if call.token.kind != TokenKind::Page || call.token.account != call.node {
        return Err(GraphError::new(
            200,
            None,
            "(#200) If posting to a group, requires app being installed in the group, and either \
             publish_to_groups permission with user token, or both pages_read_engagement and pages_manage_posts \
             permission with page token; If posting to a page, requires both pages_read_engagement and \
             pages_manage_posts as an admin with sufficient administrative permission",
        ));
    }
    Ok(())
}

pub(super) fn publish(world: &World, call: &GraphCall) -> Result<Response, GraphError> {
    own_page(world, call, "post")?;
    call.need("pages_manage_posts")?;
    call.need("pages_read_engagement")?;
    let message = call.params.get("message").unwrap_or_default();
    let link = call.params.get("link");
    if message.chars().count() > MAX_MESSAGE {
        return Err(GraphError::param("Param message must be at most 63206 characters long"));
    }
    if link.is_some_and(|l| !url::Url::parse(l).is_ok_and(|u| matches!(u.scheme(), "http" | "https"))) {
        return Err(GraphError::new(100, Some(1_609_008), "(#100) The url you supplied is invalid"));
    }
    scheduled(world, call)?;
    let media = attached(world, call)?;
    if message.trim().is_empty() && link.is_none() && media.is_empty() {
        return Err(GraphError::new(100, Some(1_349_125), "(#100) Missing message or attachment"));
    }
    let extra = json!({"link": link, "published": call.params.get("published") != Some("false")});
    Ok(store(world, call, message, media, extra))
}

fn scheduled(world: &World, call: &GraphCall) -> Result<(), GraphError> {
    let Some(time) = call.params.get("scheduled_publish_time") else { return Ok(()) };
    let at = time.parse::<i64>().ok().map(|t| t * SECOND);
    let now = world.now();
    let good = at.is_some_and(|at| at >= now + 600 * SECOND && at <= now + 30 * DAY);
    if good && call.params.get("published") == Some("false") {
        return Ok(());
    }
    Err(GraphError::param("The specified scheduled publish time is invalid."))
}

/// `attached_media[0]={"media_fbid":…}`, or one JSON list.
fn attached(world: &World, call: &GraphCall) -> Result<Vec<PostMedia>, GraphError> {
    let mut items: Vec<(usize, Value)> = Vec::new();
    let unreadable = || GraphError::param("param attached_media must be an array.");
    for (name, value) in &call.params.values {
        if name == "attached_media" {
            let list: Vec<Value> = serde_json::from_str(value).map_err(|_| unreadable())?;
            items.extend(list.into_iter().enumerate());
        } else if let Some(index) = name.strip_prefix("attached_media[").and_then(|n| n.strip_suffix(']')) {
            let index = index.parse::<usize>().map_err(|_| unreadable())?;
            items.push((index, serde_json::from_str(value).map_err(|_| unreadable())?));
        }
    }
    items.sort_by_key(|(index, _)| *index);
    let ledger = world.ledger();
    let known = |item: &Value| {
        let id = item["media_fbid"].as_str().unwrap_or_default();
        ledger
            .media
            .get(id)
            .filter(|m| m.platform == Platform::Facebook && m.account == call.node)
            .map(crate::state::Media::in_post)
            .ok_or_else(|| GraphError::missing("get", id))
    };
    items.iter().map(|(_, item)| known(item)).collect()
}

/// Puts the post on the Page.
pub(super) fn store(
    world: &World,
    call: &GraphCall,
    message: &str,
    media: Vec<PostMedia>,
    extra: Value,
) -> Response {
    let now = world.now();
    let mut ledger = world.ledger();
    let id = format!("{}_{}", call.node, ledger.ids.meta_id("122"));
    let digests = |media: &[PostMedia]| media.iter().map(|m| m.sha256.clone()).collect::<Vec<_>>();
    let twins = ledger
        .posts_of(Platform::Facebook, &call.node)
        .filter(|p| p.text == message && digests(&p.media) == digests(&media))
        .count();
    let photo = extra["photo"].as_str().map(str::to_owned);
    let post = Post {
        platform: Platform::Facebook,
        account: call.node.clone(),
        id: id.clone(),
        text: message.to_owned(),
        media,
        created_at: now,
        received_at: call.arrival.0,
        deleted: false,
        key: None,
        attempts: u32::try_from(twins).unwrap_or(u32::MAX).saturating_add(1),
        extra,
    };
    ledger.record(Entry::Post(Box::new(post.clone())));
    let mut answer = match photo {
        Some(photo) => json!({"id": photo, "post_id": id}),
        None => json!({"id": id}),
    };
    if answer.get("post_id").is_none() {
        let asked = fields(&call.params);
        if !asked.is_empty() {
            answer = show(world, &ledger, &post, &asked);
        }
    }
    drop(ledger);
    let mut response = Json(answer).into_response();
    response.extensions_mut().insert(Touched { account: Some(call.node.clone()), post: Some(id) });
    response
}

/// Posts, newest first, between `since` and `until` (seconds since the epoch).
pub(super) fn list(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    let ledger = world.ledger();
    let page = ledger.account(Platform::Facebook, &call.node).filter(|a| a.kind == Kind::Page);
    let mine = page.is_some_and(|p| {
        p.id == call.token.account || p.owner.as_deref() == Some(call.token.account.as_str())
    });
    if !mine {
        return Err(GraphError::missing("get", &call.node));
    }
    call.need("pages_read_engagement")?;
    let time = |name: &str| call.params.get(name).and_then(|v| v.parse::<i64>().ok()).map(|t| t * SECOND);
    let (since, until) = (time("since"), time("until"));
    let asked = fields(&call.params);
    let usual = ["created_time", "message"];
    let asked = if asked.is_empty() { usual.iter().map(|f| (*f).to_owned()).collect() } else { asked };
    let posts = ledger
        .posts_of(Platform::Facebook, &call.node)
        .rev()
        .filter(|p| !p.deleted && p.extra["published"] != json!(false))
        .filter(|p| since.is_none_or(|at| p.created_at >= at) && until.is_none_or(|at| p.created_at <= at))
        .map(|p| read_back(world, call, &ledger, p, &asked))
        .collect::<Result<_, GraphError>>()?;
    Ok(call.paged(world, "published_posts", posts))
}

pub(super) fn read(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    let ledger = world.ledger();
    let owns = |p: &&Post| {
        let owner = ledger.account(Platform::Facebook, &p.account).and_then(|a| a.owner.clone());
        p.account == call.token.account || owner.as_deref() == Some(call.token.account.as_str())
    };
    let post = ledger.post(Platform::Facebook, &call.node).filter(|p| !p.deleted).filter(owns);
    let photo = ledger.media.get(&call.node);
    if let Some(photo) = photo.filter(|m| m.platform == Platform::Facebook && m.account == call.token.account)
    {
        return Ok(show::photo(world, photo, &fields(&call.params)));
    }
    let post = post.ok_or_else(|| GraphError::missing("get", &call.node))?;
    let asked = fields(&call.params);
    let usual = ["created_time", "message"];
    let asked = if asked.is_empty() { usual.iter().map(|f| (*f).to_owned()).collect() } else { asked };
    read_back(world, call, &ledger, post, &asked)
}

/// A post with the fields that were asked for, its insights among them.
fn read_back(
    world: &World,
    call: &GraphCall,
    ledger: &Ledger,
    post: &Post,
    asked: &[String],
) -> Result<Value, GraphError> {
    let mut out = show(world, ledger, post, asked);
    if asked.iter().any(|field| field == "insights") {
        call.need(insights::SCOPE)?;
        out["insights"] = insights::of_post(world, ledger, post, &expanded(&call.params))?;
    }
    Ok(out)
}

/// A new message for a post of the Page: <https://developers.facebook.com/docs/pages-api/posts#update-a-post>.
pub(super) fn edit(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    call.need("pages_manage_posts")?;
    let mut ledger = world.ledger();
    let live = |p: &&Post| !p.deleted && p.account == call.token.account;
    let post = ledger.post(Platform::Facebook, &call.node).filter(live).cloned();
    let post = post.ok_or_else(|| GraphError::missing("post", &call.node))?;
    let text =
        call.params.get("message").ok_or_else(|| GraphError::param("The parameter message is required"))?;
    ledger.record(Entry::Post(Box::new(Post { text: text.to_owned(), ..post })));
    Ok(json!({"success": true}))
}

pub(super) fn delete(world: &World, call: &GraphCall) -> Result<Response, GraphError> {
    call.need("pages_manage_posts")?;
    let mut ledger = world.ledger();
    let live = |p: &&Post| !p.deleted && p.account == call.token.account;
    let post = ledger.post(Platform::Facebook, &call.node).filter(live).cloned();
    let post = post.ok_or_else(|| GraphError::missing("delete", &call.node))?;
    ledger.record(Entry::Post(Box::new(Post { deleted: true, ..post })));
    let mut response = Json(json!({"success": true})).into_response();
    let touched = Touched { account: Some(call.token.account.clone()), post: Some(call.node.clone()) };
    response.extensions_mut().insert(touched);
    Ok(response)
}
