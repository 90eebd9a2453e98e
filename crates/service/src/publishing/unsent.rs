//! What keeps a target from going out now: too late, waiting for its account, withdrawn, or impossible.

use super::{Advanced, PublishError, Publisher};
use chrono::{DateTime, TimeDelta, Utc};
use model::TargetState;
use model::state::{Event, Reason};
use storage::publishing::{Outcome, PublishRow};

/// How often a target that waits for its account looks again; a reconnect or the end of a pause wakes it at once.
const WAIT: TimeDelta = TimeDelta::minutes(1);

/// `at`, or the first moment at which the target is too late: a person is not told hours later.
pub(super) fn not_after_window(row: &PublishRow, at: DateTime<Utc>) -> DateTime<Utc> {
    let latest = |due| due + TimeDelta::minutes(row.lateness_window_min) + TimeDelta::milliseconds(1);
    row.due_at.map_or(at, |due| at.min(latest(due)))
}

impl Publisher {
    /// Too late, waiting for its account, or withdrawn meanwhile: says so instead of sending.
    pub(super) async fn not_now(
        &self,
        row: &PublishRow,
        now: DateTime<Utc>,
    ) -> Result<Option<Advanced>, PublishError> {
        let Some(due) = row.due_at else { return Ok(Some(Advanced::Nothing)) };
        let waits = if row.account_disconnected || row.workspace_deleted || row.post_deleted {
            let (to, reason) = (self.transition(row.state, Event::Cancel), row.reason.clone().map(|r| r.0));
            return self.write_unclaimed(row, to, None, reason, now).await.map(Some);
        } else if row.account_paused {
            Some(Reason::Paused)
        } else if row.grant_needs_reconnect {
            Some(Reason::Reconnect { message: row.grant_error.clone().unwrap_or_default() })
        } else {
            None
        };
        if now > due + TimeDelta::minutes(row.lateness_window_min) {
            let stored = row.reason.clone().map(|r| r.0);
            let reason = waits.or(stored).unwrap_or(Reason::LateStart);
            let to = self.transition(row.state, Event::Miss);
            return self.write_unclaimed(row, to, None, Some(reason), now).await.map(Some);
        }
        match waits {
            None => Ok(None),
            Some(reason) => self.wait_unclaimed(row, reason, WAIT, now).await.map(Some),
        }
    }

    /// Leaves a due target for later, with the reason.
    pub(super) async fn wait_unclaimed(
        &self,
        row: &PublishRow,
        reason: Reason,
        wait: TimeDelta,
        now: DateTime<Utc>,
    ) -> Result<Advanced, PublishError> {
        let next = not_after_window(row, now + wait);
        self.write_unclaimed(row, row.state, Some(next), Some(reason), now).await
    }

    /// Fails a target that can't be sent at all, before any attempt.
    pub(super) async fn refuse_unclaimed(
        &self,
        row: &PublishRow,
        reason: Reason,
        now: DateTime<Utc>,
    ) -> Result<Advanced, PublishError> {
        let to = self.transition(row.state, Event::Refuse);
        self.write_unclaimed(row, to, None, Some(reason), now).await
    }

    async fn write_unclaimed(
        &self,
        row: &PublishRow,
        to: TargetState,
        next_attempt_at: Option<DateTime<Utc>>,
        reason: Option<Reason>,
        now: DateTime<Utc>,
    ) -> Result<Advanced, PublishError> {
        let outcome = Outcome {
            from: row.state,
            to,
            next_attempt_at,
            reason,
            asks: false,
            absent_seen_at: None,
            keeps_attempt: false,
        };
        let mut tx = self.context.db.begin().await?;
        let written = self.finish(&mut tx, row, None, &outcome, now).await?;
        tx.commit().await?;
        if !written {
            return Ok(Advanced::Nothing);
        }
        tracing::warn!(target.id = %row.id, state = %to, reason = ?outcome.reason, "not sent");
        Ok(Advanced::To(to))
    }
}
