//! What has to be done now and then, by one process at a time: finished jobs, ended sessions and left-over consents away. What has its hour is in `schedule`.

use service::Context;
use std::time::Duration;
use storage::leases;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(60);
/// Finished jobs are kept this long for operators to look at, in seconds.
const KEEP_JOBS: i64 = 3600;

/// Runs until cancelled.
pub(crate) async fn run(context: Context, name: String, cancel: CancellationToken) {
    loop {
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        if let Err(error) = round(&context, &name).await {
            tracing::error!(%error, "upkeep failed");
        }
    }
}

async fn round(context: &Context, name: &str) -> Result<(), service::publishing::PublishError> {
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await?;
    let until = now + chrono::TimeDelta::seconds(55);
    if !leases::take(&mut tx, "upkeep", name, now, until).await? {
        return Ok(());
    }
    queue::prune(&mut tx, now.timestamp() - KEEP_JOBS).await?;
    storage::sessions::prune(&mut tx, now).await?;
    storage::throttle::prune(&mut tx, now).await?;
    storage::connections::purge(&mut tx, now).await?;
    tx.commit().await?;
    service::accounts::revoke_left_over(context).await?;
    Ok(())
}
