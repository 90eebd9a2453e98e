//! What the workers of all queues share: how a queue is served on either engine, and starting again whenever one ends, since one
//! database error ends it.

use apalis::prelude::BoxDynError;
use futures::stream;
use std::future::Future;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Jobs fetched at once; few, so that several workers share a burst.
pub(crate) const BATCH: usize = 16;
/// apalis re-enqueues jobs of workers silent for twice this. What a job is about is claimed once all the same.
pub(crate) const QUEUE_HEARTBEAT: Duration = Duration::from_secs(10);

/// Serves the queue `$queue` of jobs `$job` until `$stop`; `$worker` builds the worker over `$backend`.
///
/// Fetching marks a job as this worker's. apalis would mark it once more when it starts, in a transaction of its own:
/// `lock_tasks`.
macro_rules! serve {
    ($context:expr, $queue:expr, $job:ty, $strategy:expr, $stop:expr, |$backend:ident| $worker:expr) => {
        if let Some(pool) = $context.db.sqlite_writer() {
            let config = apalis_sqlite::Config::default()
                .queue($queue)
                .batch_size($crate::queue_worker::BATCH)
                .heartbeat_interval($crate::queue_worker::QUEUE_HEARTBEAT)
                .lock_tasks(false)
                .persist_results(true);
            let $backend = apalis_sqlite::SqliteStorage::<$job>::new(pool)
                .with_config(config)
                .poll_with_strategy($strategy);
            $worker.run_until($stop).await?;
        } else if let Some(pool) = $context.db.postgres() {
            let config = apalis_postgres::Config::default()
                .queue($queue)
                .batch_size($crate::queue_worker::BATCH)
                .heartbeat_interval($crate::queue_worker::QUEUE_HEARTBEAT)
                .missed_heartbeats(2)
                .lock_tasks(false)
                .persist_results(true);
            let $backend = apalis_postgres::PostgresStorage::<$job>::new(pool)
                .with_config(config)
                .poll_with_strategy($strategy);
            $worker.run_until($stop).await?;
        }
    };
}
pub(crate) use serve;

/// Runs a worker, and another with a new name whenever it ends, until cancelled.
pub(crate) async fn keep_up<F>(name: &str, cancel: &CancellationToken, mut one: impl FnMut(String) -> F)
where
    F: Future<Output = Result<(), BoxDynError>>,
{
    let mut restarts = 0_u32;
    while !cancel.is_cancelled() {
        let started = tokio::time::Instant::now();
        let ended = one(format!("{name}-{restarts}")).await;
        if cancel.is_cancelled() {
            return;
        }
        tracing::warn!(worker = name, ?ended, "the queue's worker ended; starting another");
        restarts += 1;
        let quiet = if started.elapsed() > Duration::from_secs(30) { 0 } else { restarts.min(6) };
        let wait = Duration::from_millis(100) * 2_u32.pow(quiet);
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Ends when cancelled, as apalis wants to be told.
pub(crate) async fn stopped(cancel: CancellationToken) -> Result<(), std::io::Error> {
    cancel.cancelled().await;
    Ok(())
}

/// A stream that yields whenever something was pushed.
pub(crate) fn rings(pushed: &watch::Sender<()>) -> BoxSyncStream {
    let receiver = pushed.subscribe();
    Box::pin(stream::unfold(receiver, |mut receiver| async move {
        receiver.changed().await.ok().map(|()| ((), receiver))
    }))
}

type BoxSyncStream = std::pin::Pin<Box<dyn stream::Stream<Item = ()> + Send + Sync>>;
