//! Counts tries per name (such as an address) in a window of time.

use crate::{Result, Tx};
use chrono::{DateTime, Utc};

/// Tries in the running window, this one included, and when the window ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Tries {
    pub tries: i64,
    pub reset_at: DateTime<Utc>,
}

/// Counts a try. A window that has ended begins anew and lasts until `reset_at`.
pub async fn hit(tx: &mut Tx, name: &str, now: DateTime<Utc>, reset_at: DateTime<Utc>) -> Result<Tries> {
    fetch_one!(
        tx,
        Tries,
        "INSERT INTO throttle (name, tries, reset_at) VALUES ($1, 1, $3)
         ON CONFLICT (name) DO UPDATE SET
           tries = CASE WHEN throttle.reset_at <= $2 THEN 1 ELSE throttle.tries + 1 END,
           reset_at = CASE WHEN throttle.reset_at <= $2 THEN excluded.reset_at ELSE throttle.reset_at END
         RETURNING tries, reset_at",
        name,
        now,
        reset_at,
    )
}

/// Forgets the tries of a name.
pub async fn clear(tx: &mut Tx, name: &str) -> Result<()> {
    execute!(tx, "DELETE FROM throttle WHERE name = $1", name)?;
    Ok(())
}

/// Removes windows that have ended.
pub async fn prune(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64> {
    execute!(tx, "DELETE FROM throttle WHERE reset_at <= $1", now)
}
