//! Refreshing a grant's tokens: one at a time, and the new pair stored before anyone uses it.
//!
//! On X a refresh token is good once, and a second use ends the whole family of tokens. So the right to refresh is a lease on
//! the grant's row; and once a request may have been sent, storing its answer no longer depends on whoever asked for it.

use super::tokens::{AccessError, unavailable};
use super::vault;
use crate::Context;
use crate::secrets::trace_id;
use chrono::{DateTime, TimeDelta, Utc};
use model::live::Topic;
use model::{GrantId, Platform, WorkspaceId};
use platforms::{Failure, FailureKind, Tokens};
use std::time::Duration;
use storage::StorageError;
use storage::grants::{self, GrantRow, SealedTokens};

/// Tokens that end within this, or what a platform asks for, are renewed ahead, so that accounts which seldom post stay
/// connected.
const RENEW_AHEAD: TimeDelta = TimeDelta::days(7);
/// Not more often than this. Instagram refuses to renew a token younger than a day:
/// <https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token>.
const RENEW_EVERY: TimeDelta = TimeDelta::hours(25);

/// What became of trying to refresh.
#[derive(Debug)]
pub(super) enum Attempt {
    /// Read the grant again: it has another pair.
    Renewed,
    /// Somebody else is at it, or was just now: read the grant again.
    Busy,
    Failed(AccessError),
}

/// Refreshes the pair that `grant` and `tokens` hold, unless somebody else does.
pub(super) async fn attempt(
    context: &Context,
    grant: &GrantRow,
    tokens: &Tokens,
) -> Result<Attempt, AccessError> {
    let owner = trace_id();
    if !lease(context, grant, &owner).await.map_err(|e| unavailable(&e))? {
        return Ok(Attempt::Busy);
    }
    // A task of its own: when the caller goes away, the new pair must still be stored.
    let task = tokio::spawn(run(context.clone(), grant.clone(), tokens.clone(), owner));
    task.await.map_err(|e| unavailable(&e))
}

async fn lease(context: &Context, grant: &GrantRow, owner: &str) -> Result<bool, StorageError> {
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await?;
    let ours =
        grants::lease_refresh(&mut tx, grant, owner, now, now + delta(context.timing.refresh_lease)).await?;
    tx.commit().await?;
    Ok(ours)
}

async fn run(context: Context, grant: GrantRow, tokens: Tokens, owner: String) -> Attempt {
    let network = context.registry.get(grant.platform);
    let result = match network.refresh(&grant.host, &tokens).await {
        Ok(renewed) => store(&context, &grant, &renewed).await,
        Err(failure) => note(&context, &grant, &owner, failure).await,
    };
    result.unwrap_or_else(|error| Attempt::Failed(unavailable(&error)))
}

