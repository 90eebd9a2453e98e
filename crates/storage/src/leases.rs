//! Leases of work that only one process at a time should do, such as daily upkeep.

use crate::db::Tx;
use crate::error::Result;
use chrono::{DateTime, Utc};

/// Takes or renews the lease; `false` when another owner holds it.
pub async fn take(
    tx: &mut Tx,
    name: &str,
    owner: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "INSERT INTO lease (name, owner, until_at) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET owner = $2, until_at = $3
         WHERE lease.owner = $2 OR lease.until_at <= $4",
        name,
        owner,
        until,
        now,
    )?;
    Ok(changed == 1)
}
