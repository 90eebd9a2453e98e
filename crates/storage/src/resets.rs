//! Links that set a new password, once.

use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::UserId;

pub async fn insert(
    tx: &mut Tx,
    token_hash: &[u8],
    person: UserId,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO password_reset (token_hash, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
        token_hash,
        person,
        now,
        expires_at,
    )?;
    Ok(())
}

/// Whose password an open link sets.
pub async fn person(tx: &mut Tx, token_hash: &[u8], now: DateTime<Utc>) -> Result<Option<UserId>> {
    let row = fetch_optional!(
        tx,
        (UserId,),
        "SELECT person_id FROM password_reset WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2",
        token_hash,
        now,
    )?;
    Ok(row.map(|(person,)| person))
}

/// Uses the link up; none when somebody has done so before.
pub async fn take(tx: &mut Tx, token_hash: &[u8], now: DateTime<Utc>) -> Result<Option<UserId>> {
    let row = fetch_optional!(
        tx,
        (UserId,),
        "UPDATE password_reset SET used_at = $2
         WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING person_id",
        token_hash,
        now,
    )?;
    Ok(row.map(|(person,)| person))
}

/// Ends every open link of the person.
pub async fn end_all(tx: &mut Tx, person: UserId, now: DateTime<Utc>) -> Result<u64> {
    execute!(
        tx,
        "UPDATE password_reset SET used_at = $2 WHERE person_id = $1 AND used_at IS NULL",
        person,
        now
    )
}
