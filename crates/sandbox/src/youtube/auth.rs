//! Who calls, by which scope, and what is left of the day's quota
//! (<https://developers.google.com/youtube/v3/determine_quota_cost>).

use super::error::GoogleError;
use crate::clock::DAY;
use crate::form::bearer;
use crate::limits::Limit;
use crate::state::{Account, Platform, Token, TokenKind};
use crate::world::{Ledger, World};
use http::HeaderMap;

pub(super) const UPLOAD: &str = "https://www.googleapis.com/auth/youtube.upload";
pub(super) const READ: &str = "https://www.googleapis.com/auth/youtube.readonly";
pub(super) const ANALYTICS: &str = "https://www.googleapis.com/auth/yt-analytics.readonly";
pub(super) const MANAGE: &str = "https://www.googleapis.com/auth/youtube";

/// The live token of a call, which has one of these scopes.
pub(super) fn caller(world: &World, headers: &HeaderMap, scopes: &[&str]) -> Result<Token, GoogleError> {
    let now = world.now();
    let token = {
        let ledger = world.ledger();
        let token = bearer(headers).and_then(|value| ledger.tokens.get(value));
        let good = |t: &&Token| {
            t.platform == Platform::Youtube
                && t.kind == TokenKind::Access
                && !t.expired(now)
                && !ledger.is_revoked(t)
        };
        token.filter(good).cloned().ok_or_else(GoogleError::unauthenticated)?
    };
    if !scopes.iter().any(|scope| token.has_scope(scope)) {
        return Err(GoogleError::scope());
    }
    Ok(token)
}

/// The caller of a list of the Data API, which costs one of the project's 10,000 units a day.
pub(super) fn reader(world: &World, headers: &HeaderMap) -> Result<Token, GoogleError> {
    let token = caller(world, headers, &[READ, MANAGE])?;
    let quota = Limit { points: 10_000, window: DAY };
    let usage = world.limits.spend(format!("youtube/{}", token.client_id), quota, 1, world.now());
    if usage.exceeded { Err(GoogleError::quota()) } else { Ok(token) }
}

pub(super) fn channel<'l>(ledger: &'l Ledger, token: &Token) -> Result<&'l Account, GoogleError> {
    ledger.account(Platform::Youtube, &token.account).ok_or_else(GoogleError::unauthenticated)
}
