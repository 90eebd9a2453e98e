//! Choosing among the accounts that a consent covers.

use super::{adopt, vault};
use crate::Context;
use crate::errors::{OrInternal as _, internal};
use model::account::{AccountChoice, ConnectionChoices};
use model::{AccountId, Actor, ApiError, ApiResult, ConnectionId, Permission, Problem};
use platforms::Consent;
use storage::connections::{self, ConnectionRow};
use storage::{Tx, accounts};

pub(super) async fn choices(
    context: &Context,
    actor: Actor,
    id: ConnectionId,
) -> ApiResult<ConnectionChoices> {
    actor.require(Permission::ManageAccounts)?;
    let mut read = context.db.read().await.or_internal()?;
    let (row, consent) = find(context, &mut read, actor, id).await?;
    let known =
        accounts::known(&mut read, actor.workspace, row.platform, &consent.host).await.or_internal()?;
    let choice = |account: platforms::RemoteAccount| AccountChoice {
        connected: known.iter().any(|known| known.connected && known.remote_id == account.remote_id),
        remote_id: account.remote_id,
        handle: account.handle,
        name: account.name,
    };
    Ok(ConnectionChoices {
        id,
        platform: row.platform,
        choices: consent.accounts.into_iter().map(choice).collect(),
        missing_scopes: consent.missing_scopes,
    })
}

pub(super) async fn choose(
    context: &Context,
    actor: Actor,
    id: ConnectionId,
    remote_ids: &[String],
) -> ApiResult<Vec<AccountId>> {
    actor.require(Permission::ManageAccounts)?;
    let mut read = context.db.read().await.or_internal()?;
    let (row, consent) = find(context, &mut read, actor, id).await?;
    drop(read);
    if remote_ids.is_empty() {
        return Err(ApiError::invalid("accounts", Problem::NoAccount));
    }
    if !remote_ids.iter().all(|id| consent.accounts.iter().any(|account| account.remote_id == *id)) {
        return Err(ApiError::invalid("accounts", Problem::BadValue));
    }
    let wanted = |remote_id: &str| remote_ids.iter().any(|id| id == remote_id);
    adopt::adopt(context, actor, row.platform, &consent, wanted, Some(id)).await
}

/// The person's own connection, while it lasts.
async fn find(
    context: &Context,
    read: &mut Tx,
    actor: Actor,
    id: ConnectionId,
) -> ApiResult<(ConnectionRow, Consent)> {
    let now = context.db.clock().now();
    let row = connections::get(read, actor.workspace, actor.user, id, now)
        .await
        .or_internal()?
        .ok_or(ApiError::NotFound)?;
    let consent = vault::open_consent(&context.keys, actor.workspace, id, &row.sealed_consent)
        .map_err(|e| internal(&e))?;
    Ok((row, consent))
}
