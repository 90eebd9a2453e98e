//! The token for a call, good for as long as the call takes.

use super::refresh::{self, Attempt};
use super::{app_of, health, is_present_host, vault};
use crate::Context;
use chrono::{DateTime, TimeDelta, Utc};
use model::live::Topic;
use model::{AccountId, WorkspaceId};
use platforms::{Access, Secret, Tokens};
use std::time::Duration;
use storage::StorageError;
use storage::accounts;
use storage::grants::{self, AccessRow};
use tokio::time::{Instant, sleep};

/// First and longest wait between two looks at a grant that somebody else refreshes.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
const LOOK_AGAIN_MAX: Duration = Duration::from_millis(250);

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    #[error("there is no such account in the workspace")]
    NotFound,
    /// Only the person can help; the account says so already.
    #[error("the account must be connected again: {message}")]
    Reconnect { message: String },
    #[error("no token for now: {message}")]
    Transient { message: String },
    /// The platform refuses refreshing until then.
    #[error("refreshing is rate limited until {until:?}")]
    RateLimited { until: Option<DateTime<Utc>> },
}

/// The token for a call by an account, refreshed first if it ends within `timing.refresh_ahead` (or what the platform asks
/// for, if that is longer). At most one refresh of a
/// grant runs at a time, in all processes; the others wait for its result. Also serves a disconnected account while
/// something is still going out by it.
///
/// # Errors
/// See [`AccessError`]; `Reconnect` is stored, as [`mark_needs_reconnect`] does it.
pub async fn access(
    context: &Context,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Access, AccessError> {
    obtain(context, workspace, account, None, None).await
}

/// The same for an account whose grant has just been read.
///
/// # Errors
/// See [`AccessError`]; `Reconnect` is stored, as [`mark_needs_reconnect`] does it.
pub async fn access_from(
    context: &Context,
    workspace: WorkspaceId,
    account: AccountId,
    read: AccessRow,
) -> Result<Access, AccessError> {
    obtain(context, workspace, account, None, Some(read)).await
}

/// Another token than `refused`, which the platform just refused: the present one if somebody else got it meanwhile, else a
/// refreshed one. When that is refused too, [`mark_needs_reconnect`].
///
/// # Errors
/// See [`AccessError`]; `Reconnect` (stored, as [`mark_needs_reconnect`] does it) where tokens can't be refreshed without the person.
pub async fn replace_refused(
    context: &Context,
    workspace: WorkspaceId,
    account: AccountId,
    refused: &Access,
) -> Result<Access, AccessError> {
    obtain(context, workspace, account, Some(&refused.token), None).await
}

/// Notes that only the person can renew the account's consent; `message` says why. Its posts wait. `version` is that of the
/// tokens with which it was learnt. `false`: there are newer ones, of which nothing bad is known.
///
/// What was learnt with an account's own token is noted with that account and not with the grant: the platform may have taken a
/// role at this one alone. If the whole consent has ended, each of the others learns it from its own next call.
///
/// # Errors
/// When the database can't be reached.
pub async fn mark_needs_reconnect(
    context: &Context,
    workspace: WorkspaceId,
    account: AccountId,
    version: i64,
    message: &str,
) -> Result<bool, StorageError> {
    let mut tx = context.db.begin().await?;
    let Some(row) = grants::of_account(&mut tx, workspace, account).await? else { return Ok(false) };
    if row.refused.is_some() || row.grant.needs_reconnect {
        return Ok(row.version() == version);
    }
    let marked = if row.sealed_token.is_some() {
        accounts::set_refused(&mut tx, workspace, account, version, message).await?
    } else {
        let now = context.db.clock().now();
        grants::set_needs_reconnect(&mut tx, workspace, row.grant.id, version, message, now).await?
    };
    if marked {
        context.commit_change(tx, workspace, &[Topic::Accounts]).await?;
        tracing::warn!(account.id = %account, platform = %row.grant.platform, reason = message, "account needs reconnecting");
    }
    Ok(marked)
}

async fn obtain(
    context: &Context,
    workspace: WorkspaceId,
    account: AccountId,
    refused: Option<&Secret>,
    mut read: Option<AccessRow>,
) -> Result<Access, AccessError> {
    let give_up = Instant::now() + context.timing.refresh_lease + context.timing.request;
    let mut pause = LOOK_AGAIN;
    loop {
        let held = match read.take() {
            Some(row) => Held::open(context, workspace, account, row)?,
            None => Held::load(context, workspace, account).await?,
        };
        match held.step(context, refused) {
            Step::Use => return Ok(held.access()),
            Step::Reconnect(message) => {
                let version = held.row.version();
                let marked = mark_needs_reconnect(context, workspace, account, version, &message).await;
                // Not marked: it was connected again this moment.
                if marked.map_err(|e| unavailable(&e))? || Instant::now() >= give_up {
                    return Err(AccessError::Reconnect { message });
                }
            }
            Step::Postponed(message) => {
                return held.while_it_lasts(context, refused, AccessError::Transient { message });
            }
            Step::Refresh => match refresh::attempt(context, &held.row.grant, &held.tokens).await? {
                Attempt::Renewed => {}
                Attempt::Failed(error @ AccessError::Reconnect { .. }) => return Err(error),
                Attempt::Failed(error) => return held.while_it_lasts(context, refused, error),
                Attempt::Busy if Instant::now() >= give_up => {
                    let message = "The token is being refreshed, which takes too long.".to_owned();
                    return held.while_it_lasts(context, refused, AccessError::Transient { message });
                }
                Attempt::Busy => {
                    sleep(pause).await;
                    pause = (pause * 2).min(LOOK_AGAIN_MAX);
                }
            },
        }
    }
}

/// A fault of ours while somebody waits for a token: it may pass.
pub(super) fn unavailable(error: &(dyn std::error::Error + 'static)) -> AccessError {
    tracing::error!(%error, "no access to the stored tokens");
    AccessError::Transient { message: "The stored tokens could not be read.".to_owned() }
}

/// What to do with what is stored.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Use,
    Refresh,
    /// A refresh failed a moment ago.
    Postponed(String),
    Reconnect(String),
}

/// An account's tokens as they are stored now.
struct Held {
    row: AccessRow,
    tokens: Tokens,
    own: Option<Secret>,
}

impl Held {
    async fn load(
        context: &Context,
        workspace: WorkspaceId,
        account: AccountId,
    ) -> Result<Self, AccessError> {
        let read = async {
            let mut read = context.db.read().await?;
            grants::of_account(&mut read, workspace, account).await
        };
        let row = read.await.map_err(|e| unavailable(&e))?.ok_or(AccessError::NotFound)?;
        Self::open(context, workspace, account, row)
    }

    fn open(
        context: &Context,
        workspace: WorkspaceId,
        account: AccountId,
        row: AccessRow,
    ) -> Result<Self, AccessError> {
        if let Some(message) = row.refused {
            return Err(AccessError::Reconnect { message });
        }
        if row.grant.needs_reconnect {
            let message = row.grant.last_error.unwrap_or_else(|| "The consent has ended.".to_owned());
            return Err(AccessError::Reconnect { message });
        }
        // Without tokens the account is disconnected.
        let sealed = row.grant.sealed_tokens.as_deref().ok_or(AccessError::NotFound)?;
        let tokens = vault::open_tokens(&context.keys, workspace, row.grant.id, sealed)
            .map_err(|e| unavailable(&e))?;
        let own = row.sealed_token.as_deref();
        let own = own.map(|sealed| vault::open_own_token(&context.keys, workspace, account, sealed));
        let own = own.transpose().map_err(|e| unavailable(&e))?;
        Ok(Self { row, tokens, own })
    }

    fn token(&self) -> &Secret {
        self.own.as_ref().unwrap_or(&self.tokens.access)
    }

    fn access(&self) -> Access {
        Access {
            host: self.row.grant.host.clone(),
            token: self.token().clone(),
            version: self.row.version(),
            remote_id: self.row.remote_id.clone(),
            handle: self.row.handle.clone(),
        }
    }

    fn step(&self, context: &Context, refused: Option<&Secret>) -> Step {
        let grant = &self.row.grant;
        if !is_present_host(context, grant.platform, &grant.host) {
            return Step::Reconnect(health::other_host(&grant.host));
        }
        let is_refused = refused == Some(self.token());
        if self.own.is_some() {
            // A Page's own token has no end and can't be refreshed.
            let message = format!("{} no longer accepts the token of this account.", grant.platform.name());
            return if is_refused { Step::Reconnect(message) } else { Step::Use };
        }
        let now = context.db.clock().now();
        let network = context.registry.get(grant.platform);
        let ahead = network.refresh_ahead().unwrap_or_default().max(context.timing.refresh_ahead);
        let ahead = TimeDelta::from_std(ahead).unwrap_or_default();
        let ends_soon = grant.access_expires_at.is_some_and(|end| end <= now + ahead);
        if !is_refused && !ends_soon {
            return Step::Use;
        }
        if !network.can_refresh(&self.tokens) {
            return match grant.access_expires_at {
                Some(end) if end <= now => Step::Reconnect("The consent has ended.".to_owned()),
                _ if is_refused => {
                    Step::Reconnect(format!("{} no longer accepts the token.", grant.platform.name()))
                }
                _ => Step::Use,
            };
        }
        if grant.app != app_of(context, grant.platform) {
            return Step::Reconnect(
                "The settings name another app than the one that got the consent.".to_owned(),
            );
        }
        match (&grant.refresh_owner, grant.refresh_until) {
            (None, Some(not_before)) if not_before > now => {
                Step::Postponed(grant.last_error.clone().unwrap_or_else(|| "Refreshing failed.".to_owned()))
            }
            _ => Step::Refresh,
        }
    }

    /// After a passing failure the present token serves until its end, unless it is the refused one.
    fn while_it_lasts(
        &self,
        context: &Context,
        refused: Option<&Secret>,
        error: AccessError,
    ) -> Result<Access, AccessError> {
        let now = context.db.clock().now();
        let lasts = self.row.grant.access_expires_at.is_none_or(|end| end > now);
        if lasts && refused != Some(self.token()) { Ok(self.access()) } else { Err(error) }
    }
}
