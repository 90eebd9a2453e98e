//! Invitations to a workspace, by a link that works once.

use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::{InvitationId, Role, UserId, WorkspaceId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation<'a> {
    pub id: InvitationId,
    pub workspace: WorkspaceId,
    /// Lower case; empty: whoever has the link.
    pub email: &'a str,
    pub role: Role,
    pub token_hash: &'a [u8],
    pub invited_by: UserId,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// An open invitation, with the names it is shown with.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct InvitationRow {
    pub id: InvitationId,
    pub workspace_id: WorkspaceId,
    pub workspace_name: String,
    pub email: String,
    pub role: Role,
    pub invited_by_name: String,
    pub expires_at: DateTime<Utc>,
}

pub async fn insert(tx: &mut Tx, invitation: &NewInvitation<'_>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO invitation (id, workspace_id, email, role, token_hash, invited_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        invitation.id,
        invitation.workspace,
        invitation.email,
        invitation.role,
        invitation.token_hash,
        invitation.invited_by,
        invitation.created_at,
        invitation.expires_at,
    )?;
    Ok(())
}

/// The open invitation behind a link.
pub async fn by_token(tx: &mut Tx, token_hash: &[u8], now: DateTime<Utc>) -> Result<Option<InvitationRow>> {
    fetch_optional!(
        tx,
        InvitationRow,
        "SELECT i.id, i.workspace_id, w.name AS workspace_name, i.email, i.role, p.name AS invited_by_name, i.expires_at
         FROM invitation i JOIN workspace w ON w.id = i.workspace_id JOIN person p ON p.id = i.invited_by
         WHERE i.token_hash = $1 AND i.expires_at > $2 AND i.ended_at IS NULL AND w.deleted_at IS NULL",
        token_hash,
        now,
    )
}

/// The open invitations of a workspace, newest first.
pub async fn list(tx: &mut Tx, workspace: WorkspaceId, now: DateTime<Utc>) -> Result<Vec<InvitationRow>> {
    fetch_all!(
        tx,
        InvitationRow,
        "SELECT i.id, i.workspace_id, w.name AS workspace_name, i.email, i.role, p.name AS invited_by_name, i.expires_at
         FROM invitation i JOIN workspace w ON w.id = i.workspace_id JOIN person p ON p.id = i.invited_by
         WHERE i.workspace_id = $1 AND i.expires_at > $2 AND i.ended_at IS NULL ORDER BY i.id DESC",
        workspace,
        now,
    )
}

/// Accepts or revokes; false when it isn't open any more, so that a link works once.
pub async fn end(tx: &mut Tx, workspace: WorkspaceId, id: InvitationId, now: DateTime<Utc>) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE invitation SET ended_at = $3
         WHERE id = $2 AND workspace_id = $1 AND ended_at IS NULL AND expires_at > $3",
        workspace,
        id,
        now,
    )?;
    Ok(changed > 0)
}

/// Ends what a person has offered and may not offer any more.
pub async fn end_by_inviter(
    tx: &mut Tx,
    workspace: WorkspaceId,
    person: UserId,
    now: DateTime<Utc>,
) -> Result<u64> {
    execute!(
        tx,
        "UPDATE invitation SET ended_at = $3 WHERE workspace_id = $1 AND invited_by = $2 AND ended_at IS NULL",
        workspace,
        person,
        now,
    )
}
