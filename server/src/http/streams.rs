//! How many event streams are open, and no more than so many.

use model::{ApiError, SessionId};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Most of one session. A browser has one, or without Web Locks one for each page that is seen; some may be left from
/// connections that broke and were not missed yet.
const MOST_OF_SESSION: usize = 12;
/// Most of this process.
const MOST: usize = 10_000;
/// Until somebody who was refused may try again, in seconds.
const TRY_AGAIN_S: u32 = 30;

/// Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Streams(Arc<Mutex<HashMap<SessionId, usize>>>);

impl Streams {
    /// A place for one more stream, until it is dropped.
    pub(super) fn open(&self, session: SessionId) -> Result<Place, ApiError> {
        let mut open = self.lock();
        let all: usize = open.values().sum();
        if all >= MOST || open.get(&session).is_some_and(|own| *own >= MOST_OF_SESSION) {
            return Err(ApiError::TooMany { retry_after_s: TRY_AGAIN_S });
        }
        *open.entry(session).or_default() += 1;
        tell(all + 1);
        Ok(Place { streams: self.clone(), session })
    }

    fn close(&self, session: SessionId) {
        let mut open = self.lock();
        if let Entry::Occupied(mut own) = open.entry(session) {
            *own.get_mut() -= 1;
            if *own.get() == 0 {
                own.remove();
            }
        }
        tell(open.values().sum());
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SessionId, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn tell(open: usize) {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    metrics::gauge!("fanfare_event_streams").set(open as f64);
}

/// An open stream.
#[derive(Debug)]
pub(super) struct Place {
    streams: Streams,
    session: SessionId,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.streams.close(self.session);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_so_many_and_others_have_theirs() {
        let streams = Streams::default();
        let [ours, theirs] = [1, 2].map(|n| SessionId(uuid::Uuid::from_u128(n)));
        let mut places: Vec<Place> = (0..MOST_OF_SESSION).map(|_| streams.open(ours).unwrap()).collect();
        assert_eq!(streams.open(ours).unwrap_err(), ApiError::TooMany { retry_after_s: TRY_AGAIN_S });
        let other = streams.open(theirs).unwrap();
        places.pop();
        places.push(streams.open(ours).unwrap());
        drop((places, other));
        assert!(streams.lock().is_empty());
    }
}
