//! Consents at platforms and their tokens.
//!
//! `version` grows with each new pair of tokens; a write that follows from a pair carries the version it came from, so that it
//! can't touch a newer one.

use crate::{Result, Tx, new_id};
use chrono::{DateTime, Utc};
use model::{AccountId, GrantId, Platform, TargetId, WorkspaceId};
use sqlx::types::Json;

/// What makes a consent one: the same person, at the same host, for the same app of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantKey<'a> {
    pub workspace: WorkspaceId,
    pub platform: Platform,
    /// The tokens are sent nowhere else.
    pub host: &'a str,
    /// Client id; empty where there is none.
    pub app: &'a str,
    /// The platform's id of who consented.
    pub subject: &'a str,
}

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct GrantRow {
    pub id: GrantId,
    pub workspace_id: WorkspaceId,
    pub platform: Platform,
    pub host: String,
    pub app: String,
    pub subject: String,
    /// `None` once revoked.
    pub sealed_tokens: Option<Vec<u8>>,
    pub access_expires_at: Option<DateTime<Utc>>,
    pub refresh_expires_at: Option<DateTime<Utc>>,
    pub granted_scopes: Json<Vec<String>>,
    pub missing_scopes: Json<Vec<String>>,
    pub needs_reconnect: bool,
    pub last_error: Option<String>,
    pub version: i64,
    pub refresh_owner: Option<String>,
    pub refresh_until: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
}

/// The id of a consent, made if there is none; the row stays locked until the transaction ends. Tokens are sealed to this
/// id, so they follow by [`store_consent`].
pub async fn claim(tx: &mut Tx, key: &GrantKey<'_>, now: DateTime<Utc>) -> Result<GrantId> {
    let new: GrantId = new_id(now);
    let (id,) = fetch_one!(
        tx,
        (GrantId,),
        "INSERT INTO platform_grant (id, workspace_id, platform, host, app, subject, granted_scopes, missing_scopes,
                needs_reconnect, version, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, FALSE, 0, $8, $8)
         ON CONFLICT (workspace_id, platform, host, app, subject) DO UPDATE SET updated_at = excluded.updated_at
         RETURNING id",
        new,
        key.workspace,
        key.platform,
        key.host,
        key.app,
        key.subject,
        Json(Vec::<String>::new()),
        now,
    )?;
    Ok(id)
}

/// Tokens as they are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedTokens {
    pub sealed: Vec<u8>,
    pub access_expires_at: Option<DateTime<Utc>>,
    pub refresh_expires_at: Option<DateTime<Utc>>,
}

/// Stores what a fresh consent gave; whatever was wrong with the grant is over.
pub async fn store_consent(
    tx: &mut Tx,
    workspace: WorkspaceId,
    id: GrantId,
    tokens: &SealedTokens,
    granted_scopes: &[String],
    missing_scopes: &[String],
    now: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE platform_grant SET sealed_tokens = $3, access_expires_at = $4, refresh_expires_at = $5,
                granted_scopes = $6, missing_scopes = $7, needs_reconnect = FALSE, last_error = NULL,
                version = version + 1, refresh_owner = NULL, refresh_until = NULL, updated_at = $8, revoked_at = NULL
         WHERE id = $1 AND workspace_id = $2",
        id,
        workspace,
        &tokens.sealed,
        tokens.access_expires_at,
        tokens.refresh_expires_at,
        Json(granted_scopes),
        Json(missing_scopes),
        now,
    )?;
    Ok(())
}

pub async fn get(tx: &mut Tx, workspace: WorkspaceId, id: GrantId) -> Result<Option<GrantRow>> {
    fetch_optional!(
        tx,
        GrantRow,
        "SELECT id, workspace_id, platform, host, app, subject, sealed_tokens, access_expires_at, refresh_expires_at,
                granted_scopes, missing_scopes, needs_reconnect, last_error, version, refresh_owner, refresh_until,
                revoked_at
         FROM platform_grant WHERE id = $1 AND workspace_id = $2",
        id,
        workspace,
    )
}

/// What a call for one account needs to know.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AccessRow {
    pub remote_id: String,
    pub handle: String,
    /// The account's own token, where the platform gives one.
    pub sealed_token: Option<Vec<u8>>,
    /// Grows with each new token of the account's own.
    pub token_version: i64,
    /// Why the platform no longer takes the account's own token.
    pub refused: Option<String>,
    #[sqlx(flatten)]
    pub grant: GrantRow,
}

