//! Signed-in browsers. The token itself is never stored, only its SHA-256.

use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::{SessionId, UserId, WorkspaceId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession<'a> {
    pub id: SessionId,
    pub person: UserId,
    pub workspace: Option<WorkspaceId>,
    pub token_hash: &'a [u8],
    pub address: &'a str,
    pub user_agent: &'a str,
    pub now: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// A live session with its person.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionRow {
    pub id: SessionId,
    pub person_id: UserId,
    pub name: String,
    pub email: String,
    pub workspace_id: Option<WorkspaceId>,
    pub last_seen_at: DateTime<Utc>,
}

/// A line of a person's list of sessions.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedSession {
    pub id: SessionId,
    pub address: String,
    pub user_agent: String,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
}

pub async fn insert(tx: &mut Tx, session: &NewSession<'_>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO session
         (id, person_id, workspace_id, token_hash, address, user_agent, created_at, last_seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)",
        session.id,
        session.person,
        session.workspace,
        session.token_hash,
        session.address,
        session.user_agent,
        session.now,
        session.expires_at,
    )?;
    Ok(())
}

/// The session with this token, unless it has ended.
pub async fn by_token(tx: &mut Tx, token_hash: &[u8], now: DateTime<Utc>) -> Result<Option<SessionRow>> {
    fetch_optional!(
        tx,
        SessionRow,
        "SELECT s.id, s.person_id, p.name, p.email, s.workspace_id, s.last_seen_at
         FROM session s JOIN person p ON p.id = s.person_id
         WHERE s.token_hash = $1 AND s.expires_at > $2",
        token_hash,
        now,
    )
}

/// The person of a session that hasn't ended, and the workspace it is in.
pub async fn place(
    tx: &mut Tx,
    id: SessionId,
    now: DateTime<Utc>,
) -> Result<Option<(UserId, Option<WorkspaceId>)>> {
    fetch_optional!(
        tx,
        (UserId, Option<WorkspaceId>),
        "SELECT person_id, workspace_id FROM session WHERE id = $1 AND expires_at > $2",
        id,
        now,
    )
}

/// The workspace the person was in last, in whichever browser.
pub async fn last_workspace(tx: &mut Tx, person: UserId) -> Result<Option<WorkspaceId>> {
    let row = fetch_optional!(
        tx,
        (WorkspaceId,),
        "SELECT workspace_id FROM session
         WHERE person_id = $1 AND workspace_id IS NOT NULL ORDER BY last_seen_at DESC LIMIT 1",
        person,
    )?;
    Ok(row.map(|(workspace,)| workspace))
}

/// Slides the end of a session.
pub async fn touch(tx: &mut Tx, id: SessionId, now: DateTime<Utc>, expires_at: DateTime<Utc>) -> Result<()> {
    execute!(tx, "UPDATE session SET last_seen_at = $2, expires_at = $3 WHERE id = $1", id, now, expires_at)?;
    Ok(())
}

pub async fn set_workspace(tx: &mut Tx, id: SessionId, workspace: WorkspaceId) -> Result<()> {
    execute!(tx, "UPDATE session SET workspace_id = $2 WHERE id = $1", id, workspace)?;
    Ok(())
}

/// Takes every session of the person out of the workspace.
pub async fn leave_workspace(tx: &mut Tx, person: UserId, workspace: WorkspaceId) -> Result<()> {
    execute!(
        tx,
        "UPDATE session SET workspace_id = NULL WHERE person_id = $1 AND workspace_id = $2",
        person,
        workspace,
    )?;
    Ok(())
}

/// The live sessions of a person, last used first.
pub async fn list(tx: &mut Tx, person: UserId, now: DateTime<Utc>) -> Result<Vec<ListedSession>> {
    fetch_all!(
        tx,
        ListedSession,
        "SELECT id, address, user_agent, created_at, last_seen_at FROM session
         WHERE person_id = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, id DESC",
        person,
        now,
    )
}

/// Ends a session of this person; false when the person has no such session.
pub async fn delete(tx: &mut Tx, person: UserId, id: SessionId) -> Result<bool> {
    Ok(execute!(tx, "DELETE FROM session WHERE id = $1 AND person_id = $2", id, person)? > 0)
}

/// Ends the session, whosever it is, and tells whose it was.
pub async fn end(tx: &mut Tx, id: SessionId) -> Result<Option<UserId>> {
    let row = fetch_optional!(tx, (UserId,), "DELETE FROM session WHERE id = $1 RETURNING person_id", id)?;
    Ok(row.map(|(person,)| person))
}

/// Ends every session of the person; gives their number.
pub async fn delete_all(tx: &mut Tx, person: UserId) -> Result<u64> {
    execute!(tx, "DELETE FROM session WHERE person_id = $1", person)
}

/// Removes what has ended.
pub async fn prune(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64> {
    execute!(tx, "DELETE FROM session WHERE expires_at <= $1", now)
}
