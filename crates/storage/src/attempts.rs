//! The ledger: one row for each try at publishing a target. Every write is fenced by the target's live attempt.

use crate::db::Tx;
use crate::error::Result;
use chrono::{DateTime, Utc};
use model::state::{Reason, Stage};
use model::{AttemptId, TargetId, WorkspaceId};
use sqlx::types::Json;

/// A row of the ledger.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AttemptRow {
    pub id: AttemptId,
    pub workspace_id: WorkspaceId,
    pub target_id: TargetId,
    pub number: i64,
    pub revision: i64,
    pub worker: String,
    pub stage: Stage,
    pub payload: Json<serde_json::Value>,
    pub payload_hash: Vec<u8>,
    pub progress: Json<serde_json::Value>,
    pub started_at: DateTime<Utc>,
    pub committing_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub outcome: Option<String>,
    pub reason: Option<Json<Reason>>,
}

/// Opens an attempt, in the transaction of the claim.
pub async fn insert(tx: &mut Tx, attempt: &AttemptRow) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO attempt (id, workspace_id, target_id, number, revision, worker, stage, payload, payload_hash,
                              progress, started_at, committing_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        attempt.id,
        attempt.workspace_id,
        attempt.target_id,
        attempt.number,
        attempt.revision,
        &attempt.worker,
        attempt.stage,
        &attempt.payload,
        &attempt.payload_hash,
        &attempt.progress,
        attempt.started_at,
        attempt.committing_at,
    )?;
    Ok(())
}

pub async fn get(tx: &mut Tx, workspace: WorkspaceId, id: AttemptId) -> Result<Option<AttemptRow>> {
    fetch_optional!(
        tx,
        AttemptRow,
        "SELECT * FROM attempt WHERE id = $1 AND workspace_id = $2",
        id,
        workspace
    )
}

/// The latest attempt of a target.
pub async fn latest(tx: &mut Tx, workspace: WorkspaceId, target: TargetId) -> Result<Option<AttemptRow>> {
    fetch_optional!(
        tx,
        AttemptRow,
        "SELECT * FROM attempt WHERE target_id = $1 AND workspace_id = $2 ORDER BY number DESC LIMIT 1",
        target,
        workspace,
    )
}

/// Whether an earlier attempt of the target may have reached the platform with this content.
pub async fn may_have_committed(
    tx: &mut Tx,
    workspace: WorkspaceId,
    target: TargetId,
    except: AttemptId,
    payload_hash: &[u8],
) -> Result<bool> {
    let row = fetch_optional!(
        tx,
        (AttemptId,),
        "SELECT id FROM attempt WHERE target_id = $1 AND workspace_id = $2 AND id <> $3 AND payload_hash = $4
         AND committing_at IS NOT NULL LIMIT 1",
        target,
        workspace,
        except,
        payload_hash,
    )?;
    Ok(row.is_some())
}

/// When the first commit of this content was sent for the target, whatever became of it.
pub async fn first_commit(
    tx: &mut Tx,
    workspace: WorkspaceId,
    target: TargetId,
    payload_hash: &[u8],
) -> Result<Option<DateTime<Utc>>> {
    let (at,) = fetch_one!(
        tx,
        (Option<DateTime<Utc>>,),
        "SELECT MIN(committing_at) FROM attempt WHERE target_id = $1 AND workspace_id = $2 AND payload_hash = $3",
        target,
        workspace,
        payload_hash,
    )?;
    Ok(at)
}

/// Stores what the platform returned, and the stage.
pub async fn store_progress(
    tx: &mut Tx,
    id: AttemptId,
    stage: Stage,
    progress: &serde_json::Value,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE attempt SET stage = $2, progress = $3 WHERE id = $1 AND ended_at IS NULL",
        id,
        stage,
        Json(progress),
    )?;
    Ok(())
}

/// Writes that the commit may be sent now.
pub async fn set_committing(tx: &mut Tx, id: AttemptId, now: DateTime<Utc>) -> Result<()> {
    execute!(
        tx,
        "UPDATE attempt SET stage = $2, committing_at = $3 WHERE id = $1 AND ended_at IS NULL",
        id,
        Stage::Committing,
        now,
    )?;
    Ok(())
}

/// Closes an attempt with its outcome. An attempt whose answer came is `answered`; others keep the stage they had reached.
pub async fn end(
    tx: &mut Tx,
    id: AttemptId,
    answered: bool,
    outcome: &str,
    reason: Option<&Reason>,
    now: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE attempt SET stage = CASE WHEN $2 THEN 'answered' ELSE stage END, ended_at = $3, outcome = $4,
                reason = $5
         WHERE id = $1 AND ended_at IS NULL",
        id,
        answered,
        now,
        outcome,
        reason.map(Json),
    )?;
    Ok(())
}

/// Adds what looking found about an attempt that had ended without an answer.
pub async fn set_outcome(tx: &mut Tx, id: AttemptId, outcome: &str) -> Result<()> {
    execute!(tx, "UPDATE attempt SET outcome = $2 WHERE id = $1", id, outcome)?;
    Ok(())
}
