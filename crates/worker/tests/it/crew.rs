//! Workers inside the test's own process.

use crate::scene::Scene;
use service::publishing::Faults;
use tokio_util::sync::CancellationToken;
use worker::{WorkerHandle, WorkerOptions};

/// Running workers, stopped by [`Crew::stop`].
pub(crate) struct Crew(CancellationToken, Vec<WorkerHandle>);

impl Crew {
    pub(crate) fn start(scene: &Scene, names: &[&str]) -> Self {
        Self::with_hands(scene, names, 8)
    }

    /// Each advances at most `concurrency` targets at once.
    pub(crate) fn with_hands(scene: &Scene, names: &[&str], concurrency: usize) -> Self {
        let cancel = CancellationToken::new();
        let start = |name: &&str| {
            let options = WorkerOptions {
                name: (*name).to_owned(),
                serves: false,
                concurrency,
                faults: Faults::default(),
                system_clock: None,
            };
            worker::start(scene.context.clone(), options, cancel.clone())
        };
        let handles = names.iter().map(start).collect();
        Self(cancel, handles)
    }

    pub(crate) async fn stop(self) {
        self.0.cancel();
        for handle in self.1 {
            handle.stopped().await;
        }
    }
}
