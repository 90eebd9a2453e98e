//! The timer: sleeps until the next target is due, then enqueues what is due. It is the quick path and the sweeper in one: it never
//! sleeps longer than `Timing::sweep`, and reads what is due from the targets themselves.

use futures::FutureExt;
use service::Context;
use service::publishing::Publisher;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Most targets enqueued in one transaction.
const BATCH: i64 = 200;

/// A SQLite file may be shared with another process, which can't wake us.
const SQLITE_LOOK: Duration = Duration::from_millis(500);

/// Runs until cancelled.
pub(crate) async fn run(
    context: Context,
    publisher: Publisher,
    pushed: Arc<watch::Sender<()>>,
    cancel: CancellationToken,
) {
    let longest =
        if context.db.is_postgres() { context.timing.sweep } else { context.timing.sweep.min(SQLITE_LOOK) };
    if let Err(error) = publisher.forget_marks().await {
        tracing::warn!(%error, "marks of an earlier process were not taken away; they end by themselves");
    }
    loop {
        let sleep = match round(&context, &publisher, &pushed).await {
            Ok(sleep) => sleep.min(longest),
            Err(error) => {
                tracing::error!(%error, "looking for due posts failed");
                longest
            }
        };
        tokio::select! {
            () = cancel.cancelled() => return,
            () = context.wake.rung() => {}
            () = tokio::time::sleep(sleep) => {}
        }
    }
}

/// Enqueues all that is due; gives the time until the next is.
async fn round(
    context: &Context,
    publisher: &Publisher,
    pushed: &watch::Sender<()>,
) -> Result<Duration, service::publishing::PublishError> {
    loop {
        let Some(next) = publisher.next_due().await? else { return Ok(Duration::MAX) };
        let wait = next - context.db.clock().now();
        if let Ok(wait) = wait.to_std()
            && !wait.is_zero()
        {
            return Ok(wait);
        }
        let taken = publisher.enqueue_due(BATCH).await?;
        // Another process may have enqueued them: its jobs are ours to do as well.
        pushed.send_replace(());
        if taken == 0 {
            return Ok(Duration::from_millis(5));
        }
    }
}

/// Hears from other processes, by PostgreSQL's NOTIFY, that something may be due sooner.
pub(crate) async fn listen(context: Context, cancel: CancellationToken) {
    let Some(pool) = context.db.postgres() else { return };
    while !cancel.is_cancelled() {
        let heard = async {
            let mut listener = sqlx::postgres::PgListener::connect_with(pool).await?;
            listener.listen(queue::DUE_CHANNEL).await?;
            context.wake.ring();
            loop {
                listener.recv().await?;
                // One round serves a burst of hints.
                while listener.recv().now_or_never().is_some() {}
                context.wake.ring();
            }
        };
        let lost: Result<(), sqlx::Error> = tokio::select! {
            () = cancel.cancelled() => return,
            lost = heard => lost,
        };
        tracing::warn!(?lost, "lost the connection that listens for changes; the sweep goes on");
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(context.timing.sweep) => {}
        }
    }
}
