//! The two writes that every post takes, on the target and in the ledger together: the claim, and that it is out.
//!
//! On PostgreSQL each is one statement, and so a transaction of one round trip.

use crate::attempts::{self, AttemptRow};
use crate::db::{EngineConn, Tx};
use crate::error::Result;
use crate::publishing::PublishRow;
use chrono::{DateTime, Utc};
use model::{AttemptId, TargetState};

/// What a claim writes beside the ledger's row, which names target, workspace, revision, worker and number.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    pub lease_until: DateTime<Utc>,
    /// When the post counts as made, if this is its first claim.
    pub created_at: DateTime<Utc>,
    pub now: DateTime<Utc>,
}

macro_rules! claim_target {
    () => {
        "UPDATE target SET state = 'publishing', attempt_id = $1, lease_owner = $2, lease_until = $3,
                next_attempt_at = $3, queued_until = NULL, attempts = attempts + 1, reason = NULL,
                absent_seen_at = NULL, publish_created_at = COALESCE(publish_created_at, $8), updated_at = $4
         WHERE id = $5 AND workspace_id = $6 AND state = 'scheduled' AND revision = $7 AND attempts = $9 - 1
           AND due_at <= $4 AND next_attempt_at <= $4
           AND EXISTS (SELECT 1 FROM account a
                       JOIN platform_grant g ON g.id = a.grant_id
                       JOIN workspace w ON w.id = a.workspace_id
                       WHERE a.id = target.account_id AND a.disconnected_at IS NULL AND a.paused = FALSE
                         AND a.refused IS NULL AND g.needs_reconnect = FALSE AND g.revoked_at IS NULL
                         AND w.deleted_at IS NULL)"
    };
}

/// Takes a due target for one attempt and opens it in the ledger. `false`: somebody else has it or had it since it was read, it
/// changed, or its account, grant or workspace is no longer live; there is nothing to do then.
pub async fn claim(tx: &mut Tx, claim: &Claim, attempt: &AttemptRow) -> Result<bool> {
    macro_rules! bound {
        ($engine:ty, $sql:expr) => {
            sqlx::query::<$engine>($sql)
                .bind(attempt.id)
                .bind(&attempt.worker)
                .bind(claim.lease_until)
                .bind(claim.now)
                .bind(attempt.target_id)
                .bind(attempt.workspace_id)
                .bind(attempt.revision)
                .bind(claim.created_at)
                .bind(attempt.number)
        };
    }
    match tx.as_engine() {
        EngineConn::Sqlite(conn) => {
            let done = bound!(sqlx::Sqlite, claim_target!()).execute(conn).await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
            attempts::insert(tx, attempt).await?;
            Ok(true)
        }
        EngineConn::Postgres(conn) => {
            let sql = concat!(
                "WITH claimed AS (",
                claim_target!(),
                " RETURNING id)
                 INSERT INTO attempt (id, workspace_id, target_id, number, revision, worker, stage, payload, payload_hash,
                                      progress, started_at, committing_at)
                 SELECT $1, $6, id, $9, $7, $2, $10, $11, $12, $13, $14, $15 FROM claimed"
            );
            let done = bound!(sqlx::Postgres, sql)
                .bind(attempt.stage)
                .bind(&attempt.payload)
                .bind(&attempt.payload_hash)
                .bind(&attempt.progress)
                .bind(attempt.started_at)
                .bind(attempt.committing_at)
                .execute(conn)
                .await?;
            Ok(done.rows_affected() == 1)
        }
    }
}

/// The post as the platform has it.
#[derive(Clone, Debug)]
pub struct Remote {
    pub id: String,
    pub url: Option<String>,
    pub published_at: DateTime<Utc>,
}

macro_rules! publish_target {
    () => {
        "UPDATE target SET state = $1, remote_id = $2, remote_url = $3, published_at = $4, updated_at = $5,
                next_attempt_at = CASE WHEN delete_requested_at IS NULL THEN NULL ELSE $5 END,
                queued_until = NULL, lease_owner = NULL, lease_until = NULL, attempt_id = NULL, reason = NULL,
                asks = FALSE, absent_seen_at = NULL
         WHERE id = $6 AND workspace_id = $7 AND attempt_id = $8 AND state = $9
           AND NOT EXISTS (SELECT 1 FROM target o
                           WHERE o.account_id = target.account_id AND o.workspace_id = $7 AND o.remote_id = $2)"
    };
}

/// Runs `publish_target!`, alone or within a longer `sql`; gives the rows changed.
async fn run_published(
    tx: &mut Tx,
    sql: &'static str,
    row: &PublishRow,
    attempt: AttemptId,
    remote: &Remote,
    now: DateTime<Utc>,
) -> Result<u64> {
    execute!(
        tx,
        sql,
        TargetState::Published,
        &remote.id,
        &remote.url,
        remote.published_at,
        now,
        row.id,
        row.workspace_id,
        attempt,
        row.state,
    )
}

/// Writes that it is out, fenced by the attempt, which keeps its outcome in the ledger. `false`: it is not ours any more, or
/// another target of the account has this remote post already ([`remote_taken`](crate::publishing::remote_taken) tells which).
pub async fn write_published(
    tx: &mut Tx,
    row: &PublishRow,
    attempt: AttemptId,
    remote: &Remote,
    now: DateTime<Utc>,
) -> Result<bool> {
    Ok(run_published(tx, publish_target!(), row, attempt, remote, now).await? == 1)
}

/// The same when the platform has just answered: the attempt ends with it.
pub async fn publish_and_end(
    tx: &mut Tx,
    row: &PublishRow,
    attempt: AttemptId,
    remote: &Remote,
    now: DateTime<Utc>,
) -> Result<bool> {
    if matches!(tx.as_engine(), EngineConn::Sqlite(_)) {
        let written = write_published(tx, row, attempt, remote, now).await?;
        if written {
            attempts::end(tx, attempt, true, "published", None, now).await?;
        }
        return Ok(written);
    }
    let sql = concat!(
        "WITH done AS (",
        publish_target!(),
        " RETURNING id)
         UPDATE attempt SET stage = 'answered', ended_at = $5, outcome = 'published', reason = NULL
         FROM done WHERE attempt.id = $8 AND attempt.target_id = done.id"
    );
    Ok(run_published(tx, sql, row, attempt, remote, now).await? == 1)
}
