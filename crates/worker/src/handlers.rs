//! The apalis worker of the publish queue.

use crate::WorkerOptions;
use crate::hands::Hands;
use crate::pulse::Pulse;
use crate::queue_worker::{keep_up, rings, serve, stopped};
use apalis::prelude::{BoxDynError, Data, WorkerBuilder, WorkerBuilderExt};
use apalis_core::backend::ext::BackendExt;
use apalis_core::backend::ext::poll_strategy::Strategy;
use apalis_core::worker::ext::event_listener::EventListenerExt;
use queue::{Advance, PUBLISH_QUEUE};
use service::Context;
use service::publishing::Publisher;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How often the queue is looked at when nobody rang.
const POLL: Duration = Duration::from_secs(1);

/// Runs until cancelled.
pub(crate) async fn run(
    context: Context,
    publisher: Publisher,
    options: WorkerOptions,
    pushed: Arc<watch::Sender<()>>,
    pulse: Pulse,
    cancel: CancellationToken,
) {
    let hands = Hands::new(publisher, options.concurrency);
    keep_up(&options.name, &cancel, |name| async {
        let ended = one(&context, &hands, &options, name, &pushed, &pulse, cancel.clone()).await;
        pulse.lost();
        ended
    })
    .await;
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
    let strategy = Strategy::new().stream(rings(pushed)).interval(POLL);
    serve!(context, PUBLISH_QUEUE, Advance, strategy, stopped(cancel), |backend| {
        WorkerBuilder::new(name)
            .backend(backend)
            .concurrency(options.concurrency)
            .data(hands.clone())
            .data(pulse.clone())
            .on_event(pulse.listener())
            .build(advance)
    });
    Ok(())
}

/// One job: whatever is due for its targets. A fault of ours is logged and the job is done: the target itself says when it is
/// looked at again.
async fn advance(job: Advance, hands: Data<Hands>, pulse: Data<Pulse>) -> Result<(), BoxDynError> {
    let _in_hand = pulse.job();
    hands.advance(&job.targets).await;
    Ok(())
}
