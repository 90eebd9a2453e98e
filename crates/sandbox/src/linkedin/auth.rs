//! Who calls, and by which version:
//! <https://learn.microsoft.com/en-us/linkedin/marketing/versioning>.

use super::error::LinkedinError;
use crate::clock::DAY;
use crate::form::bearer;
use crate::limits::Limit;
use crate::state::{Platform, Token, TokenKind};
use crate::world::World;
use http::{HeaderMap, StatusCode};

/// Versions in service in November 2026; each lives at least a year.
const OLDEST: u32 = 202_511;
const NEWEST: u32 = 202_611;

pub(super) fn token(world: &World, headers: &HeaderMap) -> Result<Token, LinkedinError> {
    let value = bearer(headers).ok_or_else(LinkedinError::no_token)?;
    let now = world.now();
    let ledger = world.ledger();
    let known = |t: &&Token| t.platform == Platform::Linkedin && t.kind == TokenKind::Access;
    let token = ledger.tokens.get(value).filter(known).ok_or_else(LinkedinError::invalid_token)?;
    if ledger.is_revoked(token) {
        return Err(LinkedinError::revoked_token());
    }
    if token.expired(now) {
        return Err(LinkedinError::expired_token());
    }
    Ok(token.clone())
}

/// The caller of a versioned call under `/rest`, who needs this scope for this resource and method.
pub(super) fn versioned(
    world: &World,
    headers: &HeaderMap,
    scope: &str,
    act: &str,
) -> Result<Token, LinkedinError> {
    let token = token(world, headers)?;
    let version = headers.get("linkedin-version").and_then(|v| v.to_str().ok());
    let version = version.ok_or_else(|| {
        LinkedinError::new(
            StatusCode::BAD_REQUEST,
            "VERSION_MISSING",
            "A version must be present. Please specify a version by adding the LinkedIn-Version header.",
        )
    })?;
    let known = version.len() == 6
        && version
            .parse::<u32>()
            .is_ok_and(|v| (OLDEST..=NEWEST).contains(&v) && (1..=12).contains(&(v % 100)));
    if !known {
        return Err(LinkedinError::new(
            StatusCode::UPGRADE_REQUIRED,
            "NONEXISTENT_VERSION",
            format!("Requested version {version} is not active"),
        ));
    }
    if !token.has_scope(scope) {
        return Err(LinkedinError::denied(format!("Not enough permissions to access: {act}")));
    }
    Ok(token)
}

/// 150 posts a day for a member; LinkedIn does not publish the figure, it is what clients report.
pub(super) fn spend_post(world: &World, account: &str) -> Result<(), LinkedinError> {
    let limit = Limit { points: 150, window: DAY };
    let usage = world.limits.spend(format!("linkedin/posts/{account}"), limit, 1, world.now());
    if usage.exceeded { Err(LinkedinError::daily()) } else { Ok(()) }
}
