//! Why an act ends early.

use crate::errors::internal;
use model::state::Refused;
use model::{ApiError, Conflict};
use queue::QueueError;
use storage::StorageError;

pub(super) enum Stop {
    Refused(ApiError),
    /// A row changed between reading and writing it; nothing was written. Read again.
    Raced,
}

impl From<ApiError> for Stop {
    fn from(error: ApiError) -> Self {
        Self::Refused(error)
    }
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused.into())
    }
}

impl From<StorageError> for Stop {
    fn from(error: StorageError) -> Self {
        Self::Refused(internal(&error))
    }
}

impl From<QueueError> for Stop {
    fn from(error: QueueError) -> Self {
        Self::Refused(internal(&error))
    }
}

impl From<Stop> for ApiError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refused(error) => error,
            Stop::Raced => Self::conflict(Conflict::Changed),
        }
    }
}

/// Goes on only if the write found the row as it was read.
pub(super) fn held(written: bool) -> Result<(), Stop> {
    if written { Ok(()) } else { Err(Stop::Raced) }
}

/// Runs an act; once more if it was overtaken, since it then sees the new state and says so.
macro_rules! again_once {
    ($act:expr) => {
        match $act.await {
            Err($crate::posts::stop::Stop::Raced) => $act.await?,
            done => done?,
        }
    };
}
pub(super) use again_once;
