//! What publishing and syncing do, for whoever looks after a workspace.

use crate::local_time::LocalTime;
use crate::state::Reason;
use crate::statistics::NumberedAccount;
use serde::{Deserialize, Serialize};

/// The page of operations, at one moment. Of the whole installation it tells counts and its workers, nothing of other workspaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operations {
    pub now: LocalTime,
    /// Of the whole installation, the one heard of last first.
    pub workers: Vec<WorkerView>,
    /// Of the workspace.
    pub here: QueueCounts,
    /// Of the whole installation.
    pub everywhere: QueueCounts,
    /// In the order of their hours.
    pub schedules: Vec<ScheduleView>,
    pub syncs: SyncFigures,
    pub connections: Connections,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkerView {
    pub name: String,
    pub version: String,
    /// Its process serves pages as well.
    pub serves: bool,
    pub started_at: LocalTime,
    /// Seconds since its last heartbeat.
    pub heard_s: i64,
    /// For so long that it is taken for dead.
    pub silent: bool,
}

/// What waits and what is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueCounts {
    /// Scheduled, and its time has come.
    pub due: i64,
    /// Scheduled for later.
    pub waiting: i64,
    pub going_out: i64,
    /// Nobody knows yet whether they are out; the platform is being asked.
    pub unknown: i64,
    /// Seconds since the one that waits longest was due.
    pub oldest_due_s: Option<i64>,
    /// Syncs asked for that no worker has taken up.
    pub syncs_due: i64,
    pub syncs_running: i64,
}

/// What is done every day or week, at its hour in each workspace's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    RefreshTokens,
    SyncAccounts,
    RepairConnections,
    PruneSyncs,
}

impl Schedule {
    /// Part of the dated key in the database; never changed.
    pub const fn key(self) -> &'static str {
        match self {
            Self::RefreshTokens => "tokens",
            Self::SyncAccounts => "sync",
            Self::RepairConnections => "repair",
            Self::PruneSyncs => "sync_log",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleView {
    pub schedule: Schedule,
    /// None: not within the last two weeks.
    pub last: Option<LocalTime>,
    /// In the past: due, and done at the next minute's look.
    pub next: Option<LocalTime>,
}

/// The workspace's syncs of the last [`SyncFigures::DAYS`] days that have ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncFigures {
    pub runs: i64,
    /// Something was wrong with all of it or a part.
    pub failed: i64,
    /// Milliseconds; this and the next over the newest [`SyncFigures::MEASURED`] runs.
    pub mean_ms: Option<i64>,
    /// 95 of 100 runs took no longer.
    pub p95_ms: Option<i64>,
    /// By account, the one with the most failures first.
    pub faults: Vec<SyncFault>,
}

impl SyncFigures {
    pub const DAYS: i64 = 7;
    pub const MEASURED: i64 = 5_000;
}

/// An account whose syncs failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncFault {
    pub account: NumberedAccount,
    pub failed: i64,
    /// Of the newest that failed.
    pub reason: Reason,
    pub at: LocalTime,
}

/// How the workspace's accounts are connected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connections {
    pub accounts: i64,
    pub needs_reconnect: i64,
    /// Their consent has ended.
    pub expired: i64,
    /// Those that need a new consent, and those whose last call failed.
    pub in_error: i64,
}

/// What a well-kept workspace reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Goal {
    SyncsSucceed,
    SyncsAreQuick,
    TokensLive,
    ConnectionsWork,
}

impl Goal {
    pub const ALL: [Self; 4] =
        [Self::SyncsSucceed, Self::SyncsAreQuick, Self::TokensLive, Self::ConnectionsWork];

    /// A fraction; of [`Goal::SyncsAreQuick`] seconds.
    pub const fn limit(self) -> f64 {
        match self {
            Self::SyncsSucceed => 0.95,
            Self::SyncsAreQuick => 5.0,
            Self::TokensLive => 0.01,
            Self::ConnectionsWork => 0.05,
        }
    }

    /// In the unit of the limit; none where there is nothing to measure.
    pub fn value(self, seen: &Operations) -> Option<f64> {
        let Operations { syncs, connections, .. } = seen;
        match self {
            Self::SyncsSucceed => fraction(syncs.runs - syncs.failed, syncs.runs),
            #[expect(clippy::cast_precision_loss, reason = "durations are far below 2^53")]
            Self::SyncsAreQuick => syncs.mean_ms.map(|ms| ms as f64 / 1_000.0),
            Self::TokensLive => fraction(connections.expired, connections.accounts),
            Self::ConnectionsWork => fraction(connections.in_error, connections.accounts),
        }
    }

    pub fn is_reached(self, value: f64) -> bool {
        match self {
            Self::SyncsSucceed => value > self.limit(),
            _ => value < self.limit(),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn fraction(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn seen(runs: i64, failed: i64, mean_ms: Option<i64>, connections: Connections) -> Operations {
        let utc = DateTime::UNIX_EPOCH;
        Operations {
            now: LocalTime {
                utc,
                local: utc.naive_utc(),
                zone: "UTC".to_owned(),
                abbreviation: "UTC".to_owned(),
            },
            workers: Vec::new(),
            here: QueueCounts::default(),
            everywhere: QueueCounts::default(),
            schedules: Vec::new(),
            syncs: SyncFigures { runs, failed, mean_ms, ..SyncFigures::default() },
            connections,
        }
    }

    fn reached(seen: &Operations) -> Vec<Option<bool>> {
        Goal::ALL.iter().map(|goal| goal.value(seen).map(|value| goal.is_reached(value))).collect()
    }

    #[test]
    fn goals_are_reached_beyond_their_limit_and_unknown_without_anything_to_measure() {
        assert_eq!(reached(&seen(0, 0, None, Connections::default())), [None; 4]);
        let well = Connections { accounts: 300, needs_reconnect: 2, expired: 2, in_error: 14 };
        assert_eq!(reached(&seen(100, 4, Some(4_999), well)), [Some(true); 4]);
        let badly = Connections { accounts: 100, needs_reconnect: 5, expired: 1, in_error: 5 };
        assert_eq!(reached(&seen(100, 5, Some(5_000), badly)), [Some(false); 4]);
    }
}
