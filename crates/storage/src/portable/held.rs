//! What a restored database must not send by itself: it may be out since the backup was taken.

use crate::db::Tx;
use crate::error::{Result, StorageError};
use chrono::{DateTime, Utc};
use model::TargetState;
use model::state::{Event, Reason, Stage};
use sqlx::types::Json;

/// How many targets were held back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Became missed: a person says whether they go out.
    pub missed: u64,
    /// Were going out: looked for at the platform before anything is sent.
    pub looked_for: u64,
}

/// Holds back what was due until `now`, in a database as it was at `taken_at`.
pub async fn hold_due(tx: &mut Tx, taken_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<Held> {
    let from = TargetState::Scheduled;
    let to = from.apply(Event::Miss).map_err(|refused| StorageError::Unportable(refused.to_string()))?;
    let missed = execute!(
        tx,
        "UPDATE target SET state = $2, revision = revision + 1, next_attempt_at = NULL, queued_until = NULL, reason = $3,
                updated_at = $4
         WHERE state = $1 AND due_at <= $4",
        from,
        to,
        Json(Reason::Restored),
        now,
    )?;
    // As if each had got as far as the request that makes it public.
    let looked_for = execute!(
        tx,
        "UPDATE attempt SET stage = $1, committing_at = COALESCE(committing_at, $2)
         WHERE ended_at IS NULL AND id IN (SELECT attempt_id FROM target WHERE state = $3)",
        Stage::Committing,
        taken_at,
        TargetState::Publishing,
    )?;
    // And its worker stopped there, also where it had given the attempt up to wait for the platform: looking comes next.
    execute!(
        tx,
        "UPDATE target SET lease_owner = NULL, lease_until = $2, next_attempt_at = $2, queued_until = NULL WHERE state = $1",
        TargetState::Publishing,
        now,
    )?;
    Ok(Held { missed, looked_for })
}

/// Ends the invitations that are open: one that was used or taken back since the backup would be good again. Gives how many.
pub async fn end_invitations(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64> {
    execute!(tx, "UPDATE invitation SET ended_at = $1 WHERE ended_at IS NULL", now)
}
