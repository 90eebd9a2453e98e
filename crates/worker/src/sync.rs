//! Syncs: a timer that enqueues those that are due, and the apalis worker of their queue. Few run at once, and fewer at one host,
//! so that they neither flood a platform nor hold up publishing.

use crate::WorkerOptions;
use crate::news::News;
use crate::queue_worker::{keep_up, rings, serve, stopped};
use apalis::prelude::{BoxDynError, Data, WorkerBuilder, WorkerBuilderExt};
use apalis_core::backend::ext::BackendExt;
use apalis_core::backend::ext::poll_strategy::Strategy;
use futures::future::join_all;
use model::live::Topic;
use model::{Platform, SyncRunId};
use queue::{SYNC_QUEUE, Sync};
use service::Context;
use service::sync::{SyncError, Synced, Syncer};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, Semaphore, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Syncs at once.
const AT_ONCE: usize = 8;
/// Of these, at one host.
const AT_ONE_HOST: usize = 4;
/// Runs that a process may have in hand, waiting for their turn.
const IN_HAND: usize = 64;
/// Jobs at once: each waits for the syncs of its runs.
const JOBS: usize = 16;
/// Between two looks for due runs; nobody rings, since nothing of it is urgent.
const LOOK: Duration = Duration::from_secs(1);
/// So long after a look what it found is in hand. Where there was more to do than room, the next one comes when half of it is done.
const SOON: Duration = Duration::from_millis(20);
/// How often the queue is looked at when this process has pushed nothing.
const POLL: Duration = Duration::from_secs(5);

/// Runs until cancelled. What is under way then is given up, and taken up again when its lease has ended.
pub(crate) async fn run(
    context: Context,
    syncer: Syncer,
    news: News,
    options: WorkerOptions,
    cancel: CancellationToken,
) {
    let (pushed, _) = watch::channel(());
    let turns = Turns::new(syncer, news, cancel.clone());
    let name = format!("{}-sync", options.name);
    let serving = keep_up(&name, &cancel, |name| one(&context, &turns, name, &pushed, cancel.clone()));
    tokio::join!(serving, keep_looking(&turns, &pushed, &cancel));
}

async fn one(
    context: &Context,
    turns: &Turns,
    name: String,
    pushed: &watch::Sender<()>,
    cancel: CancellationToken,
) -> Result<(), BoxDynError> {
    let strategy = Strategy::new().stream(rings(pushed)).interval(POLL);
    serve!(context, SYNC_QUEUE, Sync, strategy, stopped(cancel), |backend| {
        WorkerBuilder::new(name).backend(backend).concurrency(JOBS).data(turns.clone()).build(sync)
    });
    Ok(())
}

/// One job. A fault of ours is logged and the job is done: the run itself says when it is looked at again.
async fn sync(job: Sync, turns: Data<Turns>) -> Result<(), BoxDynError> {
    join_all(job.runs.into_iter().map(|run| turns.take(run))).await;
    Ok(())
}

async fn keep_looking(turns: &Turns, pushed: &watch::Sender<()>, cancel: &CancellationToken) {
    loop {
        let room = IN_HAND.saturating_sub(turns.in_hand.number.load(Ordering::Relaxed));
        let mut found = 0;
        if room > 0 {
            match turns.syncer.enqueue_due(i64::try_from(room).unwrap_or(0)).await {
                Ok(0) => {}
                Ok(number) => {
                    found = number;
                    pushed.send_replace(());
                }
                Err(error) => tracing::error!(%error, "looking for due syncs failed"),
            }
        }
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
            () = half_done(turns), if found == room => {}
        }
    }
}

async fn half_done(turns: &Turns) {
    tokio::time::sleep(SOON).await;
    loop {
        // Waited for in any case: where nobody takes up the jobs, no more are wanted.
        turns.in_hand.put_down.notified().await;
        if turns.in_hand.number.load(Ordering::Relaxed) <= IN_HAND / 2 {
            return;
        }
    }
}

/// The places at each host.
type Hosts = HashMap<(Platform, String), Arc<Semaphore>>;

/// The runs that this process has in hand.
#[derive(Debug, Default)]
struct InHand {
    number: AtomicUsize,
    /// Told, or remembered, when one is done.
    put_down: Notify,
}

/// One of them, also when its job is dropped with the queue's worker.
struct Taken(Arc<InHand>);

impl Taken {
    fn new(hand: &Arc<InHand>) -> Self {
        hand.number.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(hand))
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.0.number.fetch_sub(1, Ordering::Relaxed);
        self.0.put_down.notify_one();
    }
}

/// Who syncs when. Cheap to clone.
#[derive(Clone)]
struct Turns {
    syncer: Syncer,
    news: News,
    cancel: CancellationToken,
    all: Arc<Semaphore>,
    hosts: Arc<Mutex<Hosts>>,
    in_hand: Arc<InHand>,
}

impl Turns {
    fn new(syncer: Syncer, news: News, cancel: CancellationToken) -> Self {
        let all = Arc::new(Semaphore::new(AT_ONCE));
        Self { syncer, news, cancel, all, hosts: Arc::default(), in_hand: Arc::default() }
    }

    /// Does the run when it is its turn.
    async fn take(&self, run: SyncRunId) {
        let _taken = Taken::new(&self.in_hand);
        let done = tokio::select! {
            () = self.cancel.cancelled() => Ok(Synced::Nothing),
            done = self.wait_and_sync(run) => done,
        };
        if let Err(error) = done {
            tracing::error!(sync.id = %run, %error, "a sync failed");
        }
    }

    async fn wait_and_sync(&self, run: SyncRunId) -> Result<Synced, SyncError> {
        let Some(at) = self.syncer.host(run).await? else { return Ok(Synced::Nothing) };
        let host = self.host((at.platform, at.host));
        // The host's first: who waits for it takes no place from others. Neither semaphore is ever closed.
        let _host = host.acquire().await;
        let _place = self.all.acquire().await;
        let started = Instant::now();
        let synced = self.syncer.sync(run).await?;
        if !matches!(synced, Synced::Nothing) {
            self.news.of(at.workspace_id, Topic::Numbers);
        }
        let outcome = match synced {
            Synced::Nothing => return Ok(synced),
            Synced::Ended => "ended",
            Synced::PutOff(_) => "put_off",
        };
        metrics::counter!("fanfare_syncs_total", "platform" => at.platform.key(), "outcome" => outcome)
            .increment(1);
        metrics::histogram!("fanfare_sync_seconds", "platform" => at.platform.key())
            .record(started.elapsed());
        Ok(synced)
    }

    fn host(&self, host: (Platform, String)) -> Arc<Semaphore> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        // Bluesky's accounts live on many hosts; those that nobody waits for are forgotten.
        hosts.retain(|_, semaphore| Arc::strong_count(semaphore) > 1);
        Arc::clone(hosts.entry(host).or_insert_with(|| Arc::new(Semaphore::new(AT_ONE_HOST))))
    }
}
