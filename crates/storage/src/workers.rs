//! Heartbeats of worker processes.

use crate::db::Tx;
use crate::error::Result;
use chrono::{DateTime, Utc};

/// Writes a heartbeat, the first one too.
pub async fn beat(tx: &mut Tx, name: &str, version: &str, serves: bool, now: DateTime<Utc>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO worker (name, version, serves, started_at, heartbeat_at) VALUES ($1, $2, $4, $3, $3)
         ON CONFLICT (name) DO UPDATE SET heartbeat_at = $3",
        name,
        version,
        now,
        serves,
    )?;
    Ok(())
}

/// Takes a worker off the list on an orderly end.
pub async fn leave(tx: &mut Tx, name: &str) -> Result<()> {
    execute!(tx, "DELETE FROM worker WHERE name = $1", name)?;
    Ok(())
}

/// Forgets workers whose last heartbeat is older than `before`.
pub async fn forget(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64> {
    execute!(tx, "DELETE FROM worker WHERE heartbeat_at < $1", before)
}

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WorkerRow {
    pub name: String,
    pub version: String,
    /// Its process serves pages as well.
    pub serves: bool,
    pub started_at: DateTime<Utc>,
    pub heartbeat_at: DateTime<Utc>,
}

/// All that have not signed off, the one heard of last first.
pub async fn list(tx: &mut Tx) -> Result<Vec<WorkerRow>> {
    fetch_all!(
        tx,
        WorkerRow,
        "SELECT name, version, serves, started_at, heartbeat_at FROM worker ORDER BY heartbeat_at DESC, name LIMIT 100"
    )
}

/// The latest heartbeat of any worker.
pub async fn latest(tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
    let (at,) = fetch_one!(tx, (Option<DateTime<Utc>>,), "SELECT MAX(heartbeat_at) FROM worker")?;
    Ok(at)
}
