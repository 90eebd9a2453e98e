//! The heartbeat: tells operators that this worker lives. It is written only while the queue's worker fetches.

use crate::WorkerOptions;
use crate::pulse::Pulse;
use service::Context;
use service::publishing::delta;
use storage::{StorageError, workers};
use tokio_util::sync::CancellationToken;

/// Runs until cancelled, then takes the worker off the list.
pub(crate) async fn run(context: Context, options: WorkerOptions, pulse: Pulse, cancel: CancellationToken) {
    loop {
        let beats = pulse.beats();
        if beats && let Err(error) = beat(&context, &options).await {
            tracing::error!(%error, "heartbeat failed");
        }
        tokio::select! {
            () = cancel.cancelled() => break,
            () = tokio::time::sleep(context.timing.heartbeat) => {}
            () = pulse.begins(), if !beats => {}
        }
    }
    let left = async {
        let mut tx = context.db.begin().await?;
        workers::leave(&mut tx, &options.name).await?;
        tx.commit().await
    };
    if let Err(error) = left.await {
        tracing::warn!(%error, "could not sign off");
    }
}

async fn beat(context: &Context, options: &WorkerOptions) -> Result<(), StorageError> {
    let mut tx = context.db.begin().await?;
    let now = context.db.clock().now();
    workers::beat(&mut tx, &options.name, env!("CARGO_PKG_VERSION"), options.serves, now).await?;
    workers::forget(&mut tx, now - delta(context.timing.heartbeat_stale * 10)).await?;
    tx.commit().await
}
