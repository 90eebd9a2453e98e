//! Counters of the platforms' rate limits: fixed windows per key, in memory.

use crate::clock::Millis;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// A limit: so many points within so long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) points: u32,
    pub(crate) window: Millis,
}

/// What a call left of its limit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    pub(crate) limit: u32,
    pub(crate) used: u32,
    /// When the window ends.
    pub(crate) reset: Millis,
    pub(crate) exceeded: bool,
}

impl Usage {
    pub(crate) fn remaining(self) -> u32 {
        self.limit.saturating_sub(self.used)
    }

    /// The window's end in whole seconds since the epoch.
    pub(crate) fn reset_epoch(self) -> Millis {
        (self.reset + 999) / 1_000
    }

    /// Percent used, as Meta reports it.
    pub(crate) fn percent(self) -> u32 {
        (u64::from(self.used) * 100 / u64::from(self.limit.max(1))).min(100).try_into().unwrap_or(100)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Limits {
    windows: Mutex<HashMap<String, (Millis, u32)>>,
    lifted: AtomicBool,
}

impl Limits {
    /// Counts `cost` points of `key`. A call over the limit costs nothing.
    pub(crate) fn spend(&self, key: String, limit: Limit, cost: u32, now: Millis) -> Usage {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let (end, used) = windows.entry(key).or_insert((now + limit.window, 0));
        if *end <= now {
            (*end, *used) = (now + limit.window, 0);
        }
        let over = *used + cost > limit.points;
        if !over {
            *used += cost;
        }
        let lifted = self.lifted.load(Ordering::Relaxed);
        Usage { limit: limit.points, used: *used, reset: *end, exceeded: over && !lifted }
    }

    /// Stops or resumes refusing; headers go on.
    pub(crate) fn lift(&self, lifted: bool) {
        self.lifted.store(lifted, Ordering::Relaxed);
    }

    pub(crate) fn clear(&self) {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
