//! Reading the numbers of accounts at the platforms, again and again.
//!
//! [`Syncer::sync`] does one run: the account's totals become its row of today; the days that the platform itself tells
//! overwrite ours; its posts are counted, those of the last 30 days at every run and older ones now and then. Where a platform
//! tells no days, what its posts have gained since they were last counted is added to the days between. A run may be done any
//! number of times, by any number of workers: what is stored is stored under natural keys, and every write is fenced by the
//! run's lease.

pub(crate) mod begin;
mod found;
mod reading;
mod source;
mod store;

use crate::context::Context;
use crate::publishing::delta;
use chrono::{DateTime, TimeDelta, Utc};
use model::SyncRunId;
use model::state::Reason;
use reading::Reading;
use source::Trouble;
use storage::sync_runs::{ClaimedRun, RunHost};
use storage::{StorageError, sync_runs};

/// A fault of ours while syncing. The run is found again when its lease ends.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Queue(#[from] queue::QueueError),
}

/// Syncs accounts for one worker.
#[derive(Clone)]
pub struct Syncer {
    context: Context,
    /// Unique per process.
    owner: String,
}

/// What [`Syncer::sync`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Synced {
    /// It wasn't due, or somebody else has it.
    Nothing,
    /// It is over, well or not: the log says.
    Ended,
    /// It is taken up again at this time.
    PutOff(DateTime<Utc>),
}

/// How long a run that was begun is waited for before another worker takes it up, in the time of one request.
const LEASE_REQUESTS: u32 = 10;
/// A run that the platform puts off for longer than this is given up; the next day has its own.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(12);
/// After as many tries a fault that keeps coming ends the run.
const MOST_ATTEMPTS: i64 = 6;

impl Syncer {
    pub fn new(context: Context, owner: String) -> Self {
        Self { context, owner }
    }

    /// Takes up to `limit` due runs and enqueues them, in one transaction; gives the number.
    pub async fn enqueue_due(&self, limit: i64) -> Result<usize, SyncError> {
        let now = self.now();
        let mut read = self.context.db.read().await?;
        if !sync_runs::any_due(&mut read, now).await? {
            return Ok(0);
        }
        drop(read);
        let mut tx = self.context.db.begin().await?;
        let due = sync_runs::take_due(&mut tx, now, now + self.lease(), limit).await?;
        queue::push_sync(&mut tx, &due).await?;
        tx.commit().await?;
        Ok(due.len())
    }

    /// Where the run will ask: so few are asked at once that no platform is flooded. None for a run that is gone.
    pub async fn host(&self, run: SyncRunId) -> Result<Option<RunHost>, SyncError> {
        let mut tx = self.context.db.read().await?;
        Ok(sync_runs::host(&mut tx, run).await?)
    }

    /// Does the run, if it is due and nobody else does.
    pub async fn sync(&self, id: SyncRunId) -> Result<Synced, SyncError> {
        let Some(run) = self.claim(id).await? else { return Ok(Synced::Nothing) };
        let (account, platform, started_at) = (run.account_id, run.platform, run.started_at);
        let mut reading = Reading::new(&self.context, &self.owner, run, self.lease());
        let read = reading.read().await;
        let closing = match read {
            Ok(()) => Closing::End(reading.fault()),
            Err(Trouble::Ours(error)) => return Err(error.into()),
            Err(Trouble::Lost) => return Ok(Synced::Nothing),
            Err(trouble) => self.closing(reading.run(), trouble),
        };
        let synced = match &closing {
            Closing::End(_) => Synced::Ended,
            Closing::PutOff(_, until) => Synced::PutOff(*until),
        };
        match reading.store(Some(&closing)).await {
            Ok(()) => {}
            Err(Trouble::Ours(error)) => return Err(error.into()),
            Err(_) => return Ok(Synced::Nothing),
        }
        let took_ms = (self.now() - started_at).num_milliseconds();
        tracing::info!(sync.id = %id, account.id = %account, %platform, took_ms, ?closing, "account synced");
        Ok(synced)
    }

    async fn claim(&self, id: SyncRunId) -> Result<Option<ClaimedRun>, SyncError> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        let run = sync_runs::claim(&mut tx, id, &self.owner, now, now + self.lease()).await?;
        tx.commit().await?;
        Ok(run)
    }

    /// What a fault leads to: waiting, as long as there is hope, or the end.
    fn closing(&self, run: &ClaimedRun, trouble: Trouble) -> Closing {
        let now = self.now();
        let again = now + delta(crate::publishing::backoff(&self.context.timing, run.attempts));
        match trouble {
            Trouble::Transient { message } if run.attempts >= MOST_ATTEMPTS => {
                Closing::End(Some(Reason::GaveUp { message }))
            }
            Trouble::Transient { message } => Closing::PutOff(Reason::Transient { message }, again),
            Trouble::RateLimited { until } => {
                let until = until.unwrap_or(again).max(again);
                if until - run.started_at > LONGEST_WAIT {
                    Closing::End(Some(Reason::RateLimited))
                } else {
                    Closing::PutOff(Reason::RateLimited, until)
                }
            }
            Trouble::Reconnect { message } => Closing::End(Some(Reason::Reconnect { message })),
            Trouble::Refused { code, message } => Closing::End(Some(Reason::Rejected { code, message })),
            Trouble::Ours(_) | Trouble::Lost => Closing::End(None),
        }
    }

    fn lease(&self) -> TimeDelta {
        delta(self.context.timing.request * LEASE_REQUESTS)
    }

    fn now(&self) -> DateTime<Utc> {
        self.context.db.clock().now()
    }
}

/// What becomes of a run in the end.
#[derive(Clone, Debug)]
enum Closing {
    /// With what was wrong, if anything.
    End(Option<Reason>),
    PutOff(Reason, DateTime<Utc>),
}
