//! Blobs: <https://docs.bsky.app/docs/api/com-atproto-repo-upload-blob>.

use super::auth::{did, sign};
use super::cbor;
use super::error::XrpcError;
use crate::clock::DAY;
use crate::form::{Params, read_body};
use crate::limits::Limit;
use crate::state::{Entry, Platform};
use crate::world::World;
use axum::Json;
use axum::extract::{RawQuery, Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, header};
use serde_json::json;

/// The PDS's default limit of one blob (`PDS_BLOB_UPLOAD_LIMIT`): 5 MiB; bluesky's own hosts take more.
const MAX_BLOB: usize = 5 << 20;

pub(super) async fn upload(
    State(world): State<World>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, XrpcError> {
    let did = did(&world, &headers)?;
    let limit = Limit { points: 1_000, window: DAY };
    let usage = world.limits.spend(format!("bluesky/blob/{did}"), limit, 1, world.now());
    if usage.exceeded {
        return Err(XrpcError::rate_limited());
    }
    let declared = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let declared = declared
        .ok_or_else(|| XrpcError::invalid("Request encoding (Content-Type) required but not provided"))?;
    let bytes = read_body(request).await.map_err(|e| XrpcError::invalid(e.to_string()))?;
    if bytes.is_empty() {
        return Err(XrpcError::invalid("A request body was provided when none was expected"));
    }
    if bytes.len() > MAX_BLOB {
        return Err(XrpcError::new(
            http::StatusCode::PAYLOAD_TOO_LARGE,
            "PayloadTooLarge",
            "request entity too large",
        ));
    }
    let kept = world.take_in(Platform::Bluesky, &did, bytes, Some(&declared)).await;
    let mut medium = kept.map_err(|_| XrpcError::internal())?;
    let cid = cbor::of_blob(&medium.sha256);
    medium.id = key(&did, &cid);
    let blob = json!({
        "$type": "blob", "ref": {"$link": cid}, "mimeType": medium.mime, "size": medium.bytes,
    });
    world.ledger().record(Entry::Media(Box::new(medium)));
    Ok(sign(Json(json!({"blob": blob})).into_response(), usage, 86_400))
}

/// What the blob of these bytes is kept under.
pub(crate) fn blob_key(did: &str, sha256: &str) -> String {
    key(did, &cbor::of_blob(sha256))
}

/// What a blob is kept under: each repository has its own.
pub(super) fn key(did: &str, cid: &str) -> String {
    format!("{did}/{cid}")
}

/// <https://docs.bsky.app/docs/api/com-atproto-sync-get-blob>
pub(super) async fn get(
    State(world): State<World>,
    RawQuery(query): RawQuery,
) -> Result<Response, XrpcError> {
    let params = Params::from_query(query.as_deref());
    let (did, cid) = (params.get("did").unwrap_or_default(), params.get("cid").unwrap_or_default());
    let missing = || XrpcError::bad("BlobNotFound", "Blob not found");
    let medium = world.ledger().media.get(&key(did, cid)).cloned().ok_or_else(missing)?;
    let digest = cbor::digest_of(cid).ok_or_else(missing)?;
    let bytes = world.blobs.get(&digest).await.ok_or_else(missing)?;
    Ok(([(header::CONTENT_TYPE, medium.mime)], bytes).into_response())
}
