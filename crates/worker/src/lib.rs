//! The worker: a timer that enqueues what is due, handlers that do it, syncs and schedules, a heartbeat, and upkeep.
//!
//! Any number of workers may run, inside the server or as processes of their own: the database decides who publishes what.

mod clock;
mod handlers;
mod hands;
mod heartbeat;
mod news;
mod pulse;
mod queue_worker;
mod schedule;
mod sync;
mod timer;
mod upkeep;

pub use clock::{keep_clock, set_clock};
pub use schedule::Scheduler;

use hands::Hands;
use model::clock::SystemClock;
use news::News;
use pulse::Pulse;
use service::Context;
use service::publishing::{Faults, Publisher};
use service::sync::Syncer;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How a worker runs.
#[derive(Clone, Debug)]
pub struct WorkerOptions {
    /// Unique per process; shown to operators.
    pub name: String,
    /// This process serves pages as well; told to operators.
    pub serves: bool,
    /// Most targets advanced at once.
    pub concurrency: usize,
    /// For tests only.
    pub faults: Faults,
    /// The clock that is kept with the database's; none under a fake clock.
    pub system_clock: Option<Arc<SystemClock>>,
}

/// A running worker.
#[derive(Debug)]
pub struct WorkerHandle {
    tasks: JoinSet<()>,
}

/// Starts a worker; it stops when `cancel` is cancelled, after what is under way.
pub fn start(context: Context, options: WorkerOptions, cancel: CancellationToken) -> WorkerHandle {
    let context = Context { db: context.db.for_worker(), ..context };
    let publisher = Publisher::new(context.clone(), options.name.clone()).with_faults(options.faults);
    let (pushed, _) = watch::channel(());
    let pushed = Arc::new(pushed);
    let pulse = Pulse::default();
    let (news, heard) = News::new();
    let hands = Hands::new(publisher.clone(), options.concurrency, news.clone());
    let mut tasks = JoinSet::new();
    tasks.spawn(news::run(context.clone(), heard));
    tasks.spawn(handlers::run(
        context.clone(),
        hands,
        options.clone(),
        Arc::clone(&pushed),
        pulse.clone(),
        cancel.clone(),
    ));
    tasks.spawn(timer::run(context.clone(), publisher, pushed, cancel.clone()));
    if context.db.is_postgres() {
        tasks.spawn(timer::listen(context.clone(), cancel.clone()));
    }
    if let Some(clock) = options.system_clock.clone() {
        tasks.spawn(keep_clock(context.clone(), clock, cancel.clone()));
    }
    tasks.spawn(heartbeat::run(context.clone(), options.clone(), pulse, cancel.clone()));
    let syncer = Syncer::new(context.clone(), options.name.clone());
    tasks.spawn(sync::run(context.clone(), syncer.clone(), news, options.clone(), cancel.clone()));
    tasks.spawn(schedule::run(context.clone(), syncer, options.name.clone(), cancel.clone()));
    tasks.spawn(upkeep::run(context, options.name, cancel));
    WorkerHandle { tasks }
}

impl WorkerHandle {
    /// Waits until everything has stopped.
    pub async fn stopped(mut self) {
        while let Some(ended) = self.tasks.join_next().await {
            if let Err(error) = ended
                && error.is_panic()
            {
                tracing::error!(%error, "a part of the worker panicked");
            }
        }
    }
}
