//! Publish keys: what Bluesky takes as the record's key, fixed for the life of a target.

use chrono::{DateTime, Utc};
use std::sync::atomic::{AtomicI64, Ordering};

/// Makes keys that no other call makes, in this process or another: never the same microsecond twice here, and a random
/// clock id and phase that tell processes apart.
pub(super) struct PublishKeys {
    clock_id: u16,
    /// In microseconds, below a millisecond, which is as fine as our clock goes.
    phase: i64,
    /// The last one used, in microseconds since 1970.
    last: AtomicI64,
}

impl PublishKeys {
    pub(super) fn new() -> Self {
        // Without randomness the process is told apart by its microseconds alone, which is no reason not to start.
        let [a, b, c, d] = crate::secrets::random::<4>().unwrap_or_default();
        Self {
            clock_id: u16::from_be_bytes([a, b]),
            phase: i64::from(u16::from_be_bytes([c, d]) % 1_000),
            last: AtomicI64::new(0),
        }
    }

    pub(super) fn next(&self, now: DateTime<Utc>) -> String {
        let wanted = now.timestamp_micros() + self.phase;
        let after = |last: i64| wanted.max(last + 1);
        let (Ok(last) | Err(last)) =
            self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(after(last)));
        let at = DateTime::from_timestamp_micros(after(last)).unwrap_or(now);
        platforms::rkey::tid(at, self.clock_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn keys_of_one_instant_differ_and_sort() {
        let keys = PublishKeys::new();
        let now = DateTime::from_timestamp(1_764_000_000, 0).unwrap();
        let made: Vec<_> = (0..5_000).map(|_| keys.next(now)).collect();
        assert!(made.is_sorted());
        assert_eq!(made.iter().collect::<HashSet<_>>().len(), made.len());
        assert!(made.iter().all(|key| key.len() == 13));
        let later = keys.next(now + chrono::TimeDelta::seconds(1));
        assert!(later > made[4_999]);
    }

    #[test]
    fn a_clock_that_goes_back_makes_no_key_again() {
        let keys = PublishKeys::new();
        let now = DateTime::from_timestamp(1_764_000_000, 0).unwrap();
        let first = keys.next(now);
        assert!(keys.next(now - chrono::TimeDelta::hours(1)) > first);
    }
}
