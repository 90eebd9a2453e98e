//! The pulse of the queue's worker: whether it still fetches. One that can't is deaf, and must not be taken for one that lives.

use crate::queue_worker::QUEUE_HEARTBEAT;
use apalis_core::worker::context::WorkerContext;
use apalis_core::worker::event::Event;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// It gives a sign at each of its heartbeats. Longer than this without one, and it hangs.
const SILENCE: Duration = QUEUE_HEARTBEAT.saturating_mul(3);

/// Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pulse(Arc<Signs>);

#[derive(Debug, Default)]
struct Signs {
    /// When the last sign was given; none before the first, and when the queue's worker has ended.
    last: watch::Sender<Option<Instant>>,
    /// Jobs in hand. One whose hands are full doesn't fetch, nor does it give signs.
    jobs: AtomicUsize,
    listened: AtomicBool,
}

impl Pulse {
    /// What the queue's worker calls with its events.
    ///
    /// Between two of its heartbeats it has fetched, or else it would have ended. Its first heartbeat comes before it fetches, and
    /// counts only for the first worker of a process: one that is started again and again, and never fetches, gives no sign.
    pub(crate) fn listener(&self) -> impl Fn(&WorkerContext, &Event) + Send + Sync + use<> {
        let signs = Arc::clone(&self.0);
        let counts = AtomicBool::new(!signs.listened.swap(true, Ordering::Relaxed));
        move |_, event| {
            let sign = matches!(event, Event::HeartBeat | Event::Success(_));
            if sign && counts.swap(true, Ordering::Relaxed) {
                signs.last.send_replace(Some(Instant::now()));
            }
        }
    }

    /// The queue's worker has ended.
    pub(crate) fn lost(&self) {
        self.0.last.send_replace(None);
    }

    /// A job is in hand until the value is dropped.
    pub(crate) fn job(&self) -> Job {
        self.0.jobs.fetch_add(1, Ordering::Relaxed);
        Job(Arc::clone(&self.0))
    }

    pub(crate) fn beats(&self) -> bool {
        self.0.jobs.load(Ordering::Relaxed) > 0 || is_fresh(*self.0.last.borrow())
    }

    /// Waits for a sign.
    pub(crate) async fn begins(&self) {
        // The sender is ours: it lives as long as we wait.
        drop(self.0.last.subscribe().wait_for(|last| is_fresh(*last)).await);
    }
}

fn is_fresh(last: Option<Instant>) -> bool {
    last.is_some_and(|at| at.elapsed() < SILENCE)
}

pub(crate) struct Job(Arc<Signs>);

impl Drop for Job {
    fn drop(&mut self) {
        self.0.jobs.fetch_sub(1, Ordering::Relaxed);
    }
}
