//! Does what `service::schedule` lists, at its hour in each workspace's zone.
//!
//! apalis-cron ticks every minute. A tick looks which workspaces' hours have come since; what is done is noted under a dated key,
//! so it is done once a day however many processes tick, also on days whose clocks change, and later that day if nothing ran at
//! its hour.

use crate::queue_worker::{keep_up, stopped};
use apalis::prelude::{BoxDynError, Data, WorkerBuilder, WorkerBuilderExt};
use apalis_cron::{CronScheduler, Schedule, Tick};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use model::WorkspaceId;
use model::operations::Schedule as Work;
use service::Context;
use service::schedule::{Entry, SCHEDULE};
use service::sync::{SyncError, Syncer};
use std::collections::HashSet;
use std::time::{Duration, SystemTime};
use storage::{leases, schedule_runs};
use tokio_util::sync::CancellationToken;

/// The log of syncs is kept for this long.
const LOG_KEPT: TimeDelta = TimeDelta::days(90);
/// Dated keys are kept for this long.
const KEYS_KEPT: TimeDelta = TimeDelta::days(14);
/// One process at a time goes through the list; another takes over when it has been silent for this long.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// It calls platforms one after another, which may take long; the rest is the database's alone.
const fn asks_platforms(work: Work) -> bool {
    matches!(work, Work::RefreshTokens | Work::RepairConnections)
}

/// Runs until cancelled.
pub(crate) async fn run(context: Context, syncer: Syncer, name: String, cancel: CancellationToken) {
    let scheduler = Scheduler { context, syncer, owner: name.clone(), cancel: cancel.clone() };
    keep_up(&format!("{name}-schedule"), &cancel, |name| {
        let (scheduler, cancel) = (scheduler.clone(), cancel.clone());
        async move {
            let worker = WorkerBuilder::new(name)
                .backend(CronScheduler::new(EveryMinute))
                .concurrency(1)
                .data(scheduler)
                .build(tick);
            worker.run_until(stopped(cancel)).await?;
            Ok(())
        }
    })
    .await;
}

async fn tick(_: Tick, scheduler: Data<Scheduler>) -> Result<(), BoxDynError> {
    let done = tokio::select! {
        () = scheduler.cancel.cancelled() => Ok(()),
        done = scheduler.round() => done,
    };
    if let Err(error) = done {
        tracing::error!(%error, "the schedule was not gone through; the next minute tries again");
    }
    Ok(())
}

/// Goes through the list.
#[derive(Clone)]
pub struct Scheduler {
    context: Context,
    syncer: Syncer,
    owner: String,
    cancel: CancellationToken,
}

impl Scheduler {
    /// For tests, which tick by hand.
    pub fn new(context: Context, owner: &str) -> Self {
        let syncer = Syncer::new(context.clone(), owner.to_owned());
        Self { context, syncer, owner: owner.to_owned(), cancel: CancellationToken::new() }
    }

    /// Does for every workspace what is due and not done; what fails for one is logged, and done at the next round.
    ///
    /// # Errors
    /// When what is to be done can't be read.
    pub async fn round(&self) -> Result<(), SyncError> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        if !leases::take(&mut tx, "schedule", &self.owner, now, now + LEASE).await? {
            return Ok(());
        }
        let workspaces = schedule_runs::workspaces(&mut tx).await?;
        // The days of all zones lie within two of UTC's.
        let since = (now - TimeDelta::days(2)).date_naive();
        let done = schedule_runs::since(&mut tx, since).await?;
        schedule_runs::prune(&mut tx, (now - KEYS_KEPT).date_naive()).await?;
        tx.commit().await?;
        let done: HashSet<(WorkspaceId, &str, NaiveDate)> =
            done.iter().map(|(workspace, name, day)| (*workspace, name.as_str(), *day)).collect();
        // Nobody's sync waits for a platform that another workspace's tokens are renewed at.
        for asking in [false, true] {
            for workspace in &workspaces {
                let local = service::zones::local_time(now, &workspace.zone).local;
                let is_open = |entry: &&Entry| {
                    asks_platforms(entry.schedule) == asking
                        && entry.is_due(local)
                        && !done.contains(&(workspace.id, entry.schedule.key(), local.date()))
                };
                for entry in SCHEDULE.iter().filter(is_open) {
                    if let Err(error) = self.carry_out(entry, workspace.id, local.date()).await {
                        tracing::error!(schedule = entry.schedule.key(), workspace.id = %workspace.id, %error, "not done");
                    }
                }
            }
        }
        Ok(())
    }

    async fn carry_out(
        &self,
        entry: &Entry,
        workspace: WorkspaceId,
        day: NaiveDate,
    ) -> Result<(), SyncError> {
        self.work(entry.schedule, workspace, day).await?;
        self.note(entry, workspace, day).await
    }

    async fn note(&self, entry: &Entry, workspace: WorkspaceId, day: NaiveDate) -> Result<(), SyncError> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        schedule_runs::note(&mut tx, workspace, entry.schedule.key(), day, now).await?;
        leases::take(&mut tx, "schedule", &self.owner, now, now + LEASE).await?;
        tx.commit().await?;
        tracing::info!(schedule = entry.schedule.key(), workspace.id = %workspace, %day, "done");
        Ok(())
    }

    /// Each may be done twice: a process that died before it was noted leaves it to the next.
    async fn work(&self, work: Work, workspace: WorkspaceId, day: NaiveDate) -> Result<(), SyncError> {
        match work {
            Work::RefreshTokens => Ok(service::accounts::refresh_expiring(&self.context, workspace).await?),
            Work::SyncAccounts => self.syncer.begin_day(workspace, day).await,
            Work::RepairConnections => Ok(service::accounts::repair(&self.context, workspace).await?),
            Work::PruneSyncs => self.syncer.prune(workspace, self.now() - LOG_KEPT).await,
        }
    }

    fn now(&self) -> DateTime<Utc> {
        self.context.db.clock().now()
    }
}

/// The next full minute. By the machine's clock, against which apalis-cron measures its wait; what is due goes by ours.
#[derive(Clone, Debug)]
struct EveryMinute;

impl<Tz> Schedule<Tz> for EveryMinute {
    fn next_tick(&mut self, _: &Tz) -> Option<Tick<Tz>> {
        #[expect(clippy::disallowed_methods, reason = "apalis-cron waits by this clock")]
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
        Some(Tick::new((now.as_secs() / 60 + 1) * 60))
    }
}
