//! Advancing targets: so many at once, none twice, and each to its end whatever becomes of the queue.

use crate::news::News;
use model::TargetId;
use model::live::Topic;
use service::publishing::{Advanced, Publisher, Seen};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};
use storage::publishing::TOGETHER;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::task::TaskTracker;

/// What a process advances targets with. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Hands {
    publisher: Publisher,
    news: News,
    /// Most targets at once.
    most: usize,
    free: Arc<Semaphore>,
    /// The targets under way; `true`: somebody asked for it again meanwhile. A slow one is put on the queue every few seconds,
    /// and must not take another place each time.
    held: Arc<Mutex<HashMap<TargetId, bool>>>,
    /// The queue's worker ends with any error of its database; what is on its way to a platform must not end with it.
    tasks: TaskTracker,
}

impl Hands {
    pub(crate) fn new(publisher: Publisher, most: usize, news: News) -> Self {
        let most = most.max(1);
        let free = Arc::new(Semaphore::new(most));
        Self { publisher, news, most, free, held: Arc::default(), tasks: TaskTracker::new() }
    }

    /// Does for each target whatever is due; returns when that is done.
    pub(crate) async fn advance(&self, targets: &[TargetId]) {
        for some in targets.chunks(TOGETHER.min(self.most)) {
            for task in self.begin(some).await {
                if let Err(error) = task.await {
                    tracing::error!(%error, "advancing a target ended early");
                }
            }
        }
    }

    /// Waits for all that is under way; for the end of the process.
    pub(crate) async fn put_down(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Reads the targets together, and starts a task for each: they use all cores, and one that panics ends alone.
    async fn begin(&self, targets: &[TargetId]) -> Vec<JoinHandle<()>> {
        let targets: Vec<TargetId> = targets.iter().copied().filter(|target| self.hold(*target)).collect();
        if targets.is_empty() {
            return Vec::new();
        }
        let mut holds: Vec<Hold> =
            targets.iter().map(|target| Hold { hands: self.clone(), target: *target, over: false }).collect();
        let Ok(wanted) = u32::try_from(targets.len()) else { return Vec::new() };
        // The semaphore is never closed.
        let Ok(mut places) = self.free.clone().acquire_many_owned(wanted).await else { return Vec::new() };
        let seen = match self.publisher.look(&targets).await {
            Ok(seen) => seen,
            Err(error) => {
                tracing::error!(?targets, %error, "due targets could not be read");
                return Vec::new();
            }
        };
        let mut tasks = Vec::with_capacity(seen.len());
        for seen in seen {
            let hold = holds.iter().position(|hold| hold.target == seen.target());
            let (Some(hold), Some(place)) = (hold.map(|at| holds.swap_remove(at)), places.split(1)) else {
                continue;
            };
            let hands = self.clone();
            tasks.push(self.tasks.spawn(async move { hands.advance_one(seen, hold, place).await }));
        }
        tasks
    }

    async fn advance_one(&self, seen: Seen, mut hold: Hold, place: OwnedSemaphorePermit) {
        let (target, workspace) = (seen.target(), seen.workspace());
        let mut next = Some(seen);
        while let Some(seen) = next.take() {
            let started = Instant::now();
            match self.publisher.advance(seen).await {
                Ok(Advanced::Nothing) => {}
                Ok(Advanced::To(state)) => {
                    self.news.of(workspace, Topic::Posts);
                    metrics::counter!("fanfare_targets_advanced_total", "state" => state.key()).increment(1);
                    metrics::histogram!("fanfare_advance_seconds").record(started.elapsed());
                }
                Err(error) => tracing::error!(target.id = %target, %error, "advancing a target failed"),
            }
            if hold.asked_again() {
                next = self.look_again(target).await;
            }
        }
        drop(place);
    }

    async fn look_again(&self, target: TargetId) -> Option<Seen> {
        match self.publisher.look(&[target]).await {
            Ok(mut seen) => seen.pop(),
            Err(error) => {
                tracing::error!(target.id = %target, %error, "a due target could not be read");
                None
            }
        }
    }

    /// `false`: it is under way, and looked at once more afterwards.
    fn hold(&self, target: TargetId) -> bool {
        match self.held.lock().unwrap_or_else(PoisonError::into_inner).entry(target) {
            Entry::Vacant(free) => {
                free.insert(false);
                true
            }
            Entry::Occupied(mut held) => {
                held.insert(true);
                false
            }
        }
    }
}

/// A target under way; let go when dropped.
struct Hold {
    hands: Hands,
    target: TargetId,
    /// It was let go already, and may be somebody else's now.
    over: bool,
}

impl Hold {
    /// Whether somebody asked for it since the last time. If nobody did, it is let go in the same moment.
    fn asked_again(&mut self) -> bool {
        let mut held = self.hands.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.get_mut(&self.target).is_some_and(std::mem::take) {
            return true;
        }
        held.remove(&self.target);
        self.over = true;
        false
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if !self.over {
            self.hands.held.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.target);
        }
    }
}