impl AccessRow {
    /// The version of the token that calls are made with: the account's own, else the grant's.
    pub fn version(&self) -> i64 {
        if self.sealed_token.is_some() { self.token_version } else { self.grant.version }
    }
}

macro_rules! access_columns {
    () => {
        "a.remote_id, a.handle, a.sealed_token, a.token_version, a.refused, g.id, g.workspace_id, g.platform, g.host,
         g.app, g.subject, g.sealed_tokens, g.access_expires_at, g.refresh_expires_at, g.granted_scopes,
         g.missing_scopes, g.needs_reconnect, g.last_error, g.version, g.refresh_owner, g.refresh_until, g.revoked_at"
    };
}

/// Also of a disconnected account, by which something may still be going out.
pub async fn of_account(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<AccessRow>> {
    fetch_optional!(
        tx,
        AccessRow,
        concat!(
            "SELECT ",
            access_columns!(),
            " FROM account a JOIN platform_grant g ON g.id = a.grant_id AND g.workspace_id = a.workspace_id
             WHERE a.id = $1 AND a.workspace_id = $2"
        ),
        account,
        workspace,
    )
}

/// The access of the account of a target.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TargetAccessRow {
    pub target_id: TargetId,
    #[sqlx(flatten)]
    pub access: AccessRow,
}

/// Of the accounts of up to [`TOGETHER`](crate::publishing::TOGETHER) targets, for the publisher.
pub async fn of_targets(tx: &mut Tx, targets: &[TargetId]) -> Result<Vec<TargetAccessRow>> {
    let [a, b, c, d, e, f, g, h] = crate::publishing::places(targets);
    fetch_all!(
        tx,
        TargetAccessRow,
        concat!(
            "SELECT t.id AS target_id, ",
            access_columns!(),
            " FROM target t
             JOIN account a ON a.id = t.account_id AND a.workspace_id = t.workspace_id
             JOIN platform_grant g ON g.id = a.grant_id AND g.workspace_id = a.workspace_id
             WHERE t.id IN ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        a,
        b,
        c,
        d,
        e,
        f,
        g,
        h,
    )
}

/// Takes the right to refresh the pair of `version` until `until`. `false`: somebody else has it, a passing failure asks to wait,
/// or the pair was replaced.
pub async fn lease_refresh(
    tx: &mut Tx,
    grant: &GrantRow,
    owner: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE platform_grant SET refresh_owner = $4, refresh_until = $5
         WHERE id = $1 AND workspace_id = $2 AND version = $3 AND needs_reconnect = FALSE AND revoked_at IS NULL
           AND (refresh_until IS NULL OR refresh_until <= $6)",
        grant.id,
        grant.workspace_id,
        grant.version,
        owner,
        until,
        now,
    )?;
    Ok(changed == 1)
}

/// Stores the pair that followed the one of `grant.version`. Fenced by the version and not by the lease: a pair that
/// the platform gave is the only good one, even if it comes late. `false`: the grant has another pair meanwhile.
pub async fn store_refreshed(
    tx: &mut Tx,
    grant: &GrantRow,
    tokens: &SealedTokens,
    now: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE platform_grant SET sealed_tokens = $4, access_expires_at = $5, refresh_expires_at = $6,
                needs_reconnect = FALSE, last_error = NULL, version = version + 1, refresh_owner = NULL,
                refresh_until = NULL, updated_at = $7
         WHERE id = $1 AND workspace_id = $2 AND version = $3 AND revoked_at IS NULL",
        grant.id,
        grant.workspace_id,
        grant.version,
        &tokens.sealed,
        tokens.access_expires_at,
        tokens.refresh_expires_at,
        now,
    )?;
    Ok(changed == 1)
}

/// Ends a lease after a passing failure; nobody tries again before `not_before`.
pub async fn postpone_refresh(
    tx: &mut Tx,
    grant: &GrantRow,
    owner: &str,
    not_before: DateTime<Utc>,
    message: &str,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE platform_grant SET refresh_owner = NULL, refresh_until = $5, last_error = $6
         WHERE id = $1 AND workspace_id = $2 AND version = $3 AND refresh_owner = $4",
        grant.id,
        grant.workspace_id,
        grant.version,
        owner,
        not_before,
        message,
    )?;
    Ok(changed == 1)
}

