//! What the list of schedules did for a workspace on a day: the dated key that makes it happen once, however many processes tick.

use crate::db::Tx;
use crate::error::Result;
use chrono::{DateTime, NaiveDate, Utc};
use model::WorkspaceId;

/// A workspace with its IANA zone.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WorkspaceZone {
    pub id: WorkspaceId,
    pub zone: String,
}

/// Every workspace.
pub async fn workspaces(tx: &mut Tx) -> Result<Vec<WorkspaceZone>> {
    fetch_all!(tx, WorkspaceZone, "SELECT id, zone FROM workspace WHERE deleted_at IS NULL ORDER BY id")
}

/// What was done on a day or later.
pub async fn since(tx: &mut Tx, day: NaiveDate) -> Result<Vec<(WorkspaceId, String, NaiveDate)>> {
    fetch_all!(
        tx,
        (WorkspaceId, String, NaiveDate),
        "SELECT workspace_id, name, day FROM schedule_run WHERE day >= $1",
        day,
    )
}

/// What was done for a workspace, by name: the newest day, and when.
pub async fn newest(tx: &mut Tx, workspace: WorkspaceId) -> Result<Vec<(String, NaiveDate, DateTime<Utc>)>> {
    fetch_all!(
        tx,
        (String, NaiveDate, DateTime<Utc>),
        "SELECT name, MAX(day), MAX(done_at) FROM schedule_run WHERE workspace_id = $1 GROUP BY name",
        workspace,
    )
}

/// Notes that it is done; `false`: it was already.
pub async fn note(
    tx: &mut Tx,
    workspace: WorkspaceId,
    name: &str,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "INSERT INTO schedule_run (workspace_id, name, day, done_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (workspace_id, name, day) DO NOTHING",
        workspace,
        name,
        day,
        now,
    )?;
    Ok(changed == 1)
}

/// Forgets what was done before a day.
pub async fn prune(tx: &mut Tx, before: NaiveDate) -> Result<u64> {
    execute!(tx, "DELETE FROM schedule_run WHERE day < $1", before)
}
