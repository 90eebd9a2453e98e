//! The server about itself, and identities.

use super::error::XrpcError;
use super::session::did_document;
use crate::form::Params;
use crate::state::{Account, Platform};
use crate::world::World;
use axum::Json;
use axum::extract::{Path, RawQuery, State};
use http::StatusCode;
use serde_json::{Value, json};

pub(super) async fn health() -> Json<Value> {
    Json(json!({"version": "0.4.217"}))
}

/// <https://docs.bsky.app/docs/api/com-atproto-server-describe-server>
pub(super) async fn describe() -> Json<Value> {
    Json(json!({
        "did": "did:web:sandbox.test",
        "availableUserDomains": [".sandbox.test"],
        "inviteCodeRequired": false,
        "links": {},
        "contact": {},
    }))
}

/// <https://docs.bsky.app/docs/api/com-atproto-identity-resolve-handle>
pub(super) async fn resolve_handle(
    State(world): State<World>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, XrpcError> {
    let params = Params::from_query(query.as_deref());
    let handle = params
        .get("handle")
        .ok_or_else(|| XrpcError::invalid("Error: Params must have the property \"handle\""))?;
    let account = find(&world, handle).map_err(|_| XrpcError::invalid("Unable to resolve handle"))?;
    Ok(Json(json!({"did": account.id})))
}

/// <https://docs.bsky.app/docs/api/com-atproto-repo-describe-repo>
pub(super) async fn describe_repo(
    State(world): State<World>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, XrpcError> {
    let params = Params::from_query(query.as_deref());
    let account = find(&world, params.get("repo").unwrap_or_default())?;
    Ok(Json(json!({
        "handle": account.handle,
        "did": account.id,
        "didDoc": did_document(&world, &account),
        "collections": ["app.bsky.feed.post"],
        "handleIsCorrect": true,
    })))
}

/// The account of a handle or DID.
pub(super) fn find(world: &World, actor: &str) -> Result<Account, XrpcError> {
    let ledger = world.ledger();
    ledger
        .find_account(Platform::Bluesky, actor)
        .cloned()
        .ok_or_else(|| XrpcError::invalid(format!("Could not find repo: {actor}")))
}

pub(super) async fn unknown(Path(method): Path<String>) -> XrpcError {
    XrpcError::new(
        StatusCode::NOT_IMPLEMENTED,
        "MethodNotImplemented",
        format!("Method Not Implemented: {method}"),
    )
}
