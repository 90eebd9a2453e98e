//! One try at publishing a target: claim, prepare step by step, commit.

use super::outcome::{Trouble, backoff};
use super::payload::{self, PayloadError};
use super::{Advanced, PublishError, Publisher, delta};
use crate::accounts::tokens;
use chrono::{DateTime, TimeDelta, Utc};
use model::state::{Reason, Stage};
use model::{AttemptId, TargetState};
use platforms::{Access, Failure, FailureKind, Payload, Prepare, Progress, RemotePost};
use sqlx::types::Json;
use std::sync::Arc;
use storage::attempts::AttemptRow;
use storage::grants::AccessRow;
use storage::ledger::{self, Claim};
use storage::publishing::{self, PublishRow};

/// Outcomes of an attempt after which the next one may build on its uploads and containers.
const REUSABLE: [&str; 4] = ["worker_lost", "absent", "rate_limited", "reconnect"];

/// Platforms drop what nobody published: X says when each upload ends, Instagram's containers last 24 hours
/// (<https://developers.facebook.com/docs/instagram-platform/content-publishing>).
const KEPT: TimeDelta = TimeDelta::hours(12);

impl Publisher {
    /// Claims a due target and publishes it.
    pub(super) async fn publish(
        &self,
        row: PublishRow,
        access: Option<AccessRow>,
        now: DateTime<Utc>,
    ) -> Result<Advanced, PublishError> {
        if let Some(done) = self.not_now(&row, now).await? {
            return Ok(done);
        }
        let payload = match payload::build(&self.context, &row, now).await {
            Ok(payload) => payload,
            Err(PayloadError::Media(message)) => {
                return self.refuse_unclaimed(&row, Reason::Media { message }, now).await;
            }
            Err(PayloadError::MediaAway(error)) => {
                tracing::error!(target.id = %row.id, %error, "the images of a due post can't be read");
                let message = "its file can't be read at the moment".to_owned();
                let wait = delta(backoff(&self.context.timing, row.tries));
                return self.wait_unclaimed(&row, Reason::Media { message }, wait, now).await;
            }
            Err(PayloadError::Publish(error)) => return Err(error),
        };
        let ready = match access {
            Some(access) if !row.has_media() => {
                let ready = self.ready_at_once(&row, access, &payload);
                tokio::time::timeout(self.context.timing.unclaimed, ready).await.ok().flatten()
            }
            _ => None,
        };
        let at_once = ready.as_ref().map(|(_, progress)| progress);
        let claimed_at = self.now();
        let Some((attempt, progress)) = self.claim(&row, &payload, at_once, claimed_at).await? else {
            return Ok(Advanced::Nothing);
        };
        let live = LiveRow { row: Arc::new(PublishRow { state: TargetState::Publishing, ..row }), attempt };
        match ready {
            Some((access, _)) => {
                let lease_until = self.committing_until(claimed_at);
                self.commit_and_finish(&live, &access, &payload, &progress, lease_until).await
            }
            None => self.run(live, payload, progress).await,
        }
    }

    /// A post without media makes nothing at the platform before its commit: what has to be read for it is read before the claim,
    /// so that the claim can be the write that announces the commit. `None`: the long way, which also tells what is wrong.
    async fn ready_at_once(
        &self,
        row: &PublishRow,
        access: AccessRow,
        payload: &Payload,
    ) -> Option<(Access, Progress)> {
        let (workspace, account) = (row.workspace_id, row.account_id);
        let access = tokens::access_from(&self.context, workspace, account, access).await.ok()?;
        let network = self.context.registry.get(row.platform);
        let source = super::media_source::Source::new(&self.context, row.workspace_id);
        let mut progress = Progress::default();
        loop {
            match network.prepare(&access, payload, &source, &progress).await {
                Ok(Prepare::Stored(read)) => progress = read,
                Ok(Prepare::Ready) => return Some((access, progress)),
                Ok(Prepare::Wait { .. }) | Err(_) => return None,
            }
        }
    }

