//! The heartbeat: tells operators that this worker lives, and keeps the process's clock with the database's.

use crate::WorkerOptions;
use service::Context;
use service::publishing::delta;
use storage::{StorageError, dialect, workers};
use tokio_util::sync::CancellationToken;

/// Runs until cancelled, then takes the worker off the list.
pub(crate) async fn run(context: Context, options: WorkerOptions, cancel: CancellationToken) {
    loop {
        if let Err(error) = beat(&context, &options).await {
            tracing::error!(%error, "heartbeat failed");
        }
        tokio::select! {
            () = cancel.cancelled() => break,
            () = tokio::time::sleep(context.timing.heartbeat) => {}
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
    if let Some(clock) = &options.system_clock {
        let offset = clock.offset_ms();
        if let Some(left) = dialect::clock_offset(&mut tx, &**context.db.clock()).await? {
            clock.set_offset_ms(offset + left.num_milliseconds());
        }
    }
    let now = context.db.clock().now();
    workers::beat(&mut tx, &options.name, env!("CARGO_PKG_VERSION"), now).await?;
    workers::forget(&mut tx, now - delta(context.timing.heartbeat_stale * 10)).await?;
    tx.commit().await
}
