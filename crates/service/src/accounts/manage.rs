//! What is done with a connected account.

use super::tokens::{self, AccessError};
use super::{health, revoke};
use crate::Context;
use crate::errors::OrInternal as _;
use model::account::{AccountEdit, AccountView, Disconnected, called};
use model::live::Topic;
use model::{AccountId, Actor, ApiError, ApiResult, Permission, Problem, WorkspaceId};
use platforms::{Access, Failure, FailureKind, RemoteAccount};
use storage::accounts::{self, AccountRow};
use storage::{StorageError, audit, publishing};

/// Longest label, in characters.
const MAX_LABEL: usize = 60;

pub(crate) async fn list(context: &Context, actor: Actor) -> ApiResult<Vec<AccountView>> {
    actor.require(Permission::View)?;
    let mut read = context.db.read().await.or_internal()?;
    let rows = accounts::list(&mut read, actor.workspace).await.or_internal()?;
    Ok(rows.into_iter().map(|row| health::view(context, actor.workspace, row)).collect())
}

pub(super) async fn edit(
    context: &Context,
    actor: Actor,
    id: AccountId,
    edit: &AccountEdit,
) -> ApiResult<()> {
    actor.require(Permission::ManageAccounts)?;
    let label = edit.label.trim();
    let length = label.chars().count();
    if length > MAX_LABEL {
        let (max, got) =
            (u32::try_from(MAX_LABEL).unwrap_or(u32::MAX), u32::try_from(length).unwrap_or(u32::MAX));
        return Err(ApiError::invalid("label", Problem::TooLong { max, got }));
    }
    if label.chars().any(char::is_control) {
        return Err(ApiError::invalid("label", Problem::BadValue));
    }
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    let before =
        accounts::get(&mut tx, actor.workspace, id).await.or_internal()?.ok_or(ApiError::NotFound)?;
    if !accounts::edit(&mut tx, actor.workspace, id, label, edit.paused).await.or_internal()? {
        return Err(ApiError::NotFound);
    }
    if before.paused != edit.paused {
        let act = if edit.paused { "account.paused" } else { "account.resumed" };
        audit::insert(&mut tx, Some(actor.workspace), Some(actor.user), act, &subject(&before), now)
            .await
            .or_internal()?;
        publishing::wake_account(&mut tx, actor.workspace, id, now).await.or_internal()?;
    }
    context.commit_change(tx, actor.workspace, &[Topic::Accounts]).await.or_internal()?;
    context.wake.ring();
    Ok(())
}

pub(super) async fn check(context: &Context, actor: Actor, id: AccountId) -> ApiResult<AccountView> {
    actor.require(Permission::Publish)?;
    let row = connected(context, actor, id).await?;
    check_one(context, actor.workspace, &row).await.or_internal()?;
    Ok(health::view(context, actor.workspace, connected(context, actor, id).await?))
}

/// Looks again at the accounts of a workspace whose last call failed, where no person is needed: a fault that has passed is
/// taken off the screen. For the worker, once a day.
///
/// # Errors
/// When the database can't be reached.
pub async fn repair(context: &Context, workspace: WorkspaceId) -> Result<(), StorageError> {
    let mut read = context.db.read().await?;
    let rows = accounts::list(&mut read, workspace).await?;
    drop(read);
    for row in rows {
        let failed = row.last_error.is_some() || row.grant_error.is_some();
        let hopeless = row.needs_reconnect || row.refused.is_some() || row.sealed_tokens.is_none();
        if failed && !hopeless {
            check_one(context, workspace, &row).await?;
        }
    }
    Ok(())
}

/// Asks the platform and stores what it says.
async fn check_one(context: &Context, workspace: WorkspaceId, row: &AccountRow) -> Result<(), StorageError> {
    let id = row.id;
    let found = match tokens::access(context, workspace, id).await {
        Ok(access) => look(context, workspace, row, access).await,
        Err(error) => Err(error),
    };
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await?;
    match &found {
        Ok(found) => {
            let found = Ok((found.handle.as_str(), found.name.as_str(), found.url.as_deref()));
            accounts::store_check(&mut tx, workspace, id, found, now).await
        }
        // Stored already, with the account's own token or with the grant; reconnecting ends it.
        Err(AccessError::Reconnect { .. } | AccessError::NotFound) => Ok(()),
        Err(AccessError::Transient { message }) => {
            accounts::store_check(&mut tx, workspace, id, Err(message), now).await
        }
        Err(AccessError::RateLimited { .. }) => {
            let message = format!("{} asks to wait before it is called again.", row.platform.name());
            accounts::store_check(&mut tx, workspace, id, Err(&message), now).await
        }
    }?;
    context.commit_change(tx, workspace, &[Topic::Accounts]).await
}

/// The profile at the platform, by a fresh token if the present one is refused.
async fn look(
    context: &Context,
    workspace: WorkspaceId,
    row: &AccountRow,
    mut access: Access,
) -> Result<RemoteAccount, AccessError> {
    let network = context.registry.get(row.platform);
    let failure = match network.profile(&access).await {
        Ok(found) => return Ok(found),
        Err(failure) if failure.kind == FailureKind::TokenRefused => {
            access = tokens::replace_refused(context, workspace, row.id, &access).await?;
            match network.profile(&access).await {
                Ok(found) => return Ok(found),
                Err(failure) => failure,
            }
        }
        Err(failure) => failure,
    };
    let Failure { kind, message, .. } = failure;
    Err(match kind {
        FailureKind::TokenRefused | FailureKind::ReconnectRequired => {
            tokens::mark_needs_reconnect(context, workspace, row.id, access.version, &message)
                .await
                .map_err(|e| tokens::unavailable(&e))?;
            AccessError::Reconnect { message }
        }
        FailureKind::RateLimited { until } => AccessError::RateLimited { until },
        _ => AccessError::Transient { message },
    })
}

pub(super) async fn disconnect(context: &Context, actor: Actor, id: AccountId) -> ApiResult<Disconnected> {
    actor.require(Permission::ManageAccounts)?;
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    let row = accounts::get(&mut tx, actor.workspace, id).await.or_internal()?.ok_or(ApiError::NotFound)?;
    if !accounts::disconnect(&mut tx, actor.workspace, id, now).await.or_internal()? {
        return Err(ApiError::NotFound);
    }
    let cancelled = accounts::cancel_waiting(&mut tx, actor.workspace, id, now).await.or_internal()?;
    audit::insert(
        &mut tx,
        Some(actor.workspace),
        Some(actor.user),
        "account.disconnected",
        &subject(&row),
        now,
    )
    .await
    .or_internal()?;
    context.commit_change(tx, actor.workspace, &[Topic::Posts, Topic::Accounts]).await.or_internal()?;
    context.wake.ring();
    tracing::info!(account.id = %id, platform = %row.platform, targets.cancelled = cancelled, "account disconnected");
    let revoked = revoke::revoke_if_left_over(context, actor.workspace, row.grant_id).await.or_internal()?;
    Ok(Disconnected { platform: row.platform, revoked })
}

async fn connected(context: &Context, actor: Actor, id: AccountId) -> ApiResult<AccountRow> {
    let mut read = context.db.read().await.or_internal()?;
    let row = accounts::get(&mut read, actor.workspace, id).await.or_internal()?;
    row.filter(|row| row.disconnected_at.is_none()).ok_or(ApiError::NotFound)
}

fn subject(row: &AccountRow) -> String {
    format!("{} {} {}", row.platform, called(&row.handle, &row.name), row.id)
}
