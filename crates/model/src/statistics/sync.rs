//! Syncs: when an account's numbers were read, why, and how that went.

use super::NumberedAccount;
use crate::local_time::LocalTime;
use crate::state::Reason;
use serde::{Deserialize, Serialize};

/// One sync of one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRun {
    pub account: NumberedAccount,
    pub cause: SyncCause,
    pub started_at: LocalTime,
    /// None while it runs.
    pub ended_at: Option<LocalTime>,
    /// Milliseconds, once it has ended.
    pub took: Option<i64>,
    /// Posts that were counted so far.
    pub posts: i64,
    /// Why it failed, or what of it.
    pub fault: Option<Reason>,
}

/// Why an account was synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncCause {
    /// Just connected: with its past.
    Connected,
    /// Every day.
    Daily,
    /// Somebody asked for it.
    Asked,
}

impl SyncCause {
    pub const ALL: [Self; 3] = [Self::Connected, Self::Daily, Self::Asked];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Daily => "daily",
            Self::Asked => "asked",
        }
    }
}

impl std::str::FromStr for SyncCause {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|cause| cause.key() == s).ok_or_else(|| format!("unknown cause {s:?}"))
    }
}
