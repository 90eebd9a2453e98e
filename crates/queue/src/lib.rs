//! Job payloads, and enqueueing in the caller's own transaction, so that a job exists exactly when its cause does.
//!
//! The queue only carries work that is due now: losing every row of it loses nothing, because what is due is read from the targets and from the
//! runs of syncs.

use apalis_core::task::builder::TaskBuilder;
use model::{SyncRunId, TargetId};
use serde::{Deserialize, Serialize};
use storage::publishing::TOGETHER;
use storage::{EngineConn, StorageError, Tx};

/// The name of the queue of [`Advance`]; a new one when its form changes, since a worker stops at a job that it can't read.
pub const PUBLISH_QUEUE: &str = "fanfare.advance";

/// The PostgreSQL channel that tells other processes' timers that something may be due sooner.
pub const DUE_CHANNEL: &str = "fanfare_due";

/// Do for each of these targets, side by side, whatever is due: claim and publish, go on, settle, delete. A few in one job, because
/// the queue's own writes would cost as much as theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advance {
    pub targets: Vec<TargetId>,
}

#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("job queue: {0}")]
    Sqlite(#[from] apalis_sqlite::Error),
    #[error("job queue: {0}")]
    Postgres(#[from] apalis_postgres::Error),
    #[error("job payload: {0}")]
    Payload(#[from] serde_json::Error),
}

/// Enqueues jobs for the targets; nothing is enqueued if the transaction rolls back.
pub async fn push_advance(tx: &mut Tx, targets: &[TargetId]) -> Result<(), QueueError> {
    push(tx, PUBLISH_QUEUE, targets.chunks(TOGETHER).map(|few| Advance { targets: few.to_vec() })).await
}

/// The name of the queue of [`Sync`]: another than that of publishing, which nothing may hold up.
pub const SYNC_QUEUE: &str = "fanfare.sync";

/// Do these syncs, if nobody has yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sync {
    pub runs: Vec<SyncRunId>,
}

/// Syncs of one job.
const SYNCS_TOGETHER: usize = 8;

/// Enqueues jobs for the syncs; nothing is enqueued if the transaction rolls back.
pub async fn push_sync(tx: &mut Tx, runs: &[SyncRunId]) -> Result<(), QueueError> {
    push(tx, SYNC_QUEUE, runs.chunks(SYNCS_TOGETHER).map(|few| Sync { runs: few.to_vec() })).await
}

async fn push<J: Serialize>(
    tx: &mut Tx,
    queue: &str,
    jobs: impl Iterator<Item = J>,
) -> Result<(), QueueError> {
    let mut tasks = Vec::new();
    for job in jobs {
        // One try: attempts and waits are in the row of what the job is about.
        tasks.push(TaskBuilder::new(serde_json::to_vec(&job)?).max_attempts(1).build());
    }
    if tasks.is_empty() {
        return Ok(());
    }
    match tx.as_engine() {
        EngineConn::Sqlite(conn) => {
            apalis_sqlite::queries::push_tasks(conn, queue, &tasks).await?;
        }
        EngineConn::Postgres(conn) => {
            apalis_postgres::queries::push_tasks(conn, queue, tasks).await?;
        }
    }
    Ok(())
}

/// Tells every worker process, when the transaction commits, to look again for what is due. On SQLite nothing is sent: the timer of
/// another process looks every half second.
pub async fn notify_due(tx: &mut Tx) -> Result<(), QueueError> {
    if let EngineConn::Postgres(conn) = tx.as_engine() {
        sqlx::query("SELECT pg_notify($1, '')")
            .bind(DUE_CHANNEL)
            .execute(conn)
            .await
            .map_err(StorageError::from)?;
    }
    Ok(())
}

/// Deletes finished jobs older than `before` (seconds since 1970); gives their number.
pub async fn prune(tx: &mut Tx, before: i64) -> Result<u64, QueueError> {
    let done = match tx.as_engine() {
        EngineConn::Sqlite(conn) => {
            sqlx::query("DELETE FROM Jobs WHERE status IN ('Done', 'Killed', 'Failed') AND done_at < $1")
                .bind(before)
                .execute(conn)
                .await
                .map_err(StorageError::from)?
                .rows_affected()
        }
        EngineConn::Postgres(conn) => sqlx::query(
            "DELETE FROM apalis.jobs WHERE status IN ('Done', 'Killed', 'Failed') AND done_at < to_timestamp($1)",
        )
        .bind(before)
        .execute(conn)
        .await
        .map_err(StorageError::from)?
        .rows_affected(),
    };
    Ok(done)
}

/// Deletes every job. Publishing stays right without them; a test shows it.
pub async fn clear(tx: &mut Tx) -> Result<u64, QueueError> {
    let done = match tx.as_engine() {
        EngineConn::Sqlite(conn) => {
            sqlx::query("DELETE FROM Jobs").execute(conn).await.map_err(StorageError::from)?.rows_affected()
        }
        EngineConn::Postgres(conn) => sqlx::query("DELETE FROM apalis.jobs")
            .execute(conn)
            .await
            .map_err(StorageError::from)?
            .rows_affected(),
    };
    Ok(done)
}
