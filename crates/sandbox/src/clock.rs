//! The sandbox's only look at the wall clock, with an offset that `POST /control/clock` moves forward so that a
//! test sees a token expire without waiting for it.

use chrono::{DateTime, SecondsFormat, Utc};
use std::sync::atomic::{AtomicI64, Ordering};

/// Milliseconds since the Unix epoch.
pub(crate) type Millis = i64;

pub(crate) const SECOND: Millis = 1_000;
pub(crate) const HOUR: Millis = 3_600 * SECOND;
pub(crate) const DAY: Millis = 24 * HOUR;

#[derive(Debug, Default)]
pub(crate) struct Clock {
    offset: AtomicI64,
}

impl Clock {
    /// The simulated time.
    pub(crate) fn now(&self) -> Millis {
        wall() + self.offset.load(Ordering::Relaxed)
    }

    pub(crate) fn set_offset(&self, offset: Millis) {
        self.offset.store(offset, Ordering::Relaxed);
    }
}

/// The machine's time, for stamps that are compared with another process's clock.
#[expect(clippy::disallowed_methods, reason = "the sandbox stands alone; this module is its clock")]
pub(crate) fn wall() -> Millis {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |d| Millis::try_from(d.as_millis()).unwrap_or(Millis::MAX))
}

fn instant(at: Millis) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at).unwrap_or_default()
}

/// `2026-11-21T06:03:01.000Z`, as X and Bluesky write it.
pub(crate) fn rfc3339(at: Millis) -> String {
    instant(at).to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// `2026-11-21T06:03:01+0000`, as Meta writes it.
pub(crate) fn meta_time(at: Millis) -> String {
    instant(at).format("%Y-%m-%dT%H:%M:%S+0000").to_string()
}

/// Reads RFC 3339 into milliseconds.
pub(crate) fn parse_rfc3339(text: &str) -> Option<Millis> {
    DateTime::parse_from_rfc3339(text).ok().map(|t| t.timestamp_millis())
}

/// `21 Nov 06:03:01` for people, in UTC.
pub(crate) fn short(at: Millis) -> String {
    instant(at).format("%-d %b %H:%M:%S").to_string()
}
