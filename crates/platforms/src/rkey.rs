//! Record keys of the AT Protocol, <https://atproto.com/specs/tid>.

use chrono::{DateTime, Utc};

const LETTERS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// A timestamp identifier of 13 letters that sorts by time: 53 bits of microseconds, then the lowest 10 bits of
/// `clock_id`, which tells apart identifiers of one microsecond.
pub fn tid(at: DateTime<Utc>, clock_id: u16) -> String {
    let micros = u64::try_from(at.timestamp_micros()).unwrap_or(0) & ((1 << 53) - 1);
    let value = (micros << 10) | u64::from(clock_id & 0x3ff);
    (0..13).rev().map(|i| char::from(LETTERS[((value >> (i * 5)) & 31) as usize])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "3jzfcijpj2z2a" is among the valid examples of <https://atproto.com/specs/tid>; its first eleven letters carry the
    /// time.
    #[test]
    fn matches_the_specification() {
        let value = "3jzfcijpj2z2a".bytes().fold(0_u64, |value, letter| {
            (value << 5) | LETTERS.iter().position(|l| *l == letter).unwrap() as u64
        });
        let at = DateTime::from_timestamp_micros(i64::try_from(value >> 10).unwrap()).unwrap();
        assert_eq!(tid(at, u16::try_from(value & 0x3ff).unwrap()), "3jzfcijpj2z2a");
    }

    #[test]
    fn sorts_by_time_and_begins_validly() {
        let at = |micros| DateTime::from_timestamp_micros(micros).unwrap();
        let tids: Vec<_> =
            [0, 1, 1_000, 1_764_000_000_000_000, 4_000_000_000_000_000].map(|m| tid(at(m), 5)).into();
        assert!(tids.is_sorted() && tids.iter().all(|t| t.len() == 13));
        // The first letter of a valid TID is one of these.
        assert!(tids.iter().all(|t| "234567abcdefghij".contains(&t[..1])));
        assert_ne!(tid(at(7), 1), tid(at(7), 2));
        assert_eq!(tid(at(0), 0), "2222222222222");
    }
}
