//! How the syncs of a workspace went, for operators.

use crate::db::Tx;
use crate::error::Result;
use chrono::{DateTime, Utc};
use model::state::Reason;
use model::{AccountId, WorkspaceId};
use sqlx::types::Json;

/// Runs that have ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Ended {
    pub runs: i64,
    /// Something was wrong with all of it or a part.
    pub failed: i64,
}

/// How many runs ended at `since` or later.
pub async fn ended(tx: &mut Tx, workspace: WorkspaceId, since: DateTime<Utc>) -> Result<Ended> {
    fetch_one!(
        tx,
        Ended,
        "SELECT COUNT(*) AS runs, COUNT(reason) AS failed FROM sync_run WHERE workspace_id = $1 AND ended_at >= $2",
        workspace,
        since,
    )
}

/// In milliseconds, of the newest `limit` runs that ended at `since` or later.
pub async fn durations(
    tx: &mut Tx,
    workspace: WorkspaceId,
    since: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<i64>> {
    let runs = fetch_all!(
        tx,
        (DateTime<Utc>, DateTime<Utc>),
        "SELECT started_at, ended_at FROM sync_run
         WHERE workspace_id = $1 AND ended_at >= $2 ORDER BY ended_at DESC LIMIT $3",
        workspace,
        since,
        limit,
    )?;
    Ok(runs.into_iter().map(|(started, ended)| (ended - started).num_milliseconds().max(0)).collect())
}

/// An account with failed runs.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Faulty {
    pub account_id: AccountId,
    pub failed: i64,
    /// Of the newest that failed.
    pub reason: Json<Reason>,
    pub ended_at: DateTime<Utc>,
}

/// The accounts whose runs failed at `since` or later, the one with the most failures first.
pub async fn faulty(
    tx: &mut Tx,
    workspace: WorkspaceId,
    since: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Faulty>> {
    fetch_all!(
        tx,
        Faulty,
        "SELECT account_id, failed, reason, ended_at FROM (
             SELECT account_id, reason, ended_at, COUNT(*) OVER (PARTITION BY account_id) AS failed,
                    ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY ended_at DESC, id DESC) AS place
             FROM sync_run WHERE workspace_id = $1 AND ended_at >= $2 AND reason IS NOT NULL) AS newest
         WHERE place = 1 ORDER BY failed DESC, ended_at DESC, account_id LIMIT $3",
        workspace,
        since,
        limit,
    )
}
