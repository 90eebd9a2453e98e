//! Consents under way: the single-use `state` of a consent page, and consents that wait for a choice of accounts.

use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::{AccountId, ConnectionId, Platform, SessionId, UserId, WorkspaceId};

/// What a `state` is bound to.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StateRow {
    /// SHA-256 of the `state` in the consent page's address.
    pub state_hash: Vec<u8>,
    pub session_id: SessionId,
    pub workspace_id: WorkspaceId,
    pub person_id: UserId,
    pub platform: Platform,
    pub sealed_verifier: Vec<u8>,
    pub reconnect_account_id: Option<AccountId>,
    pub expires_at: DateTime<Utc>,
}

pub async fn insert_state(tx: &mut Tx, state: &StateRow) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO oauth_state (state_hash, session_id, workspace_id, person_id, platform, sealed_verifier,
                reconnect_account_id, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &state.state_hash,
        state.session_id,
        state.workspace_id,
        state.person_id,
        state.platform,
        &state.sealed_verifier,
        state.reconnect_account_id,
        state.expires_at,
    )?;
    Ok(())
}

/// Takes a `state` out, so that nobody can use it again, whoever presented it. The caller compares what it is bound to.
pub async fn take_state(tx: &mut Tx, state_hash: &[u8]) -> Result<Option<StateRow>> {
    fetch_optional!(
        tx,
        StateRow,
        "DELETE FROM oauth_state WHERE state_hash = $1
         RETURNING state_hash, session_id, workspace_id, person_id, platform, sealed_verifier, reconnect_account_id,
                expires_at",
        state_hash,
    )
}

/// A consent that waits for the person to choose.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ConnectionRow {
    pub id: ConnectionId,
    pub workspace_id: WorkspaceId,
    pub person_id: UserId,
    pub platform: Platform,
    pub sealed_consent: Vec<u8>,
    pub expires_at: DateTime<Utc>,
}

pub async fn insert(tx: &mut Tx, connection: &ConnectionRow) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO connection (id, workspace_id, person_id, platform, sealed_consent, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        connection.id,
        connection.workspace_id,
        connection.person_id,
        connection.platform,
        &connection.sealed_consent,
        connection.expires_at,
    )?;
    Ok(())
}

/// A connection that its own person may still finish.
pub async fn get(
    tx: &mut Tx,
    workspace: WorkspaceId,
    person: UserId,
    id: ConnectionId,
    now: DateTime<Utc>,
) -> Result<Option<ConnectionRow>> {
    fetch_optional!(
        tx,
        ConnectionRow,
        "SELECT id, workspace_id, person_id, platform, sealed_consent, expires_at FROM connection
         WHERE id = $1 AND workspace_id = $2 AND person_id = $3 AND expires_at > $4",
        id,
        workspace,
        person,
        now,
    )
}

/// Ends a connection; `false`: somebody else just did.
pub async fn remove(tx: &mut Tx, workspace: WorkspaceId, id: ConnectionId) -> Result<bool> {
    let removed = execute!(tx, "DELETE FROM connection WHERE id = $1 AND workspace_id = $2", id, workspace)?;
    Ok(removed == 1)
}

/// Forgets what nobody finished in time.
pub async fn purge(tx: &mut Tx, now: DateTime<Utc>) -> Result<()> {
    execute!(tx, "DELETE FROM oauth_state WHERE expires_at <= $1", now)?;
    execute!(tx, "DELETE FROM connection WHERE expires_at <= $1", now)?;
    Ok(())
}
