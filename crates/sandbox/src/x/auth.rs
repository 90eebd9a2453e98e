//! Who calls the v2 API, whether the token allows it, and how much of the rate limit is left.

use super::error::{XError, rate_headers};
use crate::clock::SECOND;
use crate::form::bearer;
use crate::limits::{Limit, Usage};
use crate::state::{Platform, Token, TokenKind};
use crate::world::World;
use axum::response::Response;
use http::HeaderMap;

/// Calls per user and 15 minutes, <https://docs.x.com/x-api/fundamentals/rate-limits>.
#[derive(Debug, Clone, Copy)]
pub(super) enum Call {
    CreatePost,
    DeletePost,
    Me,
    Posts,
    Post,
    Timeline,
    MediaChunk,
    MediaUpload,
}

impl Call {
    fn limit(self) -> u32 {
        match self {
            Self::CreatePost => 100,
            Self::DeletePost => 50,
            Self::Me => 75,
            Self::Posts => 5_000,
            Self::Post | Self::Timeline => 900,
            Self::MediaChunk => 1_875,
            Self::MediaUpload => 500,
        }
    }
}

/// An accepted caller.
#[derive(Debug)]
pub(super) struct Caller {
    pub(super) account: String,
    usage: Usage,
}

impl Caller {
    /// Adds the rate-limit headers that every answer carries.
    pub(super) fn sign(&self, mut response: Response) -> Response {
        rate_headers(response.headers_mut(), self.usage);
        response
    }
}

/// Checks the token, its scopes and the rate limit, in this order.
pub(super) fn authorize(
    world: &World,
    headers: &HeaderMap,
    scopes: &[&str],
    call: Call,
) -> Result<Caller, XError> {
    let token = live_token(world, headers)?;
    if !scopes.iter().all(|scope| token.has_scope(scope)) {
        return Err(XError::MissingScope);
    }
    let limit = Limit { points: call.limit(), window: 15 * 60 * SECOND };
    let usage = world.limits.spend(format!("x/{call:?}/{}", token.account), limit, 1, world.now());
    if usage.exceeded {
        return Err(XError::RateLimited(usage));
    }
    Ok(Caller { account: token.account, usage })
}

fn live_token(world: &World, headers: &HeaderMap) -> Result<Token, XError> {
    let value = bearer(headers).ok_or(XError::Unauthorized)?;
    let now = world.now();
    let ledger = world.ledger();
    let token = ledger.tokens.get(value).ok_or(XError::Unauthorized)?;
    let good = token.platform == Platform::X
        && token.kind == TokenKind::Access
        && !token.expired(now)
        && !ledger.is_revoked(token);
    if good { Ok(token.clone()) } else { Err(XError::Unauthorized) }
}