    /// Goes on with an attempt that waited for the platform.
    pub(super) async fn go_on(&self, row: PublishRow, now: DateTime<Utc>) -> Result<Advanced, PublishError> {
        let Some(attempt) = row.attempt_id else { return Ok(Advanced::Nothing) };
        let mut tx = self.context.db.begin().await?;
        let lease_until = now + delta(self.context.timing.lease);
        if !publishing::resume(&mut tx, &row, &self.owner, now, lease_until).await? {
            return Ok(Advanced::Nothing);
        }
        let Some(stored) = storage::attempts::get(&mut tx, row.workspace_id, attempt).await? else {
            return Ok(Advanced::Nothing);
        };
        tx.commit().await?;
        let payload: Payload = serde_json::from_value(stored.payload.0)?;
        self.run(LiveRow { row: Arc::new(row), attempt }, payload, Progress(stored.progress.0)).await
    }

    /// The claim and the ledger's row, in one transaction; with `at_once` it also announces the commit. `None`: somebody else has
    /// it, or it changed.
    async fn claim(
        &self,
        row: &PublishRow,
        payload: &Payload,
        at_once: Option<&Progress>,
        now: DateTime<Utc>,
    ) -> Result<Option<(AttemptId, Progress)>, PublishError> {
        let id: AttemptId = storage::new_id(now);
        let frozen = serde_json::to_value(payload)?;
        let payload_hash = payload::hash(&frozen);
        let progress = match at_once {
            Some(read) => read.clone(),
            None if row.attempts > 0 => self.left_by_earlier(row, &payload_hash, now).await?,
            None => Progress::default(),
        };
        let claim = Claim { lease_until: self.committing_until(now), created_at: payload.created_at, now };
        let attempt = AttemptRow {
            id,
            workspace_id: row.workspace_id,
            target_id: row.id,
            // The claim fails if there was another since the row was read.
            number: row.attempts + 1,
            revision: row.revision,
            worker: self.owner.clone(),
            stage: if at_once.is_some() { Stage::Committing } else { Stage::Claimed },
            payload: Json(frozen),
            payload_hash,
            progress: Json(progress.0.clone()),
            started_at: now,
            committing_at: at_once.map(|_| now),
            ended_at: None,
            outcome: None,
            reason: None,
        };
        let attempt = Arc::new(attempt);
        let claimed = self.context.db.write_shared(move |tx| {
            let attempt = Arc::clone(&attempt);
            Box::pin(async move { ledger::claim(tx, &claim, &attempt).await })
        });
        Ok(claimed.await?.then_some((id, progress)))
    }

