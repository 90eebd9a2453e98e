//! The process's clock goes by the database's, so that every process agrees on what is due: a page that schedules for now as well
//! as a worker.

use model::clock::SystemClock;
use service::Context;
use std::sync::Arc;
use storage::{Db, StorageError, dialect};
use tokio_util::sync::CancellationToken;

/// Sets the clock to the database's. SQLite has none of its own.
///
/// # Errors
/// When the database doesn't answer; the clock stays as it was.
pub async fn set_clock(db: &Db, clock: &SystemClock) -> Result<(), StorageError> {
    let mut read = db.read().await?;
    let offset = clock.offset_ms();
    if let Some(left) = dialect::clock_offset(&mut read, clock).await? {
        clock.set_offset_ms(offset + left.num_milliseconds());
    }
    Ok(())
}

/// Sets the clock at every heartbeat, until cancelled. A worker does so by itself; this is for processes without one.
pub async fn keep_clock(context: Context, clock: Arc<SystemClock>, cancel: CancellationToken) {
    if !context.db.is_postgres() {
        return;
    }
    loop {
        if let Err(error) = set_clock(&context.db, &clock).await {
            tracing::error!(%error, "the database's clock could not be read");
        }
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(context.timing.heartbeat) => {}
        }
    }
}
