//! Who calls, and the points left: <https://docs.bsky.app/docs/advanced-guides/rate-limits>.

use super::error::XrpcError;
use crate::clock::{DAY, HOUR, SECOND};
use crate::form::bearer;
use crate::limits::{Limit, Usage};
use crate::state::{Platform, Token, TokenKind};
use crate::world::World;
use axum::response::Response;
use http::{HeaderMap, HeaderValue};

/// The live token of this kind.
pub(super) fn token(world: &World, headers: &HeaderMap, kind: TokenKind) -> Result<Token, XrpcError> {
    let value =
        bearer(headers).ok_or_else(|| XrpcError::unauthorized("AuthMissing", "Authentication Required"))?;
    let now = world.now();
    let ledger = world.ledger();
    let token = ledger
        .tokens
        .get(value)
        .filter(|t| t.platform == Platform::Bluesky)
        .ok_or_else(|| XrpcError::bad("InvalidToken", "Token could not be verified"))?;
    if token.kind != kind {
        return Err(XrpcError::bad("InvalidToken", "Invalid token type"));
    }
    if ledger.is_revoked(token) {
        return Err(XrpcError::bad("ExpiredToken", "Token has been revoked"));
    }
    if token.expired(now) {
        return Err(XrpcError::bad("ExpiredToken", "Token has expired"));
    }
    Ok(token.clone())
}

/// The caller's DID.
pub(super) fn did(world: &World, headers: &HeaderMap) -> Result<String, XrpcError> {
    token(world, headers, TokenKind::Access).map(|t| t.account)
}

/// A write to a repository: create costs 3, update 2, delete 1, of 5000 an hour and 35000 a day.
pub(super) fn spend_write(world: &World, did: &str, points: u32) -> Result<Usage, XrpcError> {
    let now = world.now();
    let daily = Limit { points: 35_000, window: DAY };
    let day = world.limits.spend(format!("bluesky/day/{did}"), daily, points, now);
    let hourly = Limit { points: 5_000, window: HOUR };
    let hour = world.limits.spend(format!("bluesky/hour/{did}"), hourly, points, now);
    if day.exceeded || hour.exceeded { Err(XrpcError::rate_limited()) } else { Ok(hour) }
}

/// A sign-in: 30 in 5 minutes for one account.
pub(super) fn spend_sign_in(world: &World, identifier: &str) -> Result<Usage, XrpcError> {
    let limit = Limit { points: 30, window: 300 * SECOND };
    let usage = world.limits.spend(format!("bluesky/session/{identifier}"), limit, 1, world.now());
    if usage.exceeded { Err(XrpcError::rate_limited()) } else { Ok(usage) }
}

/// Adds `ratelimit-*`.
pub(super) fn sign(mut response: Response, usage: Usage, window_seconds: u32) -> Response {
    let headers = response.headers_mut();
    headers.insert("ratelimit-limit", HeaderValue::from(usage.limit));
    headers.insert("ratelimit-remaining", HeaderValue::from(usage.remaining()));
    headers.insert("ratelimit-reset", HeaderValue::from(usage.reset_epoch()));
    if let Ok(policy) = HeaderValue::from_str(&format!("{};w={window_seconds}", usage.limit)) {
        headers.insert("ratelimit-policy", policy);
    }
    response
}
