//! Images: <https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api>.

use super::auth::versioned;
use super::error::LinkedinError;
use crate::clock::{DAY, Millis};
use crate::form::{Params, read_body};
use crate::state::{Entry, Media, Platform};
use crate::world::World;
use axum::Json;
use axum::extract::{Path, RawQuery, Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

/// Pixels an image must stay under.
const MAX_PIXELS: u64 = 36_152_320;

pub(super) async fn initialize(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, LinkedinError> {
    let token = versioned(&world, &headers, "w_member_social", "images.ACTION-initializeUpload.NO_VERSION")?;
    if Params::from_query(query.as_deref()).get("action") != Some("initializeUpload") {
        return Err(LinkedinError::new(StatusCode::BAD_REQUEST, "ILLEGAL_ARGUMENT", "Unknown action"));
    }
    let body = json_body(request).await?;
    let owner = body["initializeUploadRequest"]["owner"].as_str().unwrap_or_default();
    if owner != format!("urn:li:person:{}", token.account) {
        return Err(LinkedinError::denied(format!("The caller may not act for owner {owner}")));
    }
    let now = world.now();
    let mut ledger = world.ledger();
    let id = format!("C4E{}", ledger.ids.secret(17));
    let urn = format!("urn:li:image:{id}");
    ledger.record(Entry::Media(Box::new(Media {
        id: urn.clone(),
        platform: Platform::Linkedin,
        account: token.account,
        sha256: String::new(),
        mime: String::new(),
        bytes: 0,
        width: None,
        height: None,
        alt: None,
        created_at: now,
        expires_at: Some(now + DAY),
    })));
    let expires: Millis = now + DAY;
    let value = json!({
        "uploadUrlExpiresAt": expires,
        "uploadUrl": world.address(&format!("/linkedin/api/upload/{id}")),
        "image": urn,
    });
    Ok(Json(json!({"value": value})).into_response())
}

/// The bytes; LinkedIn wants the token here too.
pub(super) async fn upload(
    State(world): State<World>,
    Path(id): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, LinkedinError> {
    let token = super::auth::token(&world, &headers)?;
    let urn = format!("urn:li:image:{id}");
    let registered = world.ledger().media.get(&urn).filter(|m| m.account == token.account).cloned();
    let registered = registered.ok_or_else(|| LinkedinError::missing(&urn))?;
    if registered.expires_at.is_some_and(|at| at < world.now()) {
        return Err(LinkedinError::denied("The upload address has expired"));
    }
    let bytes = read_body(request)
        .await
        .map_err(|e| LinkedinError::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", e.to_string()))?;
    let kept = world.take_in(Platform::Linkedin, &token.account, bytes, None).await;
    let kept = kept.map_err(|_| {
        LinkedinError::new(StatusCode::SERVICE_UNAVAILABLE, "SERVICE_UNAVAILABLE", "Service unavailable")
    })?;
    world.ledger().record(Entry::Media(Box::new(Media { id: urn, expires_at: None, ..kept })));
    Ok(StatusCode::CREATED.into_response())
}

pub(super) async fn show(
    State(world): State<World>,
    Path(urn): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, LinkedinError> {
    let token = versioned(&world, &headers, "w_member_social", "images.GET.NO_VERSION")?;
    let ledger = world.ledger();
    let medium = ledger
        .media
        .get(&urn)
        .filter(|m| m.platform == Platform::Linkedin && m.account == token.account)
        .ok_or_else(|| LinkedinError::missing(&urn))?;
    Ok(Json(json!({
        "id": urn,
        "owner": format!("urn:li:person:{}", medium.account),
        "status": status(medium),
        "downloadUrl": world.address(&format!("/control/blobs/{}", medium.sha256)),
    })))
}

/// `WAITING_UPLOAD`, `AVAILABLE`, or `PROCESSING_FAILED` for what is no JPG, PNG or GIF of the allowed size.
pub(super) fn status(medium: &Media) -> &'static str {
    if medium.sha256.is_empty() {
        return "WAITING_UPLOAD";
    }
    let pixels = u64::from(medium.width.unwrap_or(0)) * u64::from(medium.height.unwrap_or(0));
    let known = matches!(medium.mime.as_str(), "image/jpeg" | "image/png" | "image/gif");
    if known && pixels > 0 && pixels < MAX_PIXELS { "AVAILABLE" } else { "PROCESSING_FAILED" }
}

/// The JSON object in the body.
pub(super) async fn json_body(request: Request) -> Result<Value, LinkedinError> {
    let bad = || {
        LinkedinError::new(StatusCode::BAD_REQUEST, "ILLEGAL_ARGUMENT", "Unable to parse the request body")
    };
    if !crate::form::content_type(request.headers()).starts_with("application/json") {
        return Err(LinkedinError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            "Content type must be application/json",
        ));
    }
    let body = read_body(request).await.map_err(|_| bad())?;
    serde_json::from_slice(&body).ok().filter(Value::is_object).ok_or_else(bad)
}
