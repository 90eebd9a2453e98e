//! The apalis worker of the publish queue, restarted with a new name whenever it ends: one database error ends it.

use crate::WorkerOptions;
use crate::hands::Hands;
use crate::pulse::Pulse;
use apalis::prelude::{BoxDynError, Data, WorkerBuilder, WorkerBuilderExt};
use apalis_core::backend::ext::BackendExt;
use apalis_core::backend::ext::poll_strategy::Strategy;
use apalis_core::worker::ext::event_listener::EventListenerExt;
use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use futures::stream;
use queue::{Advance, PUBLISH_QUEUE};
use service::Context;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How often the queue is looked at when nobody rang.
const POLL: Duration = Duration::from_secs(1);
/// Jobs fetched at once; few, so that several workers share a burst.
const BATCH: usize = 16;
// Fetching marks a job as this worker's. apalis would mark it once more when it starts, in a transaction of its own: `lock_tasks`.
/// apalis re-enqueues jobs of workers silent for twice this. A target taken meanwhile is claimed once all the same.
pub(crate) const QUEUE_HEARTBEAT: Duration = Duration::from_secs(10);

/// Runs until cancelled.
pub(crate) async fn run(
    context: Context,
    hands: Hands,
    options: WorkerOptions,
    pushed: Arc<watch::Sender<()>>,
    pulse: Pulse,
    cancel: CancellationToken,
) {
    let mut restarts = 0_u32;
    while !cancel.is_cancelled() {
        let name = format!("{}-{restarts}", options.name);
        let started = tokio::time::Instant::now();
        let ended = one(&context, &hands, &options, name, &pushed, &pulse, cancel.clone()).await;
        pulse.lost();
        if cancel.is_cancelled() {
            break;
        }
        tracing::warn!(?ended, "the queue's worker ended; starting another");
        restarts += 1;
        let quiet = if started.elapsed() > Duration::from_secs(30) { 0 } else { restarts.min(6) };
        let wait = Duration::from_millis(100) * 2_u32.pow(quiet);
        tokio::select! {
            () = cancel.cancelled() => break,
            () = tokio::time::sleep(wait) => {}
        }
    }
    hands.put_down().await;
}

async fn one(
    context: &Context,
    hands: &Hands,
    options: &WorkerOptions,
    name: String,
    pushed: &watch::Sender<()>,
    pulse: &Pulse,
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
            .data(hands.clone())
            .data(pulse.clone())
            .on_event(pulse.listener())
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
            .data(hands.clone())
            .data(pulse.clone())
            .on_event(pulse.listener())
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

/// One job: whatever is due for its targets. A fault of ours is logged and the job is done: the target itself says when it is
/// looked at again.
async fn advance(job: Advance, hands: Data<Hands>, pulse: Data<Pulse>) -> Result<(), BoxDynError> {
    let _in_hand = pulse.job();
    hands.advance(&job.targets).await;
    Ok(())
}
