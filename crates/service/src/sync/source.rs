//! The platform as one sync asks it: with a fresh token where the present one is refused.

use crate::accounts::tokens::{self, AccessError};
use crate::context::Context;
use chrono::{DateTime, NaiveDate, Utc};
use model::statistics::Counts;
use platforms::{Access, AccountCounters, DayCounters, Failure, FailureKind, Network, Posts};
use std::sync::Arc;
use storage::StorageError;
use storage::sync_runs::ClaimedRun;

/// Why a sync, or a part of it, did not come about.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It may pass.
    Transient {
        message: String,
    },
    RateLimited {
        until: Option<DateTime<Utc>>,
    },
    /// Only the person can help; the account says so already.
    Reconnect {
        message: String,
    },
    /// The platform doesn't give this part; others it may.
    Refused {
        code: Option<String>,
        message: String,
    },
    /// The run is somebody else's by now.
    Lost,
    Ours(StorageError),
}

impl From<StorageError> for Trouble {
    fn from(error: StorageError) -> Self {
        Self::Ours(error)
    }
}

impl From<AccessError> for Trouble {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::NotFound => {
                Self::Reconnect { message: String::from("the account is not connected") }
            }
            AccessError::Reconnect { message } => Self::Reconnect { message },
            AccessError::Transient { message } => Self::Transient { message },
            AccessError::RateLimited { until } => Self::RateLimited { until },
        }
    }
}

pub(super) struct Source<'a> {
    context: &'a Context,
    run: &'a ClaimedRun,
    network: Arc<dyn Network>,
    access: Access,
}

/// One call; once more with a fresh token where the present one is refused.
macro_rules! ask {
    ($source:expr, $call:ident $(, $argument:expr)*) => {{
        let mut told = $source.network.$call(&$source.access $(, $argument)*).await;
        if told.as_ref().is_err_and(|failure| failure.kind == FailureKind::TokenRefused) {
            $source.renew().await?;
            told = $source.network.$call(&$source.access $(, $argument)*).await;
        }
        match told {
            Ok(told) => Ok(told),
            Err(failure) => Err($source.trouble(failure).await?),
        }
    }};
}

impl<'a> Source<'a> {
    pub(super) async fn open(context: &'a Context, run: &'a ClaimedRun) -> Result<Self, Trouble> {
        let access = tokens::access(context, run.workspace_id, run.account_id).await?;
        Ok(Self { context, run, network: context.registry.get(run.platform), access })
    }

    pub(super) fn lists_posts(&self) -> bool {
        self.network.lists_posts()
    }

    pub(super) async fn counters(&mut self) -> Result<AccountCounters, Trouble> {
        ask!(self, counters)
    }

    pub(super) async fn days(&mut self, from: NaiveDate, to: NaiveDate) -> Result<Vec<DayCounters>, Trouble> {
        ask!(self, days, from, to)
    }

    pub(super) async fn posts(
        &mut self,
        since: DateTime<Utc>,
        cursor: Option<String>,
    ) -> Result<Posts, Trouble> {
        ask!(self, posts, since, cursor.clone())
    }

    pub(super) async fn count(&mut self, ids: &[String]) -> Result<Vec<(String, Counts)>, Trouble> {
        ask!(self, count, ids)
    }

    async fn renew(&mut self) -> Result<(), Trouble> {
        let (workspace, account) = (self.run.workspace_id, self.run.account_id);
        self.access = tokens::replace_refused(self.context, workspace, account, &self.access).await?;
        Ok(())
    }

    async fn trouble(&self, failure: Failure) -> Result<Trouble, StorageError> {
        let Failure { kind, code, message } = failure;
        // A permission that only numbers need is no reason to stop publishing: the profile tells whether the consent lives.
        let alive =
            kind == FailureKind::ReconnectRequired && self.network.profile(&self.access).await.is_ok();
        Ok(match kind {
            _ if alive => Trouble::Refused { code, message },
            FailureKind::Transient | FailureKind::Unknown => Trouble::Transient { message },
            FailureKind::RateLimited { until } => Trouble::RateLimited { until },
            FailureKind::Rejected | FailureKind::Duplicate { .. } => Trouble::Refused { code, message },
            FailureKind::TokenRefused | FailureKind::ReconnectRequired => {
                let (workspace, account) = (self.run.workspace_id, self.run.account_id);
                let version = self.access.version;
                tokens::mark_needs_reconnect(self.context, workspace, account, version, &message).await?;
                Trouble::Reconnect { message }
            }
        })
    }
}
