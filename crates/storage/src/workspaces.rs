//! Workspaces and their settings.

use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::WorkspaceId;

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Workspace {
    pub id: WorkspaceId,
    pub name: String,
    /// IANA zone.
    pub zone: String,
    /// A post later than this is `missed`, in minutes.
    pub lateness_window_min: i64,
    pub created_at: DateTime<Utc>,
}

pub async fn insert(tx: &mut Tx, workspace: &Workspace) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO workspace (id, name, zone, lateness_window_min, created_at) VALUES ($1, $2, $3, $4, $5)",
        workspace.id,
        &workspace.name,
        &workspace.zone,
        workspace.lateness_window_min,
        workspace.created_at,
    )?;
    Ok(())
}

/// None when it is deleted.
pub async fn get(tx: &mut Tx, id: WorkspaceId) -> Result<Option<Workspace>> {
    fetch_optional!(
        tx,
        Workspace,
        "SELECT id, name, zone, lateness_window_min, created_at FROM workspace WHERE id = $1 AND deleted_at IS NULL",
        id,
    )
}

/// Names aren't unique.
pub async fn by_name(tx: &mut Tx, name: &str) -> Result<Vec<Workspace>> {
    fetch_all!(
        tx,
        Workspace,
        "SELECT id, name, zone, lateness_window_min, created_at FROM workspace
         WHERE name = $1 AND deleted_at IS NULL ORDER BY id",
        name,
    )
}

/// False when it is deleted.
pub async fn update(
    tx: &mut Tx,
    id: WorkspaceId,
    name: &str,
    zone: &str,
    lateness_window_min: i64,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE workspace SET name = $2, zone = $3, lateness_window_min = $4 WHERE id = $1 AND deleted_at IS NULL",
        id,
        name,
        zone,
        lateness_window_min,
    )?;
    Ok(changed > 0)
}

/// Holds the workspace's row until the end of the transaction: two changes of its members come one after the other.
pub async fn lock(tx: &mut Tx, id: WorkspaceId) -> Result<()> {
    execute!(tx, "UPDATE workspace SET zone = zone WHERE id = $1", id)?;
    Ok(())
}
