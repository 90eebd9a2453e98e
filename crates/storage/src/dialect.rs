//! The few places where the engines differ.

use crate::db::{EngineConn, Tx};
use crate::error::Result;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use model::clock::Clock;
use model::{MediaId, WorkspaceId};

/// The database server's clock. SQLite runs in this process: its clock is the machine's.
pub async fn database_now(tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
    match tx.as_engine() {
        EngineConn::Sqlite(_) => Ok(None),
        EngineConn::Postgres(conn) => {
            let (now,): (DateTime<Utc>,) = sqlx::query_as("SELECT clock_timestamp()").fetch_one(conn).await?;
            Ok(Some(now.trunc_subsecs(3)))
        }
    }
}

/// How far the database server's clock is ahead of `clock`; none on SQLite, which has no other.
pub async fn clock_offset(tx: &mut Tx, clock: &dyn Clock) -> Result<Option<TimeDelta>> {
    let before = clock.now();
    let Some(theirs) = database_now(tx).await? else { return Ok(None) };
    // The answer was made about half a round trip ago.
    let trip = clock.now() - before;
    Ok(Some(theirs - before - trip / 2))
}

/// Keeps others from changing these media until the transaction ends; who is changing one now is waited for. SQLite has one
/// writer anyway.
pub(crate) async fn hold_media(tx: &mut Tx, workspace: WorkspaceId, media: &[MediaId]) -> Result<()> {
    match tx.as_engine() {
        EngineConn::Sqlite(_) => {}
        EngineConn::Postgres(conn) => {
            let ids: Vec<_> = media.iter().map(|id| id.0).collect();
            sqlx::query(
                "SELECT id FROM media WHERE workspace_id = $1 AND id = ANY($2) ORDER BY id FOR SHARE",
            )
            .bind(workspace)
            .bind(ids)
            .execute(conn)
            .await?;
        }
    }
    Ok(())
}

/// Lets one transaction at a time go on from here, until it ends; for checks that span rows which don't exist yet. SQLite has
/// one writer anyway.
pub async fn advisory_lock(tx: &mut Tx, key: i64) -> Result<()> {
    match tx.as_engine() {
        EngineConn::Sqlite(_) => {}
        EngineConn::Postgres(conn) => {
            sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(key).execute(conn).await?;
        }
    }
    Ok(())
}
