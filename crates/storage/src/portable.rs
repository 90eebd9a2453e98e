//! Every table as rows of plain values, alike on both engines: what backups are made of.

mod cells;
mod held;
mod tables;

pub use cells::Cell;
pub use held::{Held, end_invitations, hold_due};
pub use tables::{Kind, LEFT_OUT, TABLES, Table};

use crate::db::{EngineConn, Tx};
use crate::error::{Result, StorageError};
use cells::{bind_rows, cells_of};
use futures::TryStreamExt as _;
use sqlx::AssertSqlSafe;

/// Most values of one statement; SQLite takes 32,766.
const MOST_VALUES: usize = 30_000;
const MOST_ROWS: usize = 500;

/// A column of an archive, which may be of an older schema.
pub type Column = (String, Kind);

/// Gives each row of a table to `take`, in no order.
///
/// # Errors
/// The database's, or those of `take`.
pub async fn each_row<E: From<StorageError>>(
    tx: &mut Tx,
    table: &Table,
    mut take: impl FnMut(Vec<Cell>) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
    // Names of ours, no text from outside.
    let sql = AssertSqlSafe(format!("SELECT {} FROM {}", names.join(", "), table.name));
    let failed = |error: sqlx::Error| E::from(StorageError::from(error));
    match tx.as_engine() {
        EngineConn::Sqlite(conn) => {
            let mut rows = sqlx::query::<sqlx::Sqlite>(sql).fetch(conn);
            while let Some(row) = rows.try_next().await.map_err(failed)? {
                take(cells_of!(&row, table.columns).map_err(failed)?)?;
            }
        }
        EngineConn::Postgres(conn) => {
            let mut rows = sqlx::query::<sqlx::Postgres>(sql).fetch(conn);
            while let Some(row) = rows.try_next().await.map_err(failed)? {
                take(cells_of!(&row, table.columns).map_err(failed)?)?;
            }
        }
    }
    Ok(())
}

/// Inserts rows whose cells stand in the order of `columns`. `table` must be one of [`TABLES`].
pub async fn insert_rows(tx: &mut Tx, table: &str, columns: &[Column], rows: &[Vec<Cell>]) -> Result<()> {
    let known = TABLES.iter().find(|known| known.name == table);
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit())
    };
    if known.is_none() || !columns.iter().all(|(name, _)| is_name(name)) {
        return Err(StorageError::Unportable(format!("there is no table {table:?} with these columns")));
    }
    if rows.iter().any(|row| row.len() != columns.len()) {
        return Err(StorageError::Unportable(format!("a row of {table:?} has too few or too many values")));
    }
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let begin = format!("INSERT INTO {table} ({}) ", names.join(", "));
    let together = (MOST_VALUES / columns.len().max(1)).clamp(1, MOST_ROWS);
    for rows in rows.chunks(together) {
        match tx.as_engine() {
            EngineConn::Sqlite(conn) => {
                let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new(begin.as_str());
                bind_rows!(query, columns, rows);
                query.build().execute(&mut *conn).await?;
            }
            EngineConn::Postgres(conn) => {
                let mut query = sqlx::QueryBuilder::<sqlx::Postgres>::new(begin.as_str());
                bind_rows!(query, columns, rows);
                query.build().execute(&mut *conn).await?;
            }
        }
    }
    Ok(())
}

/// The first of the tables with these names that holds something, if any. The check of the master key, which each first start
/// writes, doesn't count.
pub async fn first_filled(tx: &mut Tx, names: &[&str]) -> Result<Option<&'static str>> {
    let counts = |table: &&Table| table.name != "key_check" && names.contains(&table.name);
    for table in TABLES.iter().filter(counts) {
        let sql = format!("SELECT 1 FROM {} LIMIT 1", table.name);
        let found = match tx.as_engine() {
            EngineConn::Sqlite(conn) => {
                sqlx::query::<sqlx::Sqlite>(AssertSqlSafe(sql)).fetch_optional(conn).await?.is_some()
            }
            EngineConn::Postgres(conn) => {
                sqlx::query::<sqlx::Postgres>(AssertSqlSafe(sql)).fetch_optional(conn).await?.is_some()
            }
        };
        if found {
            return Ok(Some(table.name));
        }
    }
    Ok(None)
}
