//! The one source of the time, passed in so that tests can move it.

use chrono::{DateTime, SubsecRound, Utc};
use std::fmt::Debug;
use std::sync::Arc;

/// Tells the time in UTC, truncated to milliseconds (both database engines keep at least that).
pub trait Clock: Debug + Send + Sync {
    fn now(&self) -> DateTime<Utc>;
}

pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock plus an offset to the database's, so that every process agrees on what is due.
#[derive(Debug, Default)]
pub struct SystemClock {
    offset_ms: std::sync::atomic::AtomicI64,
}

impl SystemClock {
    /// Sets how far the database's clock is ahead of this machine's, in milliseconds.
    pub fn set_offset_ms(&self, offset: i64) {
        self.offset_ms.store(offset, std::sync::atomic::Ordering::Relaxed);
    }

    /// How far the database's clock is ahead of this machine's, in milliseconds.
    pub fn offset_ms(&self) -> i64 {
        self.offset_ms.load(std::sync::atomic::Ordering::Relaxed)
    }
}

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        #[expect(clippy::disallowed_methods, reason = "this is the clock everyone else must use")]
        let now = DateTime::<Utc>::from(std::time::SystemTime::now());
        (now + chrono::TimeDelta::milliseconds(self.offset_ms())).trunc_subsecs(3)
    }
}

/// A clock that stands still until it is moved.
#[cfg(feature = "fake-clock")]
#[derive(Debug)]
pub struct FakeClock(std::sync::Mutex<DateTime<Utc>>);

#[cfg(feature = "fake-clock")]
impl FakeClock {
    pub fn at(now: DateTime<Utc>) -> Arc<Self> {
        Arc::new(Self(std::sync::Mutex::new(now.trunc_subsecs(3))))
    }

    pub fn advance(&self, by: chrono::TimeDelta) {
        let mut now = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now = (*now + by).trunc_subsecs(3);
    }

    pub fn set(&self, to: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = to.trunc_subsecs(3);
    }
}

#[cfg(feature = "fake-clock")]
impl Clock for FakeClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
