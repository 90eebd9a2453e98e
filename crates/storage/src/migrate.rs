//! Migrations, ours and the job queue's: forward only, embedded, under a lock on PostgreSQL.

use crate::db::{Db, Pools};
use crate::error::Result;
use sqlx::migrate::Migrator;

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// The job queue numbers its migrations by itself, so they are recorded apart.
const QUEUE_TABLE: &str = "_queue_migrations";

impl Db {
    /// Brings the schema up to date. Refuses a database that a newer version has migrated further.
    pub async fn migrate(&self) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { write, .. } => {
                SQLITE.run(write).await?;
                let mut queue = apalis_sqlite::SqliteStorage::<()>::migrations();
                queue.dangerous_set_table_name(QUEUE_TABLE);
                queue.run(write).await?;
            }
            Pools::Postgres { pool, .. } => {
                POSTGRES.run(pool).await?;
                let mut queue = apalis_postgres::PostgresStorage::<()>::migrations();
                queue.dangerous_set_table_name(QUEUE_TABLE);
                queue.run(pool).await?;
            }
        }
        Ok(())
    }

    /// Whether every migration of this version is applied.
    pub async fn is_migrated(&self) -> Result<bool> {
        let mut tx = self.read().await?;
        let wanted = match &self.pools {
            Pools::Sqlite { .. } => SQLITE.iter().count(),
            Pools::Postgres { .. } => POSTGRES.iter().count(),
        };
        let applied: std::result::Result<(i64,), _> =
            fetch_one!(tx, (i64,), "SELECT COUNT(*) FROM _sqlx_migrations WHERE success = TRUE");
        Ok(applied.is_ok_and(|(n,)| usize::try_from(n).is_ok_and(|n| n >= wanted)))
    }
}
