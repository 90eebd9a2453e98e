//! Connected profiles.

use crate::{Result, Tx, new_id};
use chrono::{DateTime, Utc};
use model::state::Event;
use model::{AccountId, GrantId, Platform, TargetState, WorkspaceId};
use sqlx::types::Json;

/// An account with what its screen shows of the grant.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AccountRow {
    pub id: AccountId,
    pub grant_id: GrantId,
    pub platform: Platform,
    pub host: String,
    pub remote_id: String,
    pub handle: String,
    pub name: String,
    pub label: String,
    pub avatar: Option<String>,
    pub url: Option<String>,
    /// The account's own token, where the platform gives one.
    pub sealed_token: Option<Vec<u8>>,
    /// Why the platform no longer takes the account's own token.
    pub refused: Option<String>,
    pub paused: bool,
    pub last_error: Option<String>,
    pub disconnected_at: Option<DateTime<Utc>>,
    pub sealed_tokens: Option<Vec<u8>>,
    pub access_expires_at: Option<DateTime<Utc>>,
    pub refresh_expires_at: Option<DateTime<Utc>>,
    pub missing_scopes: Json<Vec<String>>,
    pub needs_reconnect: bool,
    pub grant_error: Option<String>,
    /// Targets that are scheduled on it.
    pub waiting_posts: i64,
    /// IANA zone of the workspace.
    pub zone: String,
}

macro_rules! select_account {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.grant_id, a.platform, a.host, a.remote_id, a.handle, a.name, a.label, a.avatar, a.url,
                    a.sealed_token, a.refused, a.paused, a.last_error, a.disconnected_at, g.sealed_tokens,
                    g.access_expires_at, g.refresh_expires_at, g.missing_scopes, g.needs_reconnect,
                    g.last_error AS grant_error,
                    (SELECT COUNT(*) FROM target t
                     WHERE t.account_id = a.id AND t.workspace_id = a.workspace_id AND t.state = 'scheduled')
                        AS waiting_posts,
                    w.zone
             FROM account a
             JOIN platform_grant g ON g.id = a.grant_id AND g.workspace_id = a.workspace_id
             JOIN workspace w ON w.id = a.workspace_id ",
            $rest
        )
    };
}

/// Connected accounts of a workspace, by platform, handle and name.
pub async fn list(tx: &mut Tx, workspace: WorkspaceId) -> Result<Vec<AccountRow>> {
    fetch_all!(
        tx,
        AccountRow,
        select_account!(
            "WHERE a.workspace_id = $1 AND a.disconnected_at IS NULL ORDER BY a.platform, a.handle, a.name, a.id"
        ),
        workspace,
    )
}

/// One account, disconnected or not.
pub async fn get(tx: &mut Tx, workspace: WorkspaceId, id: AccountId) -> Result<Option<AccountRow>> {
    fetch_optional!(tx, AccountRow, select_account!("WHERE a.id = $1 AND a.workspace_id = $2"), id, workspace,)
}

/// What an account is called, connected or not.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AccountName {
    pub id: AccountId,
    pub platform: Platform,
    pub host: String,
    pub handle: String,
    pub name: String,
    pub connected: bool,
}

/// Every account that a workspace has or had: the connected ones first, by platform, handle and name.
pub async fn names(tx: &mut Tx, workspace: WorkspaceId) -> Result<Vec<AccountName>> {
    fetch_all!(
        tx,
        AccountName,
        "SELECT id, platform, host, handle, name, (disconnected_at IS NULL) AS connected FROM account
         WHERE workspace_id = $1
         ORDER BY CASE WHEN disconnected_at IS NULL THEN 0 ELSE 1 END, platform, handle, name, id",
        workspace,
    )
}

/// An account that the workspace has, or had, at a host.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KnownAccount {
    pub id: AccountId,
    pub grant_id: GrantId,
    pub remote_id: String,
    pub connected: bool,
}

pub async fn known(
    tx: &mut Tx,
    workspace: WorkspaceId,
    platform: Platform,
    host: &str,
) -> Result<Vec<KnownAccount>> {
    fetch_all!(
        tx,
        KnownAccount,
        "SELECT id, grant_id, remote_id, (disconnected_at IS NULL) AS connected FROM account
         WHERE workspace_id = $1 AND platform = $2 AND host = $3",
        workspace,
        platform,
        host,
    )
}

/// A profile as the platform showed it when it was connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount<'a> {
    pub workspace: WorkspaceId,
    pub grant: GrantId,
    pub platform: Platform,
    pub host: &'a str,
    pub remote_id: &'a str,
    pub handle: &'a str,
    pub name: &'a str,
    pub url: Option<&'a str>,
}

