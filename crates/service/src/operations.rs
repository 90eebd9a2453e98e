//! What publishing and syncing do, for whoever looks after a workspace.
//!
//! Of the whole installation only its workers and counts are told: no other workspace's names or texts.

mod connections;
mod schedules;
mod syncs;

use crate::context::Context;
use crate::errors::OrInternal as _;
use crate::publishing::delta;
use crate::zones::local_time;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use model::operations::{Operations, QueueCounts, WorkerView};
use model::services::OperationsService;
use model::{Actor, ApiError, ApiResult, Permission};
use storage::waiting::{self, SyncsWaiting, TargetsWaiting};
use storage::workers::{self, WorkerRow};

/// Implements [`OperationsService`].
pub struct Operator {
    context: Context,
}

impl Operator {
    pub fn new(context: Context) -> Self {
        Self { context }
    }
}

#[async_trait]
impl OperationsService for Operator {
    async fn look(&self, actor: Actor) -> ApiResult<Operations> {
        actor.require(Permission::SeeOperations)?;
        let context = &self.context;
        let now = context.db.clock().now();
        let mut read = context.db.read().await.or_internal()?;
        let zone = storage::posts::workspace_zone(&mut read, actor.workspace).await.or_internal()?;
        let zone = zone.ok_or(ApiError::NotFound)?;
        let workers = workers::list(&mut read).await.or_internal()?;
        let here = counts(
            waiting::targets(&mut read, actor.workspace, now).await.or_internal()?,
            waiting::syncs(&mut read, actor.workspace, now).await.or_internal()?,
            now,
        );
        let everywhere = counts(
            waiting::all_targets(&mut read, now).await.or_internal()?,
            waiting::all_syncs(&mut read, now).await.or_internal()?,
            now,
        );
        let schedules = schedules::views(&mut read, actor.workspace, now, &zone).await?;
        let syncs = syncs::figures(context, &mut read, actor.workspace, now, &zone).await?;
        // It takes a connection of its own.
        drop(read);
        let connections = connections::counts(&crate::accounts::list(context, actor).await?, now);
        Ok(Operations {
            workers: workers.into_iter().map(|row| self.worker(row, now, &zone)).collect(),
            now: local_time(now, &zone),
            here,
            everywhere,
            schedules,
            syncs,
            connections,
        })
    }
}

impl Operator {
    fn worker(&self, row: WorkerRow, now: DateTime<Utc>, zone: &str) -> WorkerView {
        let age = now - row.heartbeat_at;
        WorkerView {
            name: row.name,
            version: row.version,
            serves: row.serves,
            started_at: local_time(row.started_at, zone),
            heard_s: age.num_seconds().max(0),
            silent: age > delta(self.context.timing.heartbeat_stale),
        }
    }
}

fn counts(targets: TargetsWaiting, syncs: SyncsWaiting, now: DateTime<Utc>) -> QueueCounts {
    QueueCounts {
        due: targets.due,
        waiting: targets.later,
        going_out: targets.going_out,
        unknown: targets.unknown,
        oldest_due_s: targets.oldest_due.map(|due| (now - due).num_seconds()),
        syncs_due: syncs.due,
        syncs_running: syncs.running,
    }
}
