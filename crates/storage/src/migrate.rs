//! Migrations, ours and the job queue's: forward only, embedded, under a lock on PostgreSQL.

use crate::db::{Db, EngineConn, Pools};
use crate::error::Result;
use sqlx::migrate::Migrator;

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// The job queue numbers its migrations by itself, so they are recorded apart.
const QUEUE_TABLE: &str = "_queue_migrations";

/// The number of the newest migration; the same on both engines.
pub fn schema_version() -> i64 {
    POSTGRES.iter().map(|migration| migration.version).max().unwrap_or_default()
}

impl Db {
    /// Brings the schema up to date. Refuses a database that a newer version has migrated further.
    pub async fn migrate(&self) -> Result<()> {
        self.migrate_to(schema_version()).await
    }

    /// Brings the schema to an earlier version, as rows of that version need it; no further than [`schema_version`].
    pub async fn migrate_to(&self, version: i64) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { write, .. } => {
                SQLITE.run_to(version, write).await?;
                let mut queue = apalis_sqlite::SqliteStorage::<()>::migrations();
                queue.dangerous_set_table_name(QUEUE_TABLE);
                queue.run(write).await?;
            }
            Pools::Postgres { pool, .. } => {
                POSTGRES.run_to(version, pool).await?;
                let mut queue = apalis_postgres::PostgresStorage::<()>::migrations();
                queue.dangerous_set_table_name(QUEUE_TABLE);
                queue.run(pool).await?;
            }
        }
        Ok(())
    }

    /// The number of the newest migration that the database has; none where it has no tables of ours.
    pub async fn migrated_to(&self) -> Result<Option<i64>> {
        let mut tx = self.read().await?;
        let there = match tx.as_engine() {
            EngineConn::Sqlite(conn) => {
                let found = sqlx::query("SELECT 1 FROM sqlite_master WHERE name = '_sqlx_migrations'");
                found.fetch_optional(conn).await?.is_some()
            }
            EngineConn::Postgres(conn) => {
                let found = sqlx::query("SELECT 1 WHERE to_regclass('_sqlx_migrations') IS NOT NULL");
                found.fetch_optional(conn).await?.is_some()
            }
        };
        if !there {
            return Ok(None);
        }
        let (newest,) =
            fetch_one!(tx, (Option<i64>,), "SELECT MAX(version) FROM _sqlx_migrations WHERE success = TRUE")?;
        Ok(newest)
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
