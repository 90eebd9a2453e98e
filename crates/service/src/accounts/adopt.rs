//! Storing what a consent gave: the grant, and the accounts that were wanted.

use super::{app_of, revoke, vault};
use crate::Context;
use crate::errors::{OrInternal as _, internal};
use crate::sync;
use model::account::called;
use model::{AccountId, Actor, ApiError, ApiResult, ConnectionId, GrantId, Platform};
use platforms::{Consent, RemoteAccount};
use storage::accounts::{self, KnownAccount, NewAccount};
use storage::grants::{self, GrantKey};
use storage::{Tx, audit, connections, publishing};

/// Adds or renews the accounts for which `wanted` says yes of their platform's id, in one transaction, and gives their ids.
/// Accounts that are connected by this grant already are renewed besides: their own tokens came anew with the consent.
/// `finishing` is the connection that ends with it; `NotFound` if it has ended before.
pub(super) async fn adopt(
    context: &Context,
    actor: Actor,
    platform: Platform,
    consent: &Consent,
    wanted: impl Fn(&str) -> bool,
    finishing: Option<ConnectionId>,
) -> ApiResult<Vec<AccountId>> {
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    if let Some(connection) = finishing
        && !connections::remove(&mut tx, actor.workspace, connection).await.or_internal()?
    {
        return Err(ApiError::NotFound);
    }
    let known = accounts::known(&mut tx, actor.workspace, platform, &consent.host).await.or_internal()?;
    let grant = store_grant(context, &mut tx, actor, platform, consent).await?;
    let mut added = Vec::new();
    let mut left = Vec::new();
    for account in &consent.accounts {
        let before = known.iter().find(|known| known.remote_id == account.remote_id);
        let is_wanted = wanted(&account.remote_id);
        if !is_wanted && !before.is_some_and(|known| known.connected && known.grant_id == grant) {
            continue;
        }
        let id = store_account(context, &mut tx, actor, (platform, &consent.host, grant), account).await?;
        if is_wanted {
            added.push(id);
            sync::begin::of_connected(&mut tx, actor.workspace, id, now).await.or_internal()?;
            let act = match before {
                Some(KnownAccount { connected: true, .. }) => "account.reconnected",
                _ => "account.connected",
            };
            let subject = format!("{platform} {} {id}", called(&account.handle, &account.name));
            audit::insert(&mut tx, Some(actor.workspace), Some(actor.user), act, &subject, now)
                .await
                .or_internal()?;
        }
        left.extend(before.map(|known| known.grant_id).filter(|before| *before != grant));
    }
    tx.commit().await.or_internal()?;
    context.wake.ring();
    tracing::info!(%platform, grant.id = %grant, accounts = added.len(), "accounts connected");
    // An account may have come over from a colleague's consent, which nothing uses now.
    left.sort_unstable();
    left.dedup();
    for old in left {
        revoke::revoke_if_left_over(context, actor.workspace, old).await.or_internal()?;
    }
    Ok(added)
}

/// Stores a consent that came by another way than a browser, with all its accounts; for filling a database.
///
/// # Errors
/// When the database can't be reached.
pub async fn adopt_all(
    context: &Context,
    actor: Actor,
    platform: Platform,
    consent: &Consent,
) -> ApiResult<Vec<AccountId>> {
    adopt(context, actor, platform, consent, |_| true, None).await
}

async fn store_grant(
    context: &Context,
    tx: &mut Tx,
    actor: Actor,
    platform: Platform,
    consent: &Consent,
) -> ApiResult<GrantId> {
    let now = context.db.clock().now();
    let key = GrantKey {
        workspace: actor.workspace,
        platform,
        host: &consent.host,
        app: app_of(context, platform),
        subject: &consent.subject,
    };
    let id = grants::claim(tx, &key, now).await.or_internal()?;
    let tokens =
        vault::seal_tokens(&context.keys, actor.workspace, id, &consent.tokens).map_err(|e| internal(&e))?;
    let (granted, missing) = (&consent.granted_scopes, &consent.missing_scopes);
    grants::store_consent(tx, actor.workspace, id, &tokens, granted, missing, now).await.or_internal()?;
    Ok(id)
}

async fn store_account(
    context: &Context,
    tx: &mut Tx,
    actor: Actor,
    (platform, host, grant): (Platform, &str, GrantId),
    account: &RemoteAccount,
) -> ApiResult<AccountId> {
    let now = context.db.clock().now();
    let new = NewAccount {
        workspace: actor.workspace,
        grant,
        platform,
        host,
        remote_id: &account.remote_id,
        handle: &account.handle,
        name: &account.name,
        url: account.url.as_deref(),
    };
    let id = accounts::connect(tx, &new, now).await.or_internal()?;
    let place = vault::own_token_place(actor.workspace, id);
    let sealed = account.token.as_ref().map(|token| vault::seal(&context.keys, &place, token));
    let sealed = sealed.transpose().map_err(|e| internal(&e))?;
    accounts::set_token(tx, actor.workspace, id, sealed.as_deref()).await.or_internal()?;
    publishing::wake_account(tx, actor.workspace, id, now).await.or_internal()?;
    Ok(id)
}