async fn store(context: &Context, grant: &GrantRow, renewed: &Tokens) -> Result<Attempt, StorageError> {
    let sealed = match vault::seal_tokens(&context.keys, grant.workspace_id, grant.id, renewed) {
        Ok(sealed) => sealed,
        Err(error) => return Ok(Attempt::Failed(unavailable(&error))),
    };
    // The old pair may be dead already, so a database that is away for a moment is waited for.
    let mut pause = Duration::from_millis(100);
    loop {
        match store_once(context, grant, &sealed).await {
            Ok(()) => return Ok(Attempt::Renewed),
            Err(error) if pause > context.timing.refresh_lease => return Err(error),
            Err(error) => {
                tracing::warn!(grant.id = %grant.id, %error, "refreshed tokens are not stored yet");
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
        }
    }
}

async fn store_once(context: &Context, grant: &GrantRow, sealed: &SealedTokens) -> Result<(), StorageError> {
    let mut tx = context.db.begin().await?;
    let stored = grants::store_refreshed(&mut tx, grant, sealed, context.db.clock().now()).await?;
    if stored {
        // Of a token that is simply renewed nothing shows; this happens often, and on PostgreSQL those who tell wait for each other.
        if grant.needs_reconnect || grant.last_error.is_some() {
            context.commit_change(tx, grant.workspace_id, &[Topic::Accounts]).await?;
        } else {
            tx.commit().await?;
        }
        tracing::info!(grant.id = %grant.id, platform = %grant.platform, "tokens refreshed");
    }
    Ok(())
}

/// Only a dead refresh token disconnects; anything else may pass.
async fn note(
    context: &Context,
    grant: &GrantRow,
    owner: &str,
    failure: Failure,
) -> Result<Attempt, StorageError> {
    tracing::warn!(grant.id = %grant.id, platform = %grant.platform, %failure, "tokens were not refreshed");
    let now = context.db.clock().now();
    let backoff = now + delta(context.timing.backoff);
    let message = failure.message;
    let mut tx = context.db.begin().await?;
    let (not_before, error) = match failure.kind {
        FailureKind::ReconnectRequired | FailureKind::TokenRefused => {
            let (workspace, id, version) = (grant.workspace_id, grant.id, grant.version);
            let marked = grants::set_needs_reconnect(&mut tx, workspace, id, version, &message, now).await?;
            context.commit_change(tx, grant.workspace_id, &[Topic::Accounts]).await?;
            // Not marked: there is a newer pair, which is not concerned.
            return Ok(if marked {
                Attempt::Failed(AccessError::Reconnect { message })
            } else {
                Attempt::Renewed
            });
        }
        FailureKind::RateLimited { until } => (until.unwrap_or(backoff), AccessError::RateLimited { until }),
        _ => (backoff, AccessError::Transient { message: message.clone() }),
    };
    grants::postpone_refresh(&mut tx, grant, owner, not_before, &message).await?;
    context.commit_change(tx, grant.workspace_id, &[Topic::Accounts]).await?;
    Ok(Attempt::Failed(error))
}

/// Renews the consents whose tokens end within a week (ten days on Instagram), at most once a day each, so that an account
/// which is seldom used doesn't end. For the worker, once a day; a consent that can't be renewed is left to the next
/// time.
///
/// # Errors
/// When the database can't be reached.
pub async fn refresh_expiring(context: &Context, workspace: WorkspaceId) -> Result<(), StorageError> {
    let now = context.db.clock().now();
    let mut read = context.db.read().await?;
    let asked =
        Platform::ALL.into_iter().filter_map(|platform| context.registry.get(platform).refresh_ahead());
    let ahead = asked.map(delta).fold(RENEW_AHEAD, TimeDelta::max);
    let grants = grants::expiring(&mut read, workspace, now + ahead, now - RENEW_EVERY).await?;
    drop(read);
    for id in grants {
        renew(context, workspace, id, now).await?;
    }
    Ok(())
}

async fn renew(
    context: &Context,
    workspace: WorkspaceId,
    id: GrantId,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let mut read = context.db.read().await?;
    let grant = grants::get(&mut read, workspace, id).await?;
    drop(read);
    let Some(grant) = grant.filter(|grant| grant.refresh_until.is_none_or(|until| until <= now)) else {
        return Ok(());
    };
    let ours = super::is_present_host(context, grant.platform, &grant.host)
        && grant.app == super::app_of(context, grant.platform);
    let Some(sealed) = grant.sealed_tokens.as_deref().filter(|_| ours) else { return Ok(()) };
    let tokens = match vault::open_tokens(&context.keys, workspace, id, sealed) {
        Ok(tokens) => tokens,
        Err(error) => {
            tracing::error!(grant.id = %id, %error, "tokens can't be opened");
            return Ok(());
        }
    };
    if context.registry.get(grant.platform).can_refresh(&tokens) {
        // What went wrong is in the log and with the grant.
        drop(attempt(context, &grant, &tokens).await);
    }
    Ok(())
}

fn delta(wait: Duration) -> TimeDelta {
    TimeDelta::from_std(wait).unwrap_or(TimeDelta::MAX)
}
