//! Settling a lost answer by looking at the platform; never by sending blindly again.

use super::{Advanced, PublishError, Publisher, delta};
use crate::accounts::tokens::{self, AccessError};
use chrono::{DateTime, TimeDelta, Utc};
use model::state::{Event, Reason};
use model::{AttemptId, TargetState};
use platforms::{FailureKind, Look, Payload, Progress, RemotePost};
use storage::attempts::AttemptRow;
use storage::ledger::{self, Remote};
use storage::publishing::{self, Outcome, PublishRow};

/// What a look leads to.
enum Verdict {
    Present(RemotePost),
    /// Not there: the first time remembered, or seen twice.
    Absent {
        seen_before: bool,
    },
    /// Look again later.
    Again {
        at: DateTime<Utc>,
        message: Option<String>,
    },
    Ask {
        message: String,
    },
}

impl Publisher {
    pub(super) async fn settle(&self, row: PublishRow, now: DateTime<Utc>) -> Result<Advanced, PublishError> {
        let Some(attempt_id) = row.attempt_id else { return Ok(Advanced::Nothing) };
        let mut tx = self.context.db.begin().await?;
        let lease_until = now + delta(self.context.timing.lease);
        if !publishing::resume(&mut tx, &row, &self.owner, now, lease_until).await? {
            return Ok(Advanced::Nothing);
        }
        let Some(attempt) = storage::attempts::get(&mut tx, row.workspace_id, attempt_id).await? else {
            return Ok(Advanced::Nothing);
        };
        tx.commit().await?;
        let access = match tokens::access(&self.context, row.workspace_id, row.account_id).await {
            Ok(access) => access,
            Err(error) => {
                let (at, message) = match error {
                    AccessError::RateLimited { until } => (until, String::from("rate limited")),
                    AccessError::NotFound => (None, String::from("the account is not connected")),
                    AccessError::Reconnect { message } | AccessError::Transient { message } => {
                        (None, message)
                    }
                };
                let verdict = self.again(&attempt, at, message);
                return self.write_verdict(&row, attempt_id, verdict).await;
            }
        };
        let verdict = self.look_for(&row, &attempt, &access).await?;
        let link = match &verdict {
            Verdict::Present(remote) if remote.url.is_none() => Some(remote.id.clone()),
            _ => None,
        };
        let advanced = self.write_verdict(&row, attempt_id, verdict).await?;
        if let (Some(id), Advanced::To(TargetState::Published)) = (link, advanced) {
            self.find_link(&row, &access, &id).await;
        }
        Ok(advanced)
    }

    async fn look_for(
        &self,
        row: &PublishRow,
        attempt: &AttemptRow,
        access: &platforms::Access,
    ) -> Result<Verdict, PublishError> {
        let payload: Payload = serde_json::from_value(attempt.payload.0.clone())?;
        let progress = Progress(attempt.progress.0.clone());
        let network = self.context.registry.get(row.platform);
        if network.looks_by_sending() {
            let safe_from = self.out_of_flight(attempt, network.settle_window());
            if self.now() < safe_from {
                return Ok(Verdict::Again { at: safe_from, message: None });
            }
            if row.delete_requested_at.is_some() || row.account_disconnected || row.workspace_deleted {
                let message =
                    "it could only be looked for by sending it again, and nobody wants that any more";
                return Ok(Verdict::Ask { message: message.to_owned() });
            }
            if row.account_paused {
                // Nothing is sent through a paused account, not even to look.
                return Ok(self.again(attempt, None, "the account is paused".to_owned()));
            }
        }
        // What an earlier attempt with the same content sent may have come through all the same.
        let since = {
            let mut tx = self.context.db.read().await?;
            storage::attempts::first_commit(&mut tx, row.workspace_id, row.id, &attempt.payload_hash).await?
        };
        let since = since.unwrap_or(attempt.started_at);
        Ok(match network.look(access, &payload, &progress, since).await {
            Ok(Look::Found(candidates)) => self.pick(row, attempt, candidates).await?,
            Ok(Look::Absent) => self.absent(row, attempt, network.settle_window()),
            Ok(Look::Processing) => self.again(attempt, None, String::from("still being processed")),
            Ok(Look::Undecidable(message)) => Verdict::Ask { message },
            Err(failure) => {
                let at = match failure.kind {
                    FailureKind::RateLimited { until } => until,
                    _ => None,
                };
                if failure.kind == FailureKind::ReconnectRequired {
                    let (workspace, account) = (row.workspace_id, row.account_id);
                    let (version, message) = (access.version, &failure.message);
                    tokens::mark_needs_reconnect(&self.context, workspace, account, version, message).await?;
                }
                self.again(attempt, at, failure.message)
            }
        })
    }

