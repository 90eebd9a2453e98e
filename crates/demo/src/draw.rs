//! Chance that repeats: the same seed draws the same.

use chrono::{DateTime, Utc};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};
use uuid::{Builder, Uuid};

/// A stream of draws.
pub(crate) struct Draw(ChaCha8Rng);

impl Draw {
    /// Each `purpose` has a stream of its own, so that one more draw in one place changes nothing elsewhere.
    pub(crate) fn new(seed: u64, purpose: &str) -> Self {
        // FNV-1a, to name the stream.
        let fold = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(purpose.bytes().fold(0xcbf2_9ce4_8422_2325, fold));
        Self(rng)
    }

    /// 0 and up, below `end`, which is at least 1.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // The remainder favours small numbers by less than anybody could see.
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.0.next_u64() % end).unwrap_or(0)
    }

    /// Both ends included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(span)).unwrap_or(0)
    }

    pub(crate) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of a list that is not empty.
    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// One of a list that is not empty, as often as its weight says.
    pub(crate) fn weighted<T: Copy>(&mut self, of: &[(usize, T)]) -> T {
        let mut at = self.below(of.iter().map(|(weight, _)| weight).sum());
        for (weight, item) in of {
            if at < *weight {
                return *item;
            }
            at -= weight;
        }
        of[of.len() - 1].1
    }

    /// Some of a list, at most `number`, in its order.
    pub(crate) fn some<T: Clone>(&mut self, of: &[T], number: usize) -> Vec<T> {
        let mut places: Vec<usize> = (0..of.len()).collect();
        self.shuffle(&mut places);
        places.truncate(number);
        places.sort_unstable();
        places.into_iter().map(|place| of[place].clone()).collect()
    }

    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(end + 1));
        }
    }

    /// A UUIDv7 of that time, as the database's own ids are, so that rows sort by creation.
    pub(crate) fn id<T: From<Uuid>>(&mut self, at: DateTime<Utc>) -> T {
        let mut rest = [0; 10];
        self.0.fill_bytes(&mut rest);
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &rest).into_uuid().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_itself_and_purposes_differ() {
        let drawn = |seed, purpose| {
            let mut draw = Draw::new(seed, purpose);
            (0..20).map(|_| draw.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(drawn(1, "a"), drawn(1, "a"));
        assert_ne!(drawn(1, "a"), drawn(1, "b"));
        assert_ne!(drawn(1, "a"), drawn(2, "a"));
    }

    #[test]
    fn what_is_drawn_keeps_its_bounds() {
        let mut draw = Draw::new(7, "bounds");
        assert!((0..1_000).map(|_| draw.between(-2, 3)).all(|n| (-2..=3).contains(&n)));
        assert!((0..1_000).all(|_| draw.weighted(&[(1, 'a'), (0, 'b'), (3, 'c')]) != 'b'));
        let some = draw.some(&[1, 2, 3, 4, 5], 3);
        assert!(some.len() == 3 && some.is_sorted(), "{some:?}");
        assert_eq!(draw.some(&[1, 2], 9), [1, 2]);
    }

    #[test]
    fn ids_sort_by_their_time() {
        let mut draw = Draw::new(7, "ids");
        let at = |seconds: i64| DateTime::from_timestamp(1_764_000_000 + seconds, 0).unwrap();
        let ids: Vec<Uuid> = (0..50).map(|n| draw.id(at(n))).collect();
        assert!(ids.is_sorted() && ids.iter().all(|id| id.get_version_num() == 7));
    }
}
