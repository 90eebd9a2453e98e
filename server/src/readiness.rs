//! The signs by which operators see whether posts go out, and how much of each is too much: for `/readyz` and `fanfare doctor`.

use model::clock::SystemClock;
use model::timing::Timing;
use service::publishing::delta;
use storage::{Db, StorageError, dialect, sweep, workers};

/// The database's clock may differ from ours by this much before times can't be trusted.
const MAX_CLOCK_OFFSET_MS: i64 = 2_000;
/// A due post waits this long at most while all is well.
const MAX_OVERDUE_S: i64 = 60;

/// What is seen at one moment.
#[derive(Debug, Default)]
pub(crate) struct Signs {
    /// Of a database that is not migrated nothing else is known but its clock.
    pub(crate) migrated: bool,
    pub(crate) worker: Worker,
    /// In seconds, since the post that waits longest was due; none when none waits.
    pub(crate) oldest_due_age_s: Option<i64>,
    /// How far the database's clock is ahead of this machine's; none where it was not measured, or the database has no clock of its
    /// own.
    pub(crate) clock_offset_ms: Option<i64>,
}

/// The worker that was heard of last, with the seconds since then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Worker {
    /// There is none, or all ended in good order.
    #[default]
    None,
    Heard(i64),
    /// For too long.
    Silent(i64),
}

impl Worker {
    pub(crate) const fn age_s(self) -> Option<i64> {
        match self {
            Self::None => None,
            Self::Heard(age) | Self::Silent(age) => Some(age),
        }
    }
}

impl Signs {
    /// A post waits for longer than it does while all is well.
    pub(crate) fn overdue(&self) -> bool {
        self.oldest_due_age_s.is_some_and(|age| age > MAX_OVERDUE_S)
    }

    /// This machine's clock is not to be trusted.
    pub(crate) fn clocks_differ(&self) -> bool {
        self.clock_offset_ms.is_some_and(|offset| offset.abs() > MAX_CLOCK_OFFSET_MS)
    }
}

/// Looks. `clock` is the one behind the database's; without it, as under a fake clock, the database's own is not asked.
///
/// # Errors
/// When the database doesn't answer.
pub(crate) async fn look(
    db: &Db,
    clock: Option<&SystemClock>,
    timing: &Timing,
) -> Result<Signs, StorageError> {
    let migrated = db.is_migrated().await?;
    let mut read = db.read().await?;
    let (mut now, mut clock_offset_ms) = (db.clock().now(), None);
    if let Some(clock) = clock
        && let Some(left) = dialect::clock_offset(&mut read, clock).await?
    {
        now += left;
        clock_offset_ms = Some(clock.offset_ms() + left.num_milliseconds());
    }
    if !migrated {
        return Ok(Signs { clock_offset_ms, ..Signs::default() });
    }
    let worker = match workers::latest(&mut read).await?.map(|at| now - at) {
        None => Worker::None,
        Some(age) if age > delta(timing.heartbeat_stale) => Worker::Silent(age.num_seconds()),
        Some(age) => Worker::Heard(age.num_seconds()),
    };
    let oldest_due_age_s = sweep::oldest_overdue(&mut read, now).await?.map(|due| (now - due).num_seconds());
    Ok(Signs { migrated, worker, oldest_due_age_s, clock_offset_ms })
}
