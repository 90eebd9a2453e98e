//! Identifiers and tokens, drawn from the seed and a counter that the journal keeps, so that runs repeat and a
//! restart never hands out the same value twice.

use crate::clock::Millis;
use sha2::{Digest, Sha256};

const ALPHANUMERIC: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// Letters of atproto's sortable base32, <https://atproto.com/specs/tid>.
pub(crate) const TID_LETTERS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

#[derive(Debug)]
pub(crate) struct Ids {
    seed: u64,
    counter: u64,
    last_stamp: i64,
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, counter: 0, last_stamp: 0 }
    }

    pub(crate) fn counter(&self) -> u64 {
        self.counter
    }

    pub(crate) fn advance_to(&mut self, counter: u64) {
        self.counter = self.counter.max(counter);
    }

    fn draw(&mut self) -> [u8; 32] {
        self.counter += 1;
        digest(self.seed, &self.counter.to_le_bytes())
    }

    /// Letters and digits, `len` of them.
    pub(crate) fn secret(&mut self, len: usize) -> String {
        let mut out = String::with_capacity(len);
        while out.len() < len {
            let bytes = self.draw();
            out.extend(bytes.iter().take(len - out.len()).map(|b| letter(ALPHANUMERIC, *b)));
        }
        out
    }

    /// A time-ordered number of the snowflake form: milliseconds since `epoch`, then 22 bits.
    pub(crate) fn snowflake(&mut self, now: Millis, epoch: Millis) -> String {
        self.counter += 1;
        (((now - epoch).max(1) << 22) | (i64::try_from(self.counter & 0x3f_ffff).unwrap_or(0))).to_string()
    }

    /// A Meta-like number of 17 digits.
    pub(crate) fn meta_id(&mut self, prefix: &str) -> String {
        let bytes = self.draw();
        let mut word = [0_u8; 8];
        word.copy_from_slice(&bytes[..8]);
        format!("{prefix}{:013}", u64::from_le_bytes(word) % 10_000_000_000_000)
    }

    /// An atproto TID: microseconds and a clock id in 13 sortable letters.
    pub(crate) fn tid(&mut self, now: Millis) -> String {
        let stamp = (now * 1_000).max(self.last_stamp + 1);
        self.last_stamp = stamp;
        tid_of(stamp, self.seed & 0x3ff)
    }
}

fn tid_of(micros: i64, clock_id: u64) -> String {
    let value = (u64::try_from(micros).unwrap_or(0) << 10) | clock_id;
    (0..13)
        .rev()
        .map(|i| char::from(TID_LETTERS[usize::try_from((value >> (i * 5)) & 31).unwrap_or(0)]))
        .collect()
}

fn letter(alphabet: &[u8], byte: u8) -> char {
    char::from(alphabet[usize::from(byte) % alphabet.len()])
}

fn digest(seed: u64, input: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(seed.to_le_bytes()).chain_update(input).finalize().into()
}

/// Digits that depend on `name` only, so that a persona keeps its identifier.
pub(crate) fn stable_digits(name: &str, len: usize) -> String {
    let bytes = digest(0, name.as_bytes());
    let mut out: String = bytes.iter().cycle().take(len).map(|b| char::from(b'0' + b % 10)).collect();
    if out.starts_with('0') {
        out.replace_range(..1, "1");
    }
    out
}

/// A number of the snowflake form that depends on `name` and the time only.
pub(crate) fn stable_snowflake(name: &str, at: Millis, epoch: Millis) -> String {
    let bytes = digest(0, name.as_bytes());
    let low = i64::from(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]) & 0x3f_ffff);
    (((at - epoch).max(1) << 22) | low).to_string()
}

/// A number that depends on `seed` and `name` only.
pub(crate) fn stable_number(seed: u64, name: &str) -> u64 {
    let mut word = [0_u8; 8];
    word.copy_from_slice(&digest(seed, name.as_bytes())[..8]);
    u64::from_le_bytes(word)
}

/// Letters and digits that depend on `name` only.
pub(crate) fn stable_letters(name: &str, len: usize) -> String {
    digest(0, name.as_bytes()).iter().cycle().take(len).map(|b| letter(ALPHANUMERIC, *b)).collect()
}

/// Lower-case base32 letters that depend on `name` only, as in a `did:plc`.
pub(crate) fn stable_base32(name: &str, len: usize) -> String {
    digest(0, name.as_bytes())
        .iter()
        .cycle()
        .take(len)
        .map(|b| letter(b"abcdefghijklmnopqrstuvwxyz234567", *b))
        .collect()
}

/// Hexadecimal SHA-256.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tids_grow_with_time_and_never_repeat() {
        let mut ids = Ids::new(7);
        let tids: Vec<String> = (0..100).map(|i| ids.tid(1_700_000_000_000 + i / 10)).collect();
        assert!(tids.windows(2).all(|w| w[0] < w[1]));
        assert!(tids.iter().all(|t| t.len() == 13));
    }
}
