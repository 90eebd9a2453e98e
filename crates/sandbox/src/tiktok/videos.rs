//! <https://developers.tiktok.com/doc/tiktok-api-v2-video-list/>, <https://developers.tiktok.com/doc/tiktok-api-v2-video-query/>

use super::error::{TiktokError, ok};
use super::token::caller_of;
use crate::clock::{Millis, SECOND};
use crate::form::{Params, read_body};
use crate::permalink;
use crate::state::{Platform, Post};
use crate::world::{Ledger, World};
use axum::Json;
use axum::extract::{Request, State};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const FIELDS: [&str; 15] = [
    "id",
    "create_time",
    "cover_image_url",
    "share_url",
    "video_description",
    "duration",
    "height",
    "width",
    "title",
    "embed_html",
    "embed_link",
    "like_count",
    "comment_count",
    "share_count",
    "view_count",
];
/// Videos in one answer.
const MOST: usize = 20;

#[derive(Default, Deserialize)]
#[serde(default)]
struct List {
    max_count: Option<usize>,
    /// Videos made before this, in milliseconds since the epoch.
    cursor: Option<Millis>,
}

#[derive(Deserialize)]
struct Query {
    filters: Filters,
}

#[derive(Deserialize)]
struct Filters {
    video_ids: Vec<String>,
}

/// The fields that a call asks for, and its body.
async fn read<T: DeserializeOwned>(request: Request) -> Result<(Vec<String>, T), TiktokError> {
    let params = Params::from_query(request.uri().query());
    let fields: Vec<String> =
        params.get("fields").unwrap_or_default().split(',').map(|field| field.trim().to_owned()).collect();
    if let Some(unknown) = fields.iter().find(|field| !FIELDS.contains(&field.as_str())) {
        return Err(TiktokError::params(format!("Invalid fields: {unknown}")));
    }
    let body = read_body(request).await.map_err(|error| TiktokError::params(error.to_string()))?;
    let body = if body.is_empty() { "{}".into() } else { body };
    let body = serde_json::from_slice(&body).map_err(|error| TiktokError::params(error.to_string()))?;
    Ok((fields, body))
}

pub(super) async fn list(State(world): State<World>, request: Request) -> Result<Json<Value>, TiktokError> {
    let token = caller_of(&world, request.headers(), "video.list", "video/list")?;
    let (fields, List { max_count, cursor }) = read(request).await?;
    let most = max_count.unwrap_or(10);
    if !(1..=MOST).contains(&most) {
        return Err(TiktokError::params("max_count should be between 1 and 20"));
    }
    let ledger = world.ledger();
    let mut older = ledger
        .posts_of(Platform::Tiktok, &token.account)
        .rev()
        .filter(|post| !post.deleted && cursor.is_none_or(|cursor| post.created_at < cursor));
    let page: Vec<&Post> = older.by_ref().take(most).collect();
    let videos: Vec<Value> = page.iter().map(|post| show(&world, &ledger, post, &fields)).collect();
    let cursor = page.last().map_or_else(|| world.now(), |post| post.created_at);
    Ok(ok(&json!({"videos": videos, "cursor": cursor, "has_more": older.next().is_some()})))
}

pub(super) async fn query(State(world): State<World>, request: Request) -> Result<Json<Value>, TiktokError> {
    let token = caller_of(&world, request.headers(), "video.list", "video/query")?;
    let (fields, Query { filters }) = read(request).await?;
    if !(1..=MOST).contains(&filters.video_ids.len()) {
        return Err(TiktokError::params("video_ids should have between 1 and 20 elements"));
    }
    let ledger = world.ledger();
    let videos: Vec<Value> = filters
        .video_ids
        .iter()
        .filter_map(|id| ledger.post(Platform::Tiktok, id))
        .filter(|post| !post.deleted && post.account == token.account)
        .map(|post| show(&world, &ledger, post, &fields))
        .collect();
    Ok(ok(&json!({"videos": videos})))
}

fn show(world: &World, ledger: &Ledger, post: &Post, fields: &[String]) -> Value {
    let counts = world.figures(ledger).post(post);
    let share_url = || world.address(&permalink::of_post(ledger, post));
    let mut out = json!({});
    for field in fields {
        out[field] = match field.as_str() {
            "id" => json!(post.id),
            "create_time" => json!(post.created_at / SECOND),
            "title" | "video_description" => json!(post.text),
            "share_url" | "embed_link" => json!(share_url()),
            "embed_html" => json!(format!("<blockquote cite=\"{}\"></blockquote>", share_url())),
            "cover_image_url" => json!(world.address(&format!("/avatar/tiktok/{}.svg", post.account))),
            "duration" => post.extra["duration"].clone(),
            "width" => json!(1_080),
            "height" => json!(1_920),
            "like_count" => json!(counts.likes),
            "comment_count" => json!(counts.comments),
            "share_count" => json!(counts.shares),
            _ => json!(counts.views),
        };
    }
    out
}
