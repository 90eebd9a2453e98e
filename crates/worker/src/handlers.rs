//! The apalis worker of the publish queue, restarted with a new name whenever it ends: one database error ends it.

use crate::WorkerOptions;
use apalis::prelude::{BoxDynError, Data, WorkerBuilder, WorkerBuilderExt};
use apalis_core::backend::ext::BackendExt;
use apalis_core::backend::ext::poll_strategy::Strategy;
use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use futures::stream;
use queue::{Advance, PUBLISH_QUEUE};
use service::Context;
use service::publishing::{Advanced, Publisher};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How often the queue is looked at when nobody rang.
const POLL: Duration = Duration::from_secs(1);
/// Jobs fetched at once: more than run at once, so that a free place needn't wait for the database.
const BATCH: usize = 256;
// Fetching marks a job as this worker's. apalis would mark it once more when it starts, in a transaction of its own: `lock_tasks`.
/// apalis re-enqueues jobs of workers silent for twice this. A target taken meanwhile is claimed once all the same.
const QUEUE_HEARTBEAT: Duration = Duration::from_secs(10);

/// Runs until cancelled.
pub(crate) async fn run(
    context: Context,
    publisher: Publisher,
    options: WorkerOptions,
    pushed: Arc<watch::Sender<()>>,
    cancel: CancellationToken,
) {
    let mut restarts = 0_u32;
    while !cancel.is_cancelled() {
        let name = format!("{}-{restarts}", options.name);
        let started = tokio::time::Instant::now();
        let ended = one(&context, &publisher, &options, name, &pushed, cancel.clone()).await;
        if cancel.is_cancelled() {
            return;
        }
        tracing::warn!(?ended, "the queue's worker ended; starting another");
        restarts += 1;
        let quiet = if started.elapsed() > Duration::from_secs(30) { 0 } else { restarts.min(6) };
        let wait = Duration::from_millis(100) * 2_u32.pow(quiet);
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
    }
}

async fn one(
    context: &Context,
    publisher: &Publisher,
    options: &WorkerOptions,
    name: String,
    pushed: &watch::Sender<()>,
    cancel: CancellationToken,
) -> Result<(), BoxDynError> {
    let rung = rings(pushed);
    let strategy = Strategy::new().stream(rung).interval(POLL);
    let stop = async move {
        cancel.cancelled().await;
        Ok::<(), std::io::Error>(())
    };
    if let Some(pool) = context.db.sqlite_writer() {
        let config = apalis_sqlite::Config::default()
            .queue(PUBLISH_QUEUE)
            .batch_size(BATCH)
            .heartbeat_interval(QUEUE_HEARTBEAT)
            .lock_tasks(false)
            .persist_results(true);
        let backend = SqliteStorage::<Advance>::new(pool).with_config(config).poll_with_strategy(strategy);
        WorkerBuilder::new(name)
            .backend(backend)
            .concurrency(options.concurrency)
            .data(publisher.clone())
            .build(advance)
            .run_until(stop)
            .await?;
    } else if let Some(pool) = context.db.postgres() {
        let config = apalis_postgres::Config::default()
            .queue(PUBLISH_QUEUE)
            .batch_size(BATCH)
            .heartbeat_interval(QUEUE_HEARTBEAT)
            .missed_heartbeats(2)
            .lock_tasks(false)
            .persist_results(true);
        let backend = PostgresStorage::<Advance>::new(pool).with_config(config).poll_with_strategy(strategy);
        WorkerBuilder::new(name)
            .backend(backend)
            .concurrency(options.concurrency)
            .data(publisher.clone())
            .build(advance)
            .run_until(stop)
            .await?;
    }
    Ok(())
}

/// A stream that yields whenever the timer has pushed.
fn rings(pushed: &watch::Sender<()>) -> BoxSyncStream {
    let receiver = pushed.subscribe();
    Box::pin(stream::unfold(receiver, |mut receiver| async move {
        receiver.changed().await.ok().map(|()| ((), receiver))
    }))
}

type BoxSyncStream = std::pin::Pin<Box<dyn stream::Stream<Item = ()> + Send + Sync>>;

/// One job: whatever is due for its target. A fault of ours is logged and the job is done: the target itself says when it is
/// looked at again.
async fn advance(job: Advance, publisher: Data<Publisher>) -> Result<(), BoxDynError> {
    let started = tokio::time::Instant::now();
    match publisher.advance(job.target).await {
        Ok(Advanced::Nothing) => {}
        Ok(Advanced::To(state)) => {
            metrics::counter!("fanfare_targets_advanced_total", "state" => state.key()).increment(1);
            metrics::histogram!("fanfare_advance_seconds").record(started.elapsed());
        }
        Err(error) => tracing::error!(target.id = %job.target, %error, "advancing a target failed"),
    }
    Ok(())
}
