//! What is done every day or week, at its hour in each workspace's zone: the one list of it.
//!
//! apalis-cron ticks every minute. A tick looks which workspaces' hours have come since; what is done is noted under a dated key,
//! so it is done once a day however many processes tick, also on days whose clocks change, and later that day if nothing ran at
//! its hour.

use crate::queue_worker::{keep_up, stopped};
use apalis::prelude::{BoxDynError, Data, WorkerBuilder, WorkerBuilderExt};
use apalis_cron::{CronScheduler, Schedule, Tick};
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use model::WorkspaceId;
use service::Context;
use service::sync::{SyncError, Syncer};
use std::collections::HashSet;
use std::time::{Duration, SystemTime};
use storage::{leases, schedule_runs};
use tokio_util::sync::CancellationToken;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    RefreshTokens,
    SyncAccounts,
    RepairConnections,
    PruneSyncs,
}

impl Work {
    /// It calls platforms one after another, which may take long; the rest is the database's alone.
    const fn asks_platforms(self) -> bool {
        matches!(self, Self::RefreshTokens | Self::RepairConnections)
    }
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Part of the dated key; never changed.
    name: &'static str,
    /// Hour of the workspace's day.
    hour: u32,
    /// None: every day.
    on: Option<Weekday>,
    work: Work,
}

const SCHEDULE: [Entry; 4] = [
    Entry { name: "tokens", hour: 2, on: None, work: Work::RefreshTokens },
    Entry { name: schedule_runs::DAILY_SYNC, hour: 8, on: None, work: Work::SyncAccounts },
    Entry { name: "repair", hour: 10, on: None, work: Work::RepairConnections },
    Entry { name: "sync_log", hour: 3, on: Some(Weekday::Sun), work: Work::PruneSyncs },
];

/// The log of syncs is kept for this long.
const LOG_KEPT: TimeDelta = TimeDelta::days(90);
/// Dated keys are kept for this long.
const KEYS_KEPT: TimeDelta = TimeDelta::days(14);
/// One process at a time goes through the list; another takes over when it has been silent for this long.
const LEASE: TimeDelta = TimeDelta::minutes(10);

impl Entry {
    /// Whether its hour has come, that day.
    fn is_due(&self, local: NaiveDateTime) -> bool {
        let at = NaiveTime::from_hms_opt(self.hour, 0, 0);
        at.is_some_and(|at| local.time() >= at) && self.on.is_none_or(|on| on == local.weekday())
    }
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
        for asks_platforms in [false, true] {
            for workspace in &workspaces {
                let local = service::zones::local_time(now, &workspace.zone).local;
                let is_open = |entry: &&Entry| {
                    entry.work.asks_platforms() == asks_platforms
                        && entry.is_due(local)
                        && !done.contains(&(workspace.id, entry.name, local.date()))
                };
                for entry in SCHEDULE.iter().filter(is_open) {
                    if let Err(error) = self.carry_out(entry, workspace.id, local.date()).await {
                        tracing::error!(schedule = entry.name, workspace.id = %workspace.id, %error, "not done");
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
        self.work(entry.work, workspace, day).await?;
        self.note(entry, workspace, day).await
    }

    async fn note(&self, entry: &Entry, workspace: WorkspaceId, day: NaiveDate) -> Result<(), SyncError> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        schedule_runs::note(&mut tx, workspace, entry.name, day, now).await?;
        leases::take(&mut tx, "schedule", &self.owner, now, now + LEASE).await?;
        tx.commit().await?;
        tracing::info!(schedule = entry.name, workspace.id = %workspace, %day, "done");
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

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn an_hour_has_come_for_the_rest_of_its_day() {
        let entry = |work| SCHEDULE.iter().find(|entry| entry.work == work).copied();
        let is_due = |work, at: &str| entry(work).is_some_and(|entry| entry.is_due(local(at)));
        assert!(!is_due(Work::SyncAccounts, "2026-11-21T07:59:59"));
        assert!(is_due(Work::SyncAccounts, "2026-11-21T08:00:00"));
        assert!(is_due(Work::SyncAccounts, "2026-11-21T23:59:00"), "caught up with");
        assert!(is_due(Work::RefreshTokens, "2026-03-29T03:00:00"), "Paris has no 02:00 that day");
        assert!(!is_due(Work::PruneSyncs, "2026-11-21T04:00:00"), "a Saturday");
        assert!(is_due(Work::PruneSyncs, "2026-11-22T03:00:00"));
    }

    #[test]
    fn names_are_keys() {
        let names: HashSet<&str> = SCHEDULE.iter().map(|entry| entry.name).collect();
        assert_eq!(names.len(), SCHEDULE.len());
    }
}
