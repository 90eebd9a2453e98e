//! How much waits and is under way, for operators: targets and syncs, of a workspace or of all.

use crate::db::Tx;
use crate::error::Result;
use chrono::{DateTime, Utc};
use model::WorkspaceId;

/// Targets that something is to be done for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TargetsWaiting {
    /// Scheduled, and their time has come.
    pub due: i64,
    /// Scheduled for later.
    pub later: i64,
    pub going_out: i64,
    /// Being looked for at the platform; not those that a person has to decide.
    pub unknown: i64,
    /// Since when the one that waits longest is due.
    pub oldest_due: Option<DateTime<Utc>>,
}

macro_rules! count_targets {
    ($rest:literal) => {
        concat!(
            "SELECT COUNT(CASE WHEN state = 'scheduled' AND next_attempt_at <= $1 THEN 1 END) AS due,
                    COUNT(CASE WHEN state = 'scheduled' AND next_attempt_at > $1 THEN 1 END) AS later,
                    COUNT(CASE WHEN state = 'publishing' THEN 1 END) AS going_out,
                    COUNT(CASE WHEN state = 'unknown' THEN 1 END) AS unknown,
                    MIN(CASE WHEN next_attempt_at <= $1 THEN next_attempt_at END) AS oldest_due
             FROM target WHERE next_attempt_at IS NOT NULL",
            $rest
        )
    };
}

/// Of a workspace.
pub async fn targets(tx: &mut Tx, workspace: WorkspaceId, now: DateTime<Utc>) -> Result<TargetsWaiting> {
    fetch_one!(
        tx,
        TargetsWaiting,
        // The states are those of an index; without them all that was ever published would be read.
        count_targets!(" AND workspace_id = $2 AND state IN ('scheduled', 'publishing', 'unknown')"),
        now,
        workspace,
    )
}

/// Of all workspaces together.
pub async fn all_targets(tx: &mut Tx, now: DateTime<Utc>) -> Result<TargetsWaiting> {
    fetch_one!(tx, TargetsWaiting, count_targets!(""), now)
}

/// Syncs that have not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SyncsWaiting {
    /// No worker has taken them up, and their time has come.
    pub due: i64,
    pub running: i64,
}

macro_rules! count_syncs {
    ($rest:literal) => {
        concat!(
            "SELECT COUNT(CASE WHEN lease_owner IS NULL AND next_at <= $1 THEN 1 END) AS due, COUNT(lease_owner) AS running
             FROM sync_run WHERE next_at IS NOT NULL",
            $rest
        )
    };
}

/// Of a workspace.
pub async fn syncs(tx: &mut Tx, workspace: WorkspaceId, now: DateTime<Utc>) -> Result<SyncsWaiting> {
    fetch_one!(tx, SyncsWaiting, count_syncs!(" AND workspace_id = $2"), now, workspace)
}

/// Of all workspaces together.
pub async fn all_syncs(tx: &mut Tx, now: DateTime<Utc>) -> Result<SyncsWaiting> {
    fetch_one!(tx, SyncsWaiting, count_syncs!(""), now)
}