/// Adds a profile, or revives the row it had: posts, label and id stay. Its own token, sealed to its id, follows by
/// [`set_token`].
pub async fn connect(tx: &mut Tx, account: &NewAccount<'_>, now: DateTime<Utc>) -> Result<AccountId> {
    let new: AccountId = new_id(now);
    let (id,) = fetch_one!(
        tx,
        (AccountId,),
        "INSERT INTO account (id, workspace_id, grant_id, platform, host, remote_id, handle, name, label, url, paused,
                checked_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, FALSE, $10, $10)
         ON CONFLICT (workspace_id, platform, host, remote_id) DO UPDATE
         SET grant_id = excluded.grant_id, handle = excluded.handle, name = excluded.name, url = excluded.url,
             paused = (account.paused AND account.disconnected_at IS NULL), last_error = NULL,
             checked_at = excluded.checked_at, disconnected_at = NULL
         RETURNING id",
        new,
        account.workspace,
        account.grant,
        account.platform,
        account.host,
        account.remote_id,
        account.handle,
        account.name,
        account.url,
        now,
    )?;
    Ok(id)
}

/// Stores the token that came with a consent, if any; whatever was wrong with the one before is over.
pub async fn set_token(
    tx: &mut Tx,
    workspace: WorkspaceId,
    id: AccountId,
    sealed: Option<&[u8]>,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE account SET sealed_token = $3, token_version = token_version + 1, refused = NULL
         WHERE id = $1 AND workspace_id = $2",
        id,
        workspace,
        sealed,
    )?;
    Ok(())
}

/// Notes that the platform no longer takes the account's own token, unless it has a newer one than `version`. The other accounts of
/// the consent are not concerned.
pub async fn set_refused(
    tx: &mut Tx,
    workspace: WorkspaceId,
    id: AccountId,
    version: i64,
    message: &str,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE account SET refused = $4
         WHERE id = $1 AND workspace_id = $2 AND token_version = $3 AND sealed_token IS NOT NULL",
        id,
        workspace,
        version,
        message,
    )?;
    Ok(changed == 1)
}

/// Changes label and pause of a connected account; `false`: there is none.
pub async fn edit(
    tx: &mut Tx,
    workspace: WorkspaceId,
    id: AccountId,
    label: &str,
    paused: bool,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE account SET label = $3, paused = $4 WHERE id = $1 AND workspace_id = $2 AND disconnected_at IS NULL",
        id,
        workspace,
        label,
        paused,
    )?;
    Ok(changed == 1)
}

/// Stores what a look at the profile found: names where it worked, else the fault.
pub async fn store_check(
    tx: &mut Tx,
    workspace: WorkspaceId,
    id: AccountId,
    found: std::result::Result<(&str, &str, Option<&str>), &str>,
    now: DateTime<Utc>,
) -> Result<()> {
    match found {
        Ok((handle, name, url)) => execute!(
            tx,
            "UPDATE account SET handle = $3, name = $4, url = COALESCE($5, url), last_error = NULL, checked_at = $6
             WHERE id = $1 AND workspace_id = $2",
            id,
            workspace,
            handle,
            name,
            url,
            now,
        )?,
        Err(fault) => execute!(
            tx,
            "UPDATE account SET last_error = $3, checked_at = $4 WHERE id = $1 AND workspace_id = $2",
            id,
            workspace,
            fault,
            now,
        )?,
    };
    Ok(())
}

/// `false`: it was not connected.
pub async fn disconnect(
    tx: &mut Tx,
    workspace: WorkspaceId,
    id: AccountId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE account SET disconnected_at = $3, last_error = NULL
         WHERE id = $1 AND workspace_id = $2 AND disconnected_at IS NULL",
        id,
        workspace,
        now,
    )?;
    Ok(changed == 1)
}

/// Cancels what was to go out by an account, drafts included; what is going out stays. Gives the number of targets.
pub async fn cancel_waiting(
    tx: &mut Tx,
    workspace: WorkspaceId,
    id: AccountId,
    now: DateTime<Utc>,
) -> Result<u64> {
    let mut cancelled = 0;
    for from in [TargetState::Draft, TargetState::AwaitingApproval, TargetState::Scheduled] {
        let Ok(to) = from.apply(Event::Cancel) else { continue };
        cancelled += execute!(
            tx,
            "UPDATE target SET state = $4, revision = revision + 1, next_attempt_at = NULL, queued_until = NULL,
                    reason = NULL, updated_at = $5
             WHERE account_id = $1 AND workspace_id = $2 AND state = $3",
            id,
            workspace,
            from,
            to,
            now,
        )?;
    }
    Ok(cancelled)
}