    /// The uploads and containers of the attempt before, where this one may build on them.
    async fn left_by_earlier(
        &self,
        row: &PublishRow,
        payload_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Progress, PublishError> {
        let mut tx = self.context.db.read().await?;
        let earlier = storage::attempts::latest(&mut tx, row.workspace_id, row.id).await?;
        Ok(earlier
            .filter(|attempt| may_build_on(attempt, payload_hash, now))
            .map_or_else(Progress::default, |attempt| Progress(attempt.progress.0)))
    }

    /// Prepares and commits a claimed attempt. Each thing the platform returned is stored before the next call.
    async fn run(
        &self,
        live: LiveRow,
        payload: Payload,
        mut progress: Progress,
    ) -> Result<Advanced, PublishError> {
        let row = &live.row;
        let access = match tokens::access(&self.context, row.workspace_id, row.account_id).await {
            Ok(access) => access,
            Err(error) => return self.end_in_trouble(&live, Trouble::of_access(error)).await,
        };
        let network = self.context.registry.get(row.platform);
        let source = super::media_source::Source::new(&self.context, row.workspace_id);
        loop {
            match network.prepare(&access, &payload, &source, &progress).await {
                Ok(Prepare::Stored(made)) => {
                    progress = made;
                    if !self.store(&live, &progress).await? {
                        return Ok(Advanced::Nothing);
                    }
                }
                Ok(Prepare::Wait { progress: made, check_after }) => {
                    let at = self.now() + delta(check_after.min(self.context.timing.processing_poll));
                    return self.wait(&live, &made, at).await;
                }
                Ok(Prepare::Ready) => break,
                Err(failure) => {
                    return self.end_refused(&live, &access, Trouble::before_commit(failure)).await;
                }
            }
        }
        let Some(lease_until) = self.mark_committing(&live).await? else { return Ok(Advanced::Nothing) };
        self.commit_and_finish(&live, &access, &payload, &progress, lease_until).await
    }

    /// The commit, which the ledger has announced, and its outcome.
    async fn commit_and_finish(
        &self,
        live: &LiveRow,
        access: &Access,
        payload: &Payload,
        progress: &Progress,
        lease_until: DateTime<Utc>,
    ) -> Result<Advanced, PublishError> {
        if self.now() + delta(self.context.timing.request) > lease_until {
            // This process stood still since the claim: somebody else may be settling it. It is looked for when the lease ends.
            tracing::warn!(target.id = %live.row.id, "not sent: too little of the lease was left");
            return Ok(Advanced::Nothing);
        }
        let network = self.context.registry.get(live.row.platform);
        match self.commit(&*network, access, payload, progress).await {
            Ok(remote) => self.published(live, access, remote).await,
            Err(failure) => match self.after_commit(live, payload, failure).await? {
                AfterCommit::There(remote) => self.published(live, access, remote).await,
                AfterCommit::Trouble(trouble) => self.end_refused(live, access, trouble).await,
            },
        }
    }

    /// The commit, ended by our own time-out at the latest: a lost answer.
    async fn commit(
        &self,
        network: &dyn platforms::Network,
        access: &Access,
        payload: &Payload,
        progress: &Progress,
    ) -> Result<RemotePost, Failure> {
        let limit = self.context.timing.request;
        tokio::time::timeout(limit, network.commit(access, payload, progress)).await.unwrap_or_else(|_| {
            Err(Failure {
                kind: FailureKind::Unknown,
                code: None,
                message: format!("no answer within {} s", limit.as_secs()),
            })
        })
    }

    /// What a failed commit means, given what earlier attempts may have done.
    async fn after_commit(
        &self,
        live: &LiveRow,
        payload: &Payload,
        failure: Failure,
    ) -> Result<AfterCommit, PublishError> {
        let FailureKind::Duplicate { remote_id } = &failure.kind else {
            return Ok(AfterCommit::Trouble(Trouble::of_commit(failure, self.faults.blind_resend)));
        };
        let hash = payload::hash(&serde_json::to_value(payload)?);
        let mut tx = self.context.db.read().await?;
        let row = &live.row;
        let ours =
            storage::attempts::may_have_committed(&mut tx, row.workspace_id, row.id, live.attempt, &hash)
                .await?;
        Ok(match (ours, remote_id) {
            // An earlier attempt of ours got through after all.
            (true, Some(id)) => {
                AfterCommit::There(RemotePost { id: id.clone(), url: None, published_at: None })
            }
            (true, None) => AfterCommit::Trouble(Trouble::AnswerLost { message: failure.message }),
            (false, _) => AfterCommit::Trouble(Trouble::rejected(failure)),
        })
    }

    /// Stores a step of preparation and renews the lease. `false`: the attempt is not ours any more.
    async fn store(&self, live: &LiveRow, progress: &Progress) -> Result<bool, PublishError> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        let until = now + delta(self.context.timing.lease);
        if !publishing::renew(&mut tx, live.row.id, live.attempt, now, until).await? {
            return Ok(false);
        }
        storage::attempts::store_progress(&mut tx, live.attempt, Stage::Prepared, &progress.0).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn wait(
        &self,
        live: &LiveRow,
        progress: &Progress,
        at: DateTime<Utc>,
    ) -> Result<Advanced, PublishError> {
        let mut tx = self.context.db.begin().await?;
        if !publishing::release(&mut tx, live.row.id, live.attempt, at).await? {
            return Ok(Advanced::Nothing);
        }
        storage::attempts::store_progress(&mut tx, live.attempt, Stage::Prepared, &progress.0).await?;
        tx.commit().await?;
        self.context.wake.ring();
        Ok(Advanced::To(TargetState::Publishing))
    }

    /// Writes that the commit may be sent, with a lease that outlasts its time-out; gives its end. `None`: the attempt is not ours any
    /// more.
    async fn mark_committing(&self, live: &LiveRow) -> Result<Option<DateTime<Utc>>, PublishError> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        let until = self.committing_until(now);
        if !publishing::renew(&mut tx, live.row.id, live.attempt, now, until).await? {
            return Ok(None);
        }
        storage::attempts::set_committing(&mut tx, live.attempt, now).await?;
        tx.commit().await?;
        Ok(Some(until))
    }

