//! Ending consents that no account needs any more.

use super::{is_present_host, vault};
use crate::Context;
use model::account::Revocation;
use model::{GrantId, Platform, WorkspaceId};
use platforms::Revoked;
use storage::grants::{self, GrantRow};
use storage::{StorageError, audit};

/// How many left-over consents one round ends.
const ROUND: i64 = 100;

/// Ends the consents that were kept because something was still going out by them, in all workspaces. For the worker, every
/// few minutes.
///
/// # Errors
/// When the database can't be reached.
pub async fn revoke_left_over(context: &Context) -> Result<(), StorageError> {
    let mut read = context.db.read().await?;
    let left_over = grants::left_over(&mut read, ROUND).await?;
    drop(read);
    for (workspace, grant) in left_over {
        revoke_if_left_over(context, workspace, grant).await?;
    }
    Ok(())
}

/// Forgets the tokens of a grant without connected accounts, then ends it at the platform. A platform that can't be reached
/// doesn't stop it: it is written to the log and the audit, and told to whoever disconnects.
pub(super) async fn revoke_if_left_over(
    context: &Context,
    workspace: WorkspaceId,
    id: GrantId,
) -> Result<Revocation, StorageError> {
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await?;
    if !grants::is_left_over(&mut tx, workspace, id).await? {
        return Ok(Revocation::Kept);
    }
    let Some(grant) = grants::get(&mut tx, workspace, id).await? else { return Ok(Revocation::Kept) };
    if !grants::revoke(&mut tx, &grant, now).await? {
        return Ok(Revocation::Kept);
    }
    let shared = grants::is_shared(&mut tx, &grant).await?;
    tx.commit().await?;
    // Facebook ends the person's permissions for the whole app, another workspace's included; elsewhere each consent has
    // tokens of its own (https://developers.facebook.com/docs/facebook-login/guides/permissions/request-revoke).
    if shared && grant.platform == Platform::Facebook {
        tracing::info!(grant.id = %id, "the consent stays at the platform: another workspace uses it");
        return Ok(Revocation::Kept);
    }
    let (act, revoked) = match at_platform(context, &grant).await {
        Ok(Revoked::Ended) => ("grant.revoked", Revocation::Ended),
        Ok(Revoked::NotOffered) => ("grant.forgotten", Revocation::ByHand),
        Err(reason) => {
            tracing::warn!(
                platform = %grant.platform, grant.id = %id, %reason, "the consent was not ended at the platform"
            );
            ("grant.revoke_failed", Revocation::ByHand)
        }
    };
    let mut tx = context.db.begin().await?;
    let subject = format!("{} {id}", grant.platform);
    audit::insert(&mut tx, Some(workspace), None, act, &subject, context.db.clock().now()).await?;
    tx.commit().await?;
    Ok(revoked)
}

async fn at_platform(context: &Context, grant: &GrantRow) -> Result<Revoked, String> {
    let Some(sealed) = &grant.sealed_tokens else { return Ok(Revoked::Ended) };
    if !is_present_host(context, grant.platform, &grant.host) {
        return Err(format!("{} is not the host in the settings any more", grant.host));
    }
    let tokens =
        vault::open_tokens(&context.keys, grant.workspace_id, grant.id, sealed).map_err(|e| e.to_string())?;
    let network = context.registry.get(grant.platform);
    network.revoke(&grant.host, &grant.subject, &tokens).await.map_err(|failure| failure.to_string())
}
