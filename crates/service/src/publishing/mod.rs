//! Publishing: once, on time, never silent. `docs/PUBLISHING.md` tells the rules; this is their one implementation.
//!
//! [`Publisher::advance`] does for one target, as [`Publisher::look`] found it, whatever is due: claim and publish, go on with an
//! attempt that waited, settle a lost answer, delete at the platform. It may be called any number of times, by any number of workers.

mod attempt;
mod deletion;
mod media_source;
mod outcome;
mod payload;
mod published;
mod settle;
mod unsent;

use crate::context::Context;
use chrono::{DateTime, TimeDelta, Utc};
use model::state::{Event, Reason};
use model::{TargetId, TargetState};
pub(crate) use outcome::backoff;
use std::collections::HashMap;
use std::time::Duration;
use storage::grants::AccessRow;
use storage::publishing::{Outcome, PublishRow};
use storage::{StorageError, Tx, publishing};

/// A fault of ours while advancing a target. The target is found again when its lease ends.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Queue(#[from] queue::QueueError),
    #[error("the stored payload can't be read: {0}")]
    Payload(#[from] serde_json::Error),
}

/// Switches for tests that must show what would go wrong. Not reachable from the configuration.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    /// Sends again after a lost answer instead of looking: the mistake that this crate exists to avoid.
    pub blind_resend: bool,
}

/// Publishes targets for one worker.
#[derive(Clone)]
pub struct Publisher {
    context: Context,
    /// Unique per process.
    owner: String,
    faults: Faults,
}

/// A target as it was a moment ago. What has changed since is seen by the claim.
#[derive(Debug)]
pub struct Seen {
    row: PublishRow,
    access: Option<AccessRow>,
}

impl Seen {
    pub fn target(&self) -> TargetId {
        self.row.id
    }
}

/// What [`Publisher::advance`] did, for logs and metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advanced {
    /// Nothing was due, or somebody else has it.
    Nothing,
    /// The target is in this state now.
    To(TargetState),
}

impl Publisher {
    pub fn new(context: Context, owner: String) -> Self {
        Self { context, owner, faults: Faults::default() }
    }

    /// For tests only: see [`Faults`].
    #[must_use]
    pub fn with_faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// Reads up to [`TOGETHER`](publishing::TOGETHER) targets; those that are gone are left out.
    pub async fn look(&self, targets: &[TargetId]) -> Result<Vec<Seen>, PublishError> {
        let mut tx = self.context.db.read().await?;
        let rows = publishing::load_some(&mut tx, targets).await?;
        let mut accesses: HashMap<_, _> = storage::grants::of_targets(&mut tx, targets)
            .await?
            .into_iter()
            .map(|found| (found.target_id, found.access))
            .collect();
        Ok(rows.into_iter().map(|row| Seen { access: accesses.remove(&row.id), row }).collect())
    }

    /// Does what is due for the target now.
    pub async fn advance(&self, seen: Seen) -> Result<Advanced, PublishError> {
        let Seen { row, access } = seen;
        let now = self.now();
        if row.next_attempt_at.is_none_or(|at| at > now) {
            return Ok(Advanced::Nothing);
        }
        match row.state {
            TargetState::Scheduled => self.publish(row, access, now).await,
            TargetState::Publishing if row.lease_until.is_some_and(|until| until <= now) => {
                self.lease_ended(&row, now).await
            }
            TargetState::Publishing if row.lease_until.is_none() => self.go_on(row, now).await,
            TargetState::Unknown => self.settle(row, now).await,
            TargetState::Published if row.delete_requested_at.is_some() => self.delete(row, now).await,
            _ => Ok(Advanced::Nothing),
        }
    }

