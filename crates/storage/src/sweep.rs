//! Finding the targets that something has to be done for now.

use crate::db::Tx;
use crate::error::Result;
use chrono::{DateTime, Utc};
use model::TargetId;

/// Marks up to `limit` targets whose time has come as on their way until `queued_until`, longest due first, and
/// returns them. Two processes never get the same one: the outer condition is checked again on the locked row.
pub async fn take_due(
    tx: &mut Tx,
    now: DateTime<Utc>,
    queued_until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<TargetId>> {
    let rows = fetch_all!(
        tx,
        (TargetId,),
        "UPDATE target SET queued_until = $2
         WHERE id IN (
             SELECT id FROM target
             WHERE next_attempt_at <= $1 AND (queued_until IS NULL OR queued_until <= $1)
             ORDER BY next_attempt_at LIMIT $3)
         AND next_attempt_at <= $1 AND (queued_until IS NULL OR queued_until <= $1)
         RETURNING id",
        now,
        queued_until,
        limit,
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Takes every mark away; gives their number. For a process that starts: the one before it may have died with jobs on their way. A
/// target whose job lives is enqueued once more, and claimed once all the same.
pub async fn forget_marks(tx: &mut Tx) -> Result<u64> {
    execute!(
        tx,
        "UPDATE target SET queued_until = NULL WHERE next_attempt_at IS NOT NULL AND queued_until IS NOT NULL"
    )
}

/// When the next target wants to be looked at; `None`: nothing is waiting. Those on their way don't count: a mark that
/// ends unheeded is found by the next look.
pub async fn next_due(tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let row = fetch_optional!(
        tx,
        (DateTime<Utc>,),
        "SELECT next_attempt_at FROM target
         WHERE next_attempt_at IS NOT NULL AND (queued_until IS NULL OR queued_until <= $1)
         ORDER BY next_attempt_at LIMIT 1",
        now,
    )?;
    Ok(row.map(|(at,)| at))
}

/// Since when the longest waiting target, in whatever state, wants to be looked at; the measure of lateness for operators. What is
/// under way has its next look ahead of it.
pub async fn oldest_overdue(tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let (at,) = fetch_one!(
        tx,
        (Option<DateTime<Utc>>,),
        "SELECT MIN(next_attempt_at) FROM target WHERE next_attempt_at <= $1",
        now,
    )?;
    Ok(at)
}
