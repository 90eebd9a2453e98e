//! How the workspace's syncs went.

use crate::context::Context;
use crate::errors::OrInternal as _;
use crate::statistics::names::Names;
use crate::zones::local_time;
use chrono::{DateTime, TimeDelta, Utc};
use model::operations::{SyncFault, SyncFigures};
use model::{ApiResult, WorkspaceId};
use storage::{Tx, sync_runs};

/// Accounts with failures that are listed.
const MOST_FAULTS: i64 = 20;

pub(super) async fn figures(
    context: &Context,
    tx: &mut Tx,
    workspace: WorkspaceId,
    now: DateTime<Utc>,
    zone: &str,
) -> ApiResult<SyncFigures> {
    let since = now - TimeDelta::days(SyncFigures::DAYS);
    let ended = sync_runs::ended(tx, workspace, since).await.or_internal()?;
    let mut took = sync_runs::durations(tx, workspace, since, SyncFigures::MEASURED).await.or_internal()?;
    took.sort_unstable();
    let faulty = sync_runs::faulty(tx, workspace, since, MOST_FAULTS).await.or_internal()?;
    let names = Names::of(context, tx, workspace).await?;
    let mut faults = Vec::new();
    for row in faulty {
        faults.push(SyncFault {
            account: names.get(row.account_id)?.clone(),
            failed: row.failed,
            reason: row.reason.0,
            at: local_time(row.ended_at, zone),
        });
    }
    Ok(SyncFigures {
        runs: ended.runs,
        failed: ended.failed,
        mean_ms: mean(&took),
        p95_ms: p95(&took),
        faults,
    })
}

fn mean(took: &[i64]) -> Option<i64> {
    let count = i64::try_from(took.len()).ok()?;
    took.iter().sum::<i64>().checked_div(count)
}

/// The nearest rank: of `sorted`, the smallest that 95 of 100 don't exceed.
fn p95(sorted: &[i64]) -> Option<i64> {
    let rank = (sorted.len() * 95).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_p95_of_few_and_of_many() {
        assert_eq!((mean(&[]), p95(&[])), (None, None));
        assert_eq!((mean(&[7]), p95(&[7])), (Some(7), Some(7)));
        let hundred: Vec<i64> = (1..=100).collect();
        assert_eq!((mean(&hundred), p95(&hundred)), (Some(50), Some(95)));
        assert_eq!(p95(&hundred[..19]), Some(19), "of less than twenty the longest");
    }
}