    /// A lease that outlasts a commit's time-out.
    pub(super) fn committing_until(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let timing = &self.context.timing;
        now + delta(timing.lease.max(timing.request + timing.lease_margin))
    }

    /// The end of an attempt that the platform refused, with what that says about the tokens which were used.
    async fn end_refused(
        &self,
        live: &LiveRow,
        access: &Access,
        trouble: Trouble,
    ) -> Result<Advanced, PublishError> {
        let (workspace, account) = (live.row.workspace_id, live.row.account_id);
        let trouble = match trouble {
            Trouble::TokenRefused { message } => {
                match tokens::replace_refused(&self.context, workspace, account, access).await {
                    Ok(_) => Trouble::Transient { message },
                    Err(error) => Trouble::of_access(error),
                }
            }
            Trouble::Reconnect { message } => {
                let version = access.version;
                if tokens::mark_needs_reconnect(&self.context, workspace, account, version, &message).await? {
                    Trouble::Reconnect { message }
                } else {
                    // It was connected again meanwhile.
                    Trouble::Transient { message }
                }
            }
            other => other,
        };
        self.end_in_trouble(live, trouble).await
    }

    pub(super) async fn end_in_trouble(
        &self,
        live: &LiveRow,
        trouble: Trouble,
    ) -> Result<Advanced, PublishError> {
        let now = self.now();
        let wait = backoff(&self.context.timing, live.row.tries);
        let (event, outcome) = trouble.outcome(&live.row, &self.context.timing, wait, now);
        let to = self.transition(live.row.state, event);
        let outcome = storage::publishing::Outcome { to, ..outcome };
        let mut tx = self.context.db.begin().await?;
        let attempt = Some((live.attempt, trouble.is_answer(), trouble.word()));
        if !self.finish(&mut tx, &live.row, attempt, &outcome, now).await? {
            return Ok(Advanced::Nothing);
        }
        tx.commit().await?;
        tracing::warn!(
            target.id = %live.row.id, platform = %live.row.platform, outcome = trouble.word(), reason = ?outcome.reason,
            state = %to, "attempt ended"
        );
        self.context.wake.ring();
        Ok(Advanced::To(to))
    }
}

/// A target in `publishing` and the attempt that is ours.
pub(super) struct LiveRow {
    pub(super) row: Arc<PublishRow>,
    pub(super) attempt: AttemptId,
}

enum AfterCommit {
    There(RemotePost),
    Trouble(Trouble),
}

/// Whether the uploads and containers of an earlier attempt serve the next one: same content, not too old for the platforms, and it
/// ended without the platform having refused them.
fn may_build_on(earlier: &AttemptRow, payload_hash: &[u8], now: DateTime<Utc>) -> bool {
    earlier.payload_hash == payload_hash
        && now - earlier.started_at < KEPT
        && earlier.outcome.as_deref().is_some_and(|word| REUSABLE.contains(&word))
}
