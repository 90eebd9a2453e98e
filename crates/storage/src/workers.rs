//! Heartbeats of worker processes.

use crate::db::Tx;
use crate::error::Result;
use chrono::{DateTime, Utc};

/// Writes a heartbeat, the first one too.
pub async fn beat(tx: &mut Tx, name: &str, version: &str, now: DateTime<Utc>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO worker (name, version, started_at, heartbeat_at) VALUES ($1, $2, $3, $3)
         ON CONFLICT (name) DO UPDATE SET heartbeat_at = $3",
        name,
        version,
        now,
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

/// The latest heartbeat of any worker.
pub async fn latest(tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
    let (at,) = fetch_one!(tx, (Option<DateTime<Utc>>,), "SELECT MAX(heartbeat_at) FROM worker")?;
    Ok(at)
}
