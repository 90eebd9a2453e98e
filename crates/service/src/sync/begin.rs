//! When accounts are synced: at once when they are connected, and every day.

use super::{SyncError, Syncer};
use chrono::{DateTime, NaiveDate, Utc};
use model::statistics::SyncCause;
use model::{AccountId, WorkspaceId};
use storage::sync_runs::{self, NewRun};
use storage::{Result, Tx};

/// Accounts of one transaction.
const TOGETHER: i64 = 200;
/// Runs of the log that are removed in one transaction.
const REMOVED_TOGETHER: i64 = 500;

/// Asks for the first sync of an account, with its past, in the transaction that connects it.
pub(crate) async fn of_connected(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<()> {
    let zone = storage::posts::workspace_zone(tx, workspace).await?.unwrap_or_default();
    let day = crate::zones::local_time(now, &zone).local.date();
    sync_runs::insert(tx, &[NewRun { workspace, account, cause: SyncCause::Connected, day }], now).await
}

impl Syncer {
    /// Asks for the daily sync of every connected account of a workspace. However often and by however many processes it is called,
    /// an account is synced once that day.
    pub async fn begin_day(
        &self,
        workspace: WorkspaceId,
        day: NaiveDate,
    ) -> std::result::Result<(), SyncError> {
        let mut after = None;
        loop {
            let mut tx = self.context.db.begin().await?;
            let accounts = sync_runs::connected(&mut tx, workspace, after, TOGETHER).await?;
            let Some(last) = accounts.last() else { return Ok(()) };
            after = Some(*last);
            let run =
                |account: &AccountId| NewRun { workspace, account: *account, cause: SyncCause::Daily, day };
            let runs: Vec<NewRun> = accounts.iter().map(run).collect();
            sync_runs::insert(&mut tx, &runs, self.now()).await?;
            tx.commit().await?;
        }
    }

    /// Removes what the log of a workspace has of syncs that ended before `before`.
    pub async fn prune(
        &self,
        workspace: WorkspaceId,
        before: DateTime<Utc>,
    ) -> std::result::Result<(), SyncError> {
        loop {
            let mut tx = self.context.db.begin().await?;
            let removed = sync_runs::prune(&mut tx, workspace, before, REMOVED_TOGETHER).await?;
            tx.commit().await?;
            if removed == 0 {
                return Ok(());
            }
        }
    }
}
