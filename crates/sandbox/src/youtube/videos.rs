//! <https://developers.google.com/youtube/v3/docs/playlistItems/list>, <https://developers.google.com/youtube/v3/docs/videos/list>

use super::auth::reader;
use super::channels::{parts, uploads_of};
use super::error::GoogleError;
use crate::clock::rfc3339;
use crate::form::Params;
use crate::state::{Platform, Post};
use crate::world::{Ledger, World};
use axum::Json;
use axum::extract::{RawQuery, State};
use http::HeaderMap;
use serde_json::{Value, json};

/// Most items in a page, and ids in a call.
const MOST: usize = 50;

/// What was uploaded to a channel, newest first.
pub(super) async fn uploads(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, GoogleError> {
    reader(&world, &headers)?;
    let params = Params::from_query(query.as_deref());
    let parts = parts(&params)?;
    let playlist = params.get("playlistId");
    let playlist =
        playlist.ok_or_else(|| GoogleError::argument("missingRequiredParameter", "No filter selected."))?;
    let size = params.get("maxResults").map_or(Ok(5), str::parse::<usize>).unwrap_or(MOST + 1);
    if size > MOST {
        return Err(GoogleError::argument("invalidParameter", "Invalid value for maxResults: 0 to 50"));
    }
    let offset = params.get("pageToken").map_or(Some(0), |token| token.strip_prefix("EAAaB")?.parse().ok());
    let offset: usize =
        offset.ok_or_else(|| GoogleError::argument("invalidPageToken", "The page token is not valid."))?;
    let ledger = world.ledger();
    let channel = ledger.accounts_of(Platform::Youtube).find(|account| uploads_of(&account.id) == playlist);
    let channel = channel.ok_or_else(|| GoogleError::playlist(playlist))?;
    let all: Vec<&Post> =
        ledger.posts_of(Platform::Youtube, &channel.id).rev().filter(|post| !post.deleted).collect();
    let page = all.iter().enumerate().skip(offset).take(size);
    let items: Vec<Value> = page.map(|(place, post)| item(post, playlist, place, &parts)).collect();
    let mut body = json!({
        "kind": "youtube#playlistItemListResponse",
        "pageInfo": {"totalResults": all.len(), "resultsPerPage": size},
        "items": items,
    });
    if offset + size < all.len() {
        body["nextPageToken"] = json!(format!("EAAaB{}", offset + size));
    }
    Ok(Json(body))
}

fn item(post: &Post, playlist: &str, place: usize, parts: &[&str]) -> Value {
    let mut out = json!({"kind": "youtube#playlistItem", "id": format!("{playlist}.{}", post.id)});
    for part in parts {
        out[*part] = match *part {
            "snippet" => {
                let (title, description) = title_of(post);
                json!({
                    "publishedAt": rfc3339(post.created_at), "channelId": post.account, "title": title,
                    "description": description, "playlistId": playlist, "position": place,
                    "resourceId": {"kind": "youtube#video", "videoId": post.id},
                })
            }
            "contentDetails" => json!({"videoId": post.id, "videoPublishedAt": rfc3339(post.created_at)}),
            _ => continue,
        };
    }
    out
}

/// Videos by their ids; those that are gone are left out.
pub(super) async fn list(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, GoogleError> {
    reader(&world, &headers)?;
    let params = Params::from_query(query.as_deref());
    let parts = parts(&params)?;
    let ids: Vec<&str> =
        params.get("id").unwrap_or_default().split(',').filter(|id| !id.is_empty()).collect();
    if ids.is_empty() {
        return Err(GoogleError::argument("missingRequiredParameter", "No filter selected."));
    }
    if ids.len() > MOST {
        return Err(GoogleError::argument("invalidFilters", "The request specifies too many ids."));
    }
    let ledger = world.ledger();
    let found = ids.iter().filter_map(|id| ledger.post(Platform::Youtube, id)).filter(|post| !post.deleted);
    let items: Vec<Value> = found.map(|post| video(&world, &ledger, post, &parts)).collect();
    Ok(Json(json!({
        "kind": "youtube#videoListResponse",
        "pageInfo": {"totalResults": items.len(), "resultsPerPage": items.len()},
        "items": items,
    })))
}

fn video(world: &World, ledger: &Ledger, post: &Post, parts: &[&str]) -> Value {
    let figures = world.figures(ledger);
    let mut out = json!({"kind": "youtube#video", "id": post.id});
    for part in parts {
        out[*part] = match *part {
            "snippet" => {
                let (title, description) = title_of(post);
                json!({
                    "publishedAt": rfc3339(post.created_at), "channelId": post.account, "title": title,
                    "description": description, "categoryId": "22",
                })
            }
            "statistics" => {
                let counts = figures.post(post);
                let mut out = json!({
                    "viewCount": counts.views.to_string(), "favoriteCount": "0",
                    "commentCount": counts.comments.to_string(),
                });
                // Left out when the uploader hides it.
                if !figures.said_of(post).is_some_and(|said| said.hide_likes) {
                    out["likeCount"] = json!(counts.likes.to_string());
                }
                out
            }
            "status" => json!({"uploadStatus": "processed", "privacyStatus": "public", "embeddable": true}),
            "contentDetails" => {
                let seconds = post.extra["duration"].as_u64().unwrap_or(60);
                json!({"duration": format!("PT{}M{}S", seconds / 60, seconds % 60), "definition": "hd"})
            }
            _ => continue,
        };
    }
    out
}

/// The first line is the title, the rest the description.
fn title_of(post: &Post) -> (&str, &str) {
    post.text.split_once('\n').map_or((post.text.as_str(), ""), |(title, rest)| (title, rest.trim_start()))
}
