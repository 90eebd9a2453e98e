//! Syncing at a person's wish, and the log of syncs.

use super::names::Names;
use crate::context::Context;
use crate::errors::OrInternal as _;
use crate::zones::local_time;
use chrono::TimeDelta;
use model::page::Page;
use model::statistics::{NumberedAccount, SyncCause, SyncRun};
use model::{AccountId, ApiError, ApiResult, Problem, SyncRunId, WorkspaceId};
use storage::sync_runs::{self, NewRun, RunRow};
use storage::throttle;

/// Runs of one page of the log.
const PAGE: i64 = 20;
/// As often may a workspace ask for syncs in [`ASKED_IN`].
const MOST_ASKED: i64 = 5;
const ASKED_IN: TimeDelta = TimeDelta::minutes(1);

pub(super) async fn sync_now(
    context: &Context,
    workspace: WorkspaceId,
    account: AccountId,
) -> ApiResult<SyncRun> {
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    let names = Names::of(context, &mut tx, workspace).await?;
    let named = names.get(account)?.clone();
    if named.gone {
        return Err(ApiError::NotFound);
    }
    let name = format!("sync:{workspace}");
    let tries = throttle::hit(&mut tx, &name, now, now + ASKED_IN).await.or_internal()?;
    if tries.tries > MOST_ASKED {
        // Counted all the same.
        tx.commit().await.or_internal()?;
        let wait = (tries.reset_at - now).num_seconds().max(1);
        return Err(ApiError::TooMany { retry_after_s: u32::try_from(wait).unwrap_or(u32::MAX) });
    }
    let zone = storage::posts::workspace_zone(&mut tx, workspace).await.or_internal()?;
    let zone = zone.ok_or(ApiError::NotFound)?;
    let day = local_time(now, &zone).local.date();
    let run = NewRun { workspace, account, cause: SyncCause::Asked, day };
    sync_runs::insert(&mut tx, &[run], now).await.or_internal()?;
    let newest = sync_runs::list(&mut tx, workspace, account, None, 1).await.or_internal()?;
    tx.commit().await.or_internal()?;
    newest.into_iter().next().map(|run| shown(run, named, &zone)).ok_or(ApiError::NotFound)
}

pub(super) async fn list(
    context: &Context,
    workspace: WorkspaceId,
    account: AccountId,
    cursor: Option<String>,
) -> ApiResult<Page<SyncRun>> {
    let before = cursor.map(|cursor| cursor.parse::<SyncRunId>()).transpose();
    let before = before.map_err(|_| ApiError::invalid("cursor", Problem::BadValue))?;
    let mut tx = context.db.read().await.or_internal()?;
    let names = Names::of(context, &mut tx, workspace).await?;
    let named = names.get(account)?;
    let zone = storage::posts::workspace_zone(&mut tx, workspace).await.or_internal()?;
    let zone = zone.ok_or(ApiError::NotFound)?;
    let mut rows = sync_runs::list(&mut tx, workspace, account, before, PAGE + 1).await.or_internal()?;
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| more).map(|last| last.id.to_string());
    Ok(Page { items: rows.into_iter().map(|run| shown(run, named.clone(), &zone)).collect(), next })
}

pub(super) fn shown(run: RunRow, account: NumberedAccount, zone: &str) -> SyncRun {
    SyncRun {
        account,
        cause: run.cause,
        started_at: local_time(run.started_at, zone),
        ended_at: run.ended_at.map(|at| local_time(at, zone)),
        took: run.ended_at.map(|at| (at - run.started_at).num_milliseconds()),
        posts: run.posts,
        fault: run.reason.map(|reason| reason.0),
    }
}
