//! Writing records: <https://docs.bsky.app/docs/api/com-atproto-repo-create-record>,
//! <https://docs.bsky.app/docs/api/com-atproto-repo-put-record>,
//! <https://docs.bsky.app/docs/api/com-atproto-repo-delete-record>. A rkey that exists gives 500 on create; put with an
//! equal record changes nothing and says so by leaving `commit` out. Both as seen on `@atproto/pds` 0.4.217.

use super::auth::{did, sign, spend_write};
use super::error::XrpcError;
use super::session::json_body;
use super::validate::{self, POST};
use super::{cbor, records};
use crate::gate::{Arrival, Touched};
use crate::limits::Usage;
use crate::state::{Entry, Platform, Post, PostMedia};
use crate::world::{Ledger, World};
use axum::Extension;
use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use serde_json::{Value, json};

/// A write that its caller may do.
struct Write {
    did: String,
    rkey: Option<String>,
    body: Value,
}

async fn read(world: &World, headers: &HeaderMap, request: Request) -> Result<Write, XrpcError> {
    let did = did(world, headers)?;
    let body = json_body(request).await?;
    let repo = body["repo"].as_str();
    let repo = repo.ok_or_else(|| XrpcError::invalid("Input must have the property \"repo\""))?;
    if super::server::find(world, repo)?.id != did {
        return Err(XrpcError::unauthorized("AuthRequired", "Authentication Required"));
    }
    let collection = body["collection"].as_str();
    let collection =
        collection.ok_or_else(|| XrpcError::invalid("Input must have the property \"collection\""))?;
    if collection != POST {
        return Err(XrpcError::invalid(format!("the sandbox keeps only {POST}, not {collection}")));
    }
    let rkey = body["rkey"].as_str().map(str::to_owned);
    Ok(Write { did, rkey, body })
}

pub(super) async fn create(
    State(world): State<World>,
    Extension(arrival): Extension<Arrival>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, XrpcError> {
    let write = read(&world, &headers, request).await?;
    let usage = spend_write(&world, &write.did, 3)?;
    let now = world.now();
    let mut ledger = world.ledger();
    let media = checked(&ledger, &write)?;
    let rkey = match write.rkey.clone() {
        Some(rkey) => {
            validate::tid(&rkey)?;
            rkey
        }
        None => ledger.ids.tid(now),
    };
    if let Some(twin) = ledger.post(Platform::Bluesky, &records::uri(&write.did, &rkey)).cloned()
        && !twin.deleted
    {
        ledger.record(Entry::Post(Box::new(Post { attempts: twin.attempts + 1, ..twin })));
        return Err(XrpcError::internal());
    }
    Ok(store(&mut ledger, &write, &rkey, media, (now, arrival.0), usage))
}

pub(super) async fn put(
    State(world): State<World>,
    Extension(arrival): Extension<Arrival>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, XrpcError> {
    let write = read(&world, &headers, request).await?;
    let rkey = write.rkey.clone();
    let rkey = rkey.ok_or_else(|| XrpcError::invalid("Input must have the property \"rkey\""))?;
    validate::tid(&rkey)?;
    let usage = spend_write(&world, &write.did, 2)?;
    let now = world.now();
    let mut ledger = world.ledger();
    let media = checked(&ledger, &write)?;
    let uri = records::uri(&write.did, &rkey);
    let live = ledger.post(Platform::Bluesky, &uri).filter(|p| !p.deleted).cloned();
    if let Some(wanted) = write.body.get("swapRecord") {
        let found = live.as_ref().map_or(Value::Null, |p| p.extra["cid"].clone());
        if *wanted != found {
            return Err(XrpcError::bad("InvalidSwap", format!("Record was at {found}")));
        }
    }
    if let Some(post) = live
        && post.extra["cid"] == json!(cbor::of_record(&stored(&write)))
    {
        let answer = json!({"uri": uri, "cid": post.extra["cid"], "validationStatus": "valid"});
        ledger.record(Entry::Post(Box::new(Post { attempts: post.attempts + 1, ..post })));
        return Ok(touched(sign(Json(answer).into_response(), usage, 3_600), &write.did, &uri));
    }
    Ok(store(&mut ledger, &write, &rkey, media, (now, arrival.0), usage))
}

fn checked(ledger: &Ledger, write: &Write) -> Result<Vec<PostMedia>, XrpcError> {
    if !write.body["record"].is_object() {
        return Err(XrpcError::invalid("Input must have the property \"record\""));
    }
    validate::post(ledger, &write.did, &write.body["record"])
}

/// The record as kept: with its `$type`.
fn stored(write: &Write) -> Value {
    let mut record = write.body["record"].clone();
    record["$type"] = json!(POST);
    record
}

fn store(
    ledger: &mut Ledger,
    write: &Write,
    rkey: &str,
    media: Vec<PostMedia>,
    (now, arrival): (i64, i64),
    usage: Usage,
) -> Response {
    let record = stored(write);
    let (uri, cid) = (records::uri(&write.did, rkey), cbor::of_record(&record));
    let rev = ledger.ids.tid(now);
    let commit = cbor::of_record(&json!({"did": write.did, "rev": rev, "data": cid}));
    let earlier = ledger.post(Platform::Bluesky, &uri).map_or(0, |p| p.attempts);
    ledger.record(Entry::Post(Box::new(Post {
        platform: Platform::Bluesky,
        account: write.did.clone(),
        id: uri.clone(),
        text: record["text"].as_str().unwrap_or_default().to_owned(),
        media,
        created_at: now,
        received_at: arrival,
        deleted: false,
        key: Some(rkey.to_owned()),
        attempts: earlier + 1,
        extra: json!({"cid": cid, "record": record}),
    })));
    let answer = json!({
        "uri": uri, "cid": cid, "commit": {"cid": commit, "rev": rev}, "validationStatus": "valid",
    });
    touched(sign(Json(answer).into_response(), usage, 3_600), &write.did, &uri)
}

fn touched(mut response: Response, did: &str, uri: &str) -> Response {
    let touched = Touched { account: Some(did.to_owned()), post: Some(uri.to_owned()) };
    response.extensions_mut().insert(touched);
    response
}

/// Deleting what is not there is no error.
pub(super) async fn delete(
    State(world): State<World>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, XrpcError> {
    let write = read(&world, &headers, request).await?;
    let rkey = write.rkey.ok_or_else(|| XrpcError::invalid("Input must have the property \"rkey\""))?;
    let usage = spend_write(&world, &write.did, 1)?;
    let now = world.now();
    let mut ledger = world.ledger();
    let uri = records::uri(&write.did, &rkey);
    let live = ledger.post(Platform::Bluesky, &uri).filter(|p| !p.deleted).cloned();
    let mut answer = json!({});
    if let Some(post) = live {
        ledger.record(Entry::Post(Box::new(Post { deleted: true, ..post })));
        let rev = ledger.ids.tid(now);
        let cid = cbor::of_record(&json!({"did": write.did, "rev": rev}));
        answer = json!({"commit": {"cid": cid, "rev": rev}});
    }
    Ok(sign(Json(answer).into_response(), usage, 3_600))
}
