//! Media in one request, its status, and alternative text: <https://docs.x.com/x-api/media/upload-media>,
//! <https://docs.x.com/x-api/media/create-media-metadata>. The older `command=` form goes the same ways.

use super::auth::{Call, authorize};
use super::create::EPOCH;
use super::error::XError;
use super::media_chunks;
use super::show::media_key;
use crate::clock::{DAY, SECOND};
use crate::form::{Params, read_body};
use crate::state::{Entry, Media, Platform};
use crate::world::World;
use axum::Json;
use axum::extract::{RawQuery, Request, State};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::HeaderMap;
use serde_json::{Value, json};

/// Scopes for every media call.
pub(super) const SCOPES: [&str; 1] = ["media.write"];

pub(super) async fn upload(
    State(world): State<World>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &SCOPES, Call::MediaUpload)?;
    let params = Params::read(request).await.map_err(|e| XError::Invalid(e.to_string()))?;
    if let Some(command) = params.get("command") {
        return media_chunks::command(&world, &caller, command, &params).await;
    }
    let bytes = media_bytes(&params)?;
    let category = params.get("media_category");
    let medium = take_in(&world, &caller.account, bytes, params.get("media_type"), category).await?;
    let answer = json!({"data": describe(&medium)});
    Ok(caller.sign(Json(answer).into_response()))
}

/// The `media` part, raw or in base64.
pub(super) fn media_bytes(params: &Params) -> Result<Bytes, XError> {
    if let Some(file) = params.file("media") {
        return Ok(file.bytes.clone());
    }
    let text = params
        .get("media")
        .or(params.get("media_data"))
        .ok_or_else(|| XError::Invalid("$.media: is missing".to_owned()))?;
    STANDARD.decode(text).map(Bytes::from).map_err(|_| XError::Invalid("$.media: is not base64".to_owned()))
}

/// Checks the bytes against the limits of <https://docs.x.com/x-api/media/quickstart/best-practices> and keeps them.
pub(super) async fn take_in(
    world: &World,
    account: &str,
    bytes: Bytes,
    declared: Option<&str>,
    category: Option<&str>,
) -> Result<Media, XError> {
    let kept = world.take_in(Platform::X, account, bytes, declared).await;
    let mut medium = kept.map_err(|_| XError::Server(http::StatusCode::SERVICE_UNAVAILABLE))?;
    let limit: u64 = match medium.mime.as_str() {
        "image/jpeg" | "image/png" | "image/webp" => 5 << 20,
        "image/gif" if category == Some("tweet_image") => 5 << 20,
        "image/gif" => 15 << 20,
        "video/mp4" | "video/quicktime" => 512 << 20,
        _ => return Err(XError::Invalid("media type unrecognized.".to_owned())),
    };
    if medium.bytes == 0 || medium.bytes > limit {
        return Err(XError::Invalid(format!("Image file size must be <= {limit} bytes")));
    }
    if medium.mime.starts_with("image/") && medium.width.is_none() {
        return Err(XError::Invalid("media type unrecognized.".to_owned()));
    }
    let now = world.now();
    medium.expires_at = Some(now + DAY);
    let mut ledger = world.ledger();
    medium.id = ledger.ids.snowflake(now, EPOCH);
    ledger.record(Entry::Media(Box::new(medium.clone())));
    Ok(medium)
}

pub(super) fn describe(medium: &Media) -> Value {
    json!({
        "id": medium.id,
        "media_key": media_key(&medium.id, &medium.mime),
        "size": medium.bytes,
        "expires_after_secs": DAY / SECOND,
    })
}

pub(super) async fn status(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &SCOPES, Call::MediaUpload)?;
    let params = Params::from_query(query.as_deref());
    let id = params.get("media_id").unwrap_or_default();
    let ledger = world.ledger();
    let medium = ledger.media.get(id).filter(|m| m.account == caller.account).ok_or_else(|| missing(id))?;
    let mut data = describe(medium);
    data["processing_info"] = json!({"state": "succeeded", "progress_percent": 100});
    Ok(caller.sign(Json(json!({"data": data})).into_response()))
}

pub(super) fn missing(id: &str) -> XError {
    XError::NotFound { resource: "media", parameter: "id", value: id.to_owned() }
}

pub(super) async fn metadata(
    State(world): State<World>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &SCOPES, Call::MediaUpload)?;
    let body = read_body(request).await.map_err(|e| XError::Invalid(e.to_string()))?;
    let body: Value = serde_json::from_slice(&body)
        .map_err(|_| XError::Invalid("The request body is not valid JSON.".to_owned()))?;
    let id = body["id"].as_str().ok_or_else(|| XError::Invalid("$.id: is missing".to_owned()))?;
    let mut ledger = world.ledger();
    let medium = ledger
        .media
        .get(id)
        .filter(|m| m.platform == Platform::X && m.account == caller.account)
        .cloned()
        .ok_or_else(|| missing(id))?;
    let alt = body["metadata"]["alt_text"]["text"].as_str();
    if alt.is_some_and(|text| text.chars().count() > 1_000) {
        return Err(XError::Invalid(
            "$.metadata.alt_text.text: must be at most 1000 characters long".to_owned(),
        ));
    }
    ledger.record(Entry::Media(Box::new(Media { alt: alt.map(str::to_owned), ..medium })));
    let answer = json!({"data": {"id": id, "associated_metadata": body["metadata"]}});
    Ok(caller.sign(Json(answer).into_response()))
}
