//! Security-relevant acts, written in the transaction of the act.

use crate::{Result, Tx, new_id};
use chrono::{DateTime, Utc};
use model::{UserId, WorkspaceId};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    pub workspace_id: Option<WorkspaceId>,
    pub person_id: Option<UserId>,
    pub act: String,
    pub subject: String,
    pub created_at: DateTime<Utc>,
}

/// `act` is a code such as `member.removed`, `subject` what it was done to; neither holds a secret.
pub async fn insert(
    tx: &mut Tx,
    workspace: Option<WorkspaceId>,
    person: Option<UserId>,
    act: &str,
    subject: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let id: Uuid = new_id(now);
    execute!(
        tx,
        "INSERT INTO audit (id, workspace_id, person_id, act, subject, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        id,
        workspace,
        person,
        act,
        subject,
        now,
    )?;
    Ok(())
}

/// The latest acts in a workspace, newest first.
pub async fn list(tx: &mut Tx, workspace: WorkspaceId, limit: i64) -> Result<Vec<AuditRow>> {
    fetch_all!(
        tx,
        AuditRow,
        "SELECT workspace_id, person_id, act, subject, created_at FROM audit
         WHERE workspace_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
        workspace,
        limit,
    )
}

/// The latest acts of a person outside of any workspace, such as signing in, newest first.
pub async fn list_personal(tx: &mut Tx, person: UserId, limit: i64) -> Result<Vec<AuditRow>> {
    fetch_all!(
        tx,
        AuditRow,
        "SELECT workspace_id, person_id, act, subject, created_at FROM audit
         WHERE workspace_id IS NULL AND person_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
        person,
        limit,
    )
}