/// Notes that only the person can renew the consent, unless it has a newer pair than `version`.
pub async fn set_needs_reconnect(
    tx: &mut Tx,
    workspace: WorkspaceId,
    id: GrantId,
    version: i64,
    message: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE platform_grant SET needs_reconnect = TRUE, last_error = $4, refresh_owner = NULL, refresh_until = NULL,
                updated_at = $5
         WHERE id = $1 AND workspace_id = $2 AND version = $3 AND revoked_at IS NULL",
        id,
        workspace,
        version,
        message,
        now,
    )?;
    Ok(changed == 1)
}

/// Forgets the tokens of a consent that no account uses any more. `false`: it was renewed meanwhile, and stays.
pub async fn revoke(tx: &mut Tx, grant: &GrantRow, now: DateTime<Utc>) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE platform_grant SET revoked_at = $4, updated_at = $4, sealed_tokens = NULL, access_expires_at = NULL,
                refresh_expires_at = NULL, needs_reconnect = FALSE, last_error = NULL, refresh_owner = NULL,
                refresh_until = NULL
         WHERE id = $1 AND workspace_id = $2 AND version = $3",
        grant.id,
        grant.workspace_id,
        grant.version,
        now,
    )?;
    if changed == 1 {
        execute!(
            tx,
            "UPDATE account SET sealed_token = NULL, refused = NULL WHERE grant_id = $1 AND workspace_id = $2",
            grant.id,
            grant.workspace_id,
        )?;
    }
    Ok(changed == 1)
}

/// Whether the consent still has tokens although no connected account needs it and nothing is going out by it.
pub async fn is_left_over(tx: &mut Tx, workspace: WorkspaceId, id: GrantId) -> Result<bool> {
    let found = fetch_optional!(
        tx,
        (GrantId,),
        "SELECT g.id FROM platform_grant g
         WHERE g.id = $1 AND g.workspace_id = $2 AND g.sealed_tokens IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM account a WHERE a.grant_id = g.id AND a.disconnected_at IS NULL)
           AND NOT EXISTS (SELECT 1 FROM account a
                           JOIN target t ON t.account_id = a.id AND t.workspace_id = a.workspace_id
                           WHERE a.grant_id = g.id AND t.asks = FALSE AND t.state IN ('publishing', 'unknown'))",
        id,
        workspace,
    )?;
    Ok(found.is_some())
}

/// Whether another workspace has a live consent of the same person for the same app. The one question asked across workspaces; its
/// answer is shown to nobody.
pub async fn is_shared(tx: &mut Tx, grant: &GrantRow) -> Result<bool> {
    let found = fetch_optional!(
        tx,
        (GrantId,),
        "SELECT id FROM platform_grant
         WHERE platform = $1 AND host = $2 AND app = $3 AND subject = $4 AND workspace_id <> $5
           AND sealed_tokens IS NOT NULL LIMIT 1",
        grant.platform,
        &grant.host,
        &grant.app,
        &grant.subject,
        grant.workspace_id,
    )?;
    Ok(found.is_some())
}

/// Consents that were left over, in all workspaces.
pub async fn left_over(tx: &mut Tx, limit: i64) -> Result<Vec<(WorkspaceId, GrantId)>> {
    fetch_all!(
        tx,
        (WorkspaceId, GrantId),
        "SELECT g.workspace_id, g.id FROM platform_grant g
         WHERE g.sealed_tokens IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM account a WHERE a.grant_id = g.id AND a.disconnected_at IS NULL)
           AND NOT EXISTS (SELECT 1 FROM account a
                           JOIN target t ON t.account_id = a.id AND t.workspace_id = a.workspace_id
                           WHERE a.grant_id = g.id AND t.asks = FALSE AND t.state IN ('publishing', 'unknown'))
         ORDER BY g.id LIMIT $1",
        limit,
    )
}

/// Live consents of a workspace whose access token ends before `ends_before` and was not renewed since `renewed_before`.
pub async fn expiring(
    tx: &mut Tx,
    workspace: WorkspaceId,
    ends_before: DateTime<Utc>,
    renewed_before: DateTime<Utc>,
) -> Result<Vec<GrantId>> {
    let rows = fetch_all!(
        tx,
        (GrantId,),
        "SELECT g.id FROM platform_grant g
         WHERE g.workspace_id = $1 AND g.sealed_tokens IS NOT NULL AND g.needs_reconnect = FALSE
           AND g.access_expires_at < $2 AND g.updated_at < $3
           AND EXISTS (SELECT 1 FROM account a WHERE a.grant_id = g.id AND a.disconnected_at IS NULL)
         ORDER BY g.access_expires_at",
        workspace,
        ends_before,
        renewed_before,
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
