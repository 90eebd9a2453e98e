//! Media in segments: <https://docs.x.com/x-api/media/quickstart/media-upload-chunked>.

use super::auth::{Call, Caller, authorize};
use super::create::EPOCH;
use super::error::XError;
use super::media::{SCOPES, describe, media_bytes, missing, take_in};
use crate::clock::{DAY, SECOND};
use crate::form::Params;
use crate::state::{Entry, Upload};
use crate::world::World;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use serde_json::json;

const CATEGORIES: [&str; 8] = [
    "amplify_video",
    "dm_gif",
    "dm_image",
    "dm_video",
    "subtitles",
    "tweet_gif",
    "tweet_image",
    "tweet_video",
];

pub(super) async fn initialize(
    State(world): State<World>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &SCOPES, Call::MediaChunk)?;
    let params = read(request).await?;
    start(&world, &caller, &params)
}

pub(super) async fn append(
    State(world): State<World>,
    Path(id): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &SCOPES, Call::MediaChunk)?;
    let params = read(request).await?;
    add(&world, &caller, &id, &params).await
}

pub(super) async fn finalize(
    State(world): State<World>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &SCOPES, Call::MediaChunk)?;
    finish(&world, &caller, &id).await
}

/// The older form: one address, the step in `command`.
pub(super) async fn command(
    world: &World,
    caller: &Caller,
    command: &str,
    params: &Params,
) -> Result<Response, XError> {
    let id = params.get("media_id").unwrap_or_default();
    match command {
        "INIT" => start(world, caller, params),
        "APPEND" => add(world, caller, id, params).await,
        "FINALIZE" => finish(world, caller, id).await,
        _ => Err(XError::Invalid(format!(
            "The `command` value [{command}] is not one of [INIT,APPEND,FINALIZE]"
        ))),
    }
}

async fn read(request: Request) -> Result<Params, XError> {
    Params::read(request).await.map_err(|e| XError::Invalid(e.to_string()))
}

fn start(world: &World, caller: &Caller, params: &Params) -> Result<Response, XError> {
    let media_type =
        params.get("media_type").ok_or_else(|| XError::Invalid("$.media_type: is missing".to_owned()))?;
    let total_bytes = params
        .get("total_bytes")
        .and_then(|v| v.parse::<u64>().ok())
        .filter(|n| *n > 0)
        .ok_or_else(|| XError::Invalid("$.total_bytes: must be a positive integer".to_owned()))?;
    let category = params.get("media_category").map(str::to_owned);
    if category.as_deref().is_some_and(|c| !CATEGORIES.contains(&c)) {
        return Err(XError::Invalid("$.media_category: is not one of the known categories".to_owned()));
    }
    let now = world.now();
    let mut ledger = world.ledger();
    let id = ledger.ids.snowflake(now, EPOCH);
    ledger.record(Entry::Upload(Box::new(Upload {
        id: id.clone(),
        account: caller.account.clone(),
        media_type: media_type.to_owned(),
        category,
        total_bytes,
        segments: std::collections::BTreeMap::new(),
        created_at: now,
    })));
    let key = super::show::media_key(&id, media_type);
    let answer = json!({"data": {"id": id, "media_key": key, "expires_after_secs": DAY / SECOND}});
    Ok(caller.sign(Json(answer).into_response()))
}

async fn add(world: &World, caller: &Caller, id: &str, params: &Params) -> Result<Response, XError> {
    let index = params
        .get("segment_index")
        .and_then(|v| v.parse::<u32>().ok())
        .filter(|n| *n <= 999)
        .ok_or_else(|| XError::Invalid("$.segment_index: must be between 0 and 999".to_owned()))?;
    let bytes = media_bytes(params)?;
    if bytes.len() > 5 << 20 {
        return Err(XError::Invalid("A segment must not be larger than 5 MB.".to_owned()));
    }
    owned(world, caller, id)?;
    let digest = world.blobs.put(bytes).await.map_err(|_| XError::Server(StatusCode::SERVICE_UNAVAILABLE))?;
    // Read again under the lock: segments may come in at the same time.
    let mut ledger = world.ledger();
    let mut upload = ledger.uploads.get(id).cloned().ok_or_else(|| missing(id))?;
    upload.segments.insert(index, digest);
    ledger.record(Entry::Upload(Box::new(upload)));
    let answer = json!({"data": {"expires_at": (world.now() + DAY) / SECOND}});
    Ok(caller.sign(Json(answer).into_response()))
}

async fn finish(world: &World, caller: &Caller, id: &str) -> Result<Response, XError> {
    let upload = owned(world, caller, id)?;
    let mut whole = BytesMut::new();
    for digest in upload.segments.values() {
        whole.extend_from_slice(&world.blobs.get(digest).await.ok_or_else(|| missing(id))?);
    }
    let whole: Bytes = whole.freeze();
    if u64::try_from(whole.len()).ok() != Some(upload.total_bytes) {
        return Err(XError::Invalid("Segments do not add up to provided total file size.".to_owned()));
    }
    let kind = Some(upload.media_type.as_str());
    let category = upload.category.as_deref();
    let mut medium = take_in(world, &caller.account, whole, kind, category).await?;
    // The medium goes by the id that initialize gave.
    id.clone_into(&mut medium.id);
    world.ledger().record(Entry::Media(Box::new(medium.clone())));
    Ok(caller.sign(Json(json!({"data": describe(&medium)})).into_response()))
}

fn owned(world: &World, caller: &Caller, id: &str) -> Result<Upload, XError> {
    let ledger = world.ledger();
    ledger.uploads.get(id).filter(|u| u.account == caller.account).cloned().ok_or_else(|| missing(id))
}