    /// The oldest match that no other target owns.
    async fn pick(
        &self,
        row: &PublishRow,
        attempt: &AttemptRow,
        candidates: Vec<RemotePost>,
    ) -> Result<Verdict, PublishError> {
        let mut tx = self.context.db.read().await?;
        for remote in candidates {
            if !publishing::remote_taken(&mut tx, row.workspace_id, row.account_id, &remote.id).await? {
                return Ok(Verdict::Present(remote));
            }
        }
        let window = self.context.registry.get(row.platform).settle_window();
        Ok(self.absent(row, attempt, window))
    }

    /// When the request of the attempt can't arrive any more and the platform's lists have caught up.
    fn out_of_flight(&self, attempt: &AttemptRow, window: std::time::Duration) -> DateTime<Utc> {
        let timing = &self.context.timing;
        let lease_until = self.committing_until(attempt.committing_at.unwrap_or(attempt.started_at));
        lease_until + delta(timing.request) + delta(window.min(timing.settle_window))
    }

    /// "Not there" counts only when the request can't arrive any more, and then only the second time.
    fn absent(&self, row: &PublishRow, attempt: &AttemptRow, window: std::time::Duration) -> Verdict {
        let counts_from = self.out_of_flight(attempt, window);
        let now = self.now();
        if now < counts_from {
            return Verdict::Again { at: counts_from, message: None };
        }
        Verdict::Absent { seen_before: row.absent_seen_at.is_some_and(|seen| seen < now) }
    }

    fn again(&self, attempt: &AttemptRow, at: Option<DateTime<Utc>>, message: String) -> Verdict {
        let timing = &self.context.timing;
        let now = self.now();
        let since = attempt.committing_at.unwrap_or(attempt.started_at);
        if now - since > delta(timing.settle_give_up) {
            return Verdict::Ask { message };
        }
        let next = now + delta(timing.settle_every);
        // However long the platform wants us to wait, the person is asked in time.
        let latest = since + delta(timing.settle_give_up) + TimeDelta::milliseconds(1);
        Verdict::Again { at: at.map_or(next, |at| at.min(latest).max(next)), message: Some(message) }
    }

    async fn write_verdict(
        &self,
        row: &PublishRow,
        attempt: AttemptId,
        verdict: Verdict,
    ) -> Result<Advanced, PublishError> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        let stay = Outcome {
            from: row.state,
            to: row.state,
            next_attempt_at: None,
            reason: row.reason.clone().map(|r| r.0),
            asks: false,
            absent_seen_at: row.absent_seen_at,
            keeps_attempt: true,
        };
        let (written, to) = match verdict {
            Verdict::Present(remote) => {
                let to = self.transition(row.state, Event::SettlePresent);
                let at = remote.published_at.unwrap_or(now);
                let there = Remote { id: remote.id.clone(), url: remote.url.clone(), published_at: at };
                let written = ledger::write_published(&mut tx, row, attempt, &there, now).await?;
                tracing::info!(target.id = %row.id, remote.id = %remote.id, "lost answer settled: it is there");
                (written, to)
            }
            Verdict::Absent { seen_before: true } => {
                let to = self.transition(row.state, Event::SettleAbsent);
                storage::attempts::set_outcome(&mut tx, attempt, "absent").await?;
                let outcome = Outcome {
                    to,
                    next_attempt_at: Some(now),
                    absent_seen_at: None,
                    keeps_attempt: false,
                    ..stay
                };
                tracing::info!(target.id = %row.id, "lost answer settled: it is not there, sending again");
                (publishing::write_outcome(&mut tx, row, Some(attempt), &outcome, now).await?, to)
            }
            Verdict::Absent { seen_before: false } => {
                let at = now + delta(self.context.timing.settle_every);
                let outcome = Outcome { next_attempt_at: Some(at), absent_seen_at: Some(now), ..stay };
                (publishing::write_outcome(&mut tx, row, Some(attempt), &outcome, now).await?, row.state)
            }
            Verdict::Again { at, message } => {
                let reason = message.map(|message| Reason::AnswerLost { message }).or(stay.reason.clone());
                let outcome = Outcome { next_attempt_at: Some(at), reason, ..stay };
                (publishing::write_outcome(&mut tx, row, Some(attempt), &outcome, now).await?, row.state)
            }
            Verdict::Ask { message } => {
                let reason = Some(Reason::Undecidable { message });
                let outcome = Outcome { asks: true, reason, ..stay };
                (publishing::write_outcome(&mut tx, row, Some(attempt), &outcome, now).await?, row.state)
            }
        };
        if !written {
            return Ok(Advanced::Nothing);
        }
        tx.commit().await?;
        self.context.wake.ring();
        Ok(Advanced::To(to))
    }
}
