//! Deleting what is out.

use super::outcome::backoff;
use super::{Advanced, PublishError, Publisher, delta};
use crate::accounts::tokens::{self, AccessError};
use chrono::{DateTime, Utc};
use model::state::Reason;
use platforms::{Deleted, FailureKind};
use std::time::Duration;
use storage::publishing::{self, PublishRow};

impl Publisher {
    /// Deletes a published post at the platform, as somebody asked.
    pub(super) async fn delete(&self, row: PublishRow, now: DateTime<Utc>) -> Result<Advanced, PublishError> {
        let Some(remote_id) = row.remote_id.as_deref() else { return Ok(Advanced::Nothing) };
        let result = match tokens::access(&self.context, row.workspace_id, row.account_id).await {
            Ok(access) => self.context.registry.get(row.platform).delete(&access, remote_id).await,
            Err(error) => Err(failure_of(error)),
        };
        let asked = row.delete_requested_at.unwrap_or(now);
        let gives_up = now - asked > delta(self.context.timing.give_up);
        let again = now + delta(backoff(&self.context.timing, 1).max(Duration::from_secs(1)));
        let (deleted_at, again_at, reason) = match result {
            Ok(Deleted::Gone) => (Some(now), None, None),
            Ok(Deleted::Unsupported) => (None, None, Some(Reason::NoDeletion)),
            Err(failure) => match failure.kind {
                FailureKind::RateLimited { until } if !gives_up => {
                    (None, Some(until.unwrap_or(again)), Some(Reason::RateLimited))
                }
                FailureKind::Transient | FailureKind::Unknown if !gives_up => {
                    (None, Some(again), Some(Reason::Transient { message: failure.message }))
                }
                FailureKind::ReconnectRequired | FailureKind::TokenRefused => {
                    (None, None, Some(Reason::Reconnect { message: failure.message }))
                }
                _ => (None, None, Some(Reason::Rejected { code: failure.code, message: failure.message })),
            },
        };
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        publishing::write_deletion(&mut tx, &row, deleted_at, again_at, reason.as_ref(), now).await?;
        tx.commit().await?;
        Ok(Advanced::To(row.state))
    }
}

fn failure_of(error: AccessError) -> platforms::Failure {
    let (kind, message) = match error {
        AccessError::NotFound => {
            (FailureKind::ReconnectRequired, String::from("the account is not connected"))
        }
        AccessError::Reconnect { message } => (FailureKind::ReconnectRequired, message),
        AccessError::Transient { message } => (FailureKind::Transient, message),
        AccessError::RateLimited { until } => (FailureKind::RateLimited { until }, String::new()),
    };
    platforms::Failure { kind, code: None, message }
}
