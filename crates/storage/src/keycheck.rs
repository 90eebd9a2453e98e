//! A value sealed with the master key, by which a wrong key is told at start.

use crate::{Result, Tx};

pub async fn get(tx: &mut Tx) -> Result<Option<Vec<u8>>> {
    let row = fetch_optional!(tx, (Vec<u8>,), "SELECT sealed FROM key_check WHERE id = 1")?;
    Ok(row.map(|(sealed,)| sealed))
}

/// Takes the value away, for another that comes with its rows.
pub async fn remove(tx: &mut Tx) -> Result<()> {
    execute!(tx, "DELETE FROM key_check")?;
    Ok(())
}

/// Keeps the first value when two processes start at once.
pub async fn insert(tx: &mut Tx, sealed: &[u8]) -> Result<()> {
    execute!(tx, "INSERT INTO key_check (id, sealed) VALUES (1, $1) ON CONFLICT (id) DO NOTHING", sealed)?;
    Ok(())
}