    /// Takes what is due and enqueues it, in one transaction; gives the number. The mark on each target keeps other
    /// processes from enqueueing it too, and runs out after a few seconds in case the job is lost.
    pub async fn enqueue_due(&self, limit: i64) -> Result<usize, PublishError> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        let due =
            storage::sweep::take_due(&mut tx, now, now + delta(self.context.timing.requeue), limit).await?;
        queue::push_advance(&mut tx, &due).await?;
        tx.commit().await?;
        Ok(due.len())
    }

    /// Lets what a process before this one had enqueued be enqueued again at once; for the start.
    pub async fn forget_marks(&self) -> Result<(), PublishError> {
        let mut tx = self.context.db.begin().await?;
        let forgotten = storage::sweep::forget_marks(&mut tx).await?;
        tx.commit().await?;
        if forgotten > 0 {
            tracing::info!(targets = forgotten, "taking up what was on its way");
        }
        Ok(())
    }

    /// When something is due next.
    pub async fn next_due(&self) -> Result<Option<DateTime<Utc>>, PublishError> {
        let mut tx = self.context.db.read().await?;
        Ok(storage::sweep::next_due(&mut tx, self.now()).await?)
    }

    fn now(&self) -> DateTime<Utc> {
        self.context.db.clock().now()
    }

    /// A lease ended: its worker is gone, or so late that it can't write any more.
    async fn lease_ended(&self, row: &PublishRow, now: DateTime<Utc>) -> Result<Advanced, PublishError> {
        use model::state::Stage;
        let Some(attempt_id) = row.attempt_id else { return Ok(Advanced::Nothing) };
        let mut tx = self.context.db.begin().await?;
        let Some(attempt) = storage::attempts::get(&mut tx, row.workspace_id, attempt_id).await? else {
            return Ok(Advanced::Nothing);
        };
        let (event, outcome, reason, next) = if attempt.stage >= Stage::Committing {
            let message = String::from("the worker stopped while the platform was answering");
            (Event::LoseAnswer, "lost", Reason::AnswerLost { message }, now)
        } else {
            (Event::LoseWorker, "worker_lost", Reason::WorkerLost, now)
        };
        let to = self.transition(row.state, event);
        let keeps_attempt = to == TargetState::Unknown;
        let written = publishing::write_outcome(
            &mut tx,
            row,
            Some(attempt_id),
            &Outcome {
                from: row.state,
                to,
                next_attempt_at: Some(next),
                reason: Some(reason.clone()),
                asks: false,
                absent_seen_at: None,
                keeps_attempt,
            },
            now,
        )
        .await?;
        if !written {
            return Ok(Advanced::Nothing);
        }
        storage::attempts::end(&mut tx, attempt_id, false, outcome, Some(&reason), now).await?;
        tx.commit().await?;
        tracing::warn!(target.id = %row.id, attempt.id = %attempt_id, outcome, "lease ended");
        self.context.wake.ring();
        Ok(Advanced::To(to))
    }

    /// The state after `event`. The callers have matched the state already, so a refusal is a bug: it is logged and nothing changes.
    fn transition(&self, from: TargetState, event: Event) -> TargetState {
        from.apply(event).unwrap_or_else(|refused| {
            tracing::error!(%from, ?event, %refused, "impossible transition");
            from
        })
    }

    /// Writes an outcome and closes the attempt, in one transaction.
    async fn finish(
        &self,
        tx: &mut Tx,
        row: &PublishRow,
        attempt: Option<(model::AttemptId, bool, &str)>,
        outcome: &Outcome,
        now: DateTime<Utc>,
    ) -> Result<bool, PublishError> {
        let id = attempt.map(|(id, ..)| id);
        if !publishing::write_outcome(tx, row, id, outcome, now).await? {
            return Ok(false);
        }
        if let Some((id, answered, word)) = attempt {
            storage::attempts::end(tx, id, answered, word, outcome.reason.as_ref(), now).await?;
        }
        Ok(true)
    }
}

/// A std duration as chrono's; waits are minutes, so it always fits.
pub fn delta(wait: Duration) -> TimeDelta {
    TimeDelta::milliseconds(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX / 2))
}
