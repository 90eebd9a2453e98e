//! A migrated database of our own kind, on either engine, with a clock that tests move.

use crate::{Postgres, TestDatabase, fresh_sqlite_path, temp_dir};
use chrono::{DateTime, TimeZone as _, Utc};
use model::clock::FakeClock;
use std::sync::Arc;
use storage::{ConnectOptions, Db, StorageError};
use tempfile::TempDir;

/// A migrated, empty database that goes away with the value.
#[derive(Debug)]
pub struct TestDb {
    pub db: Db,
    /// The clock of `db`; stands at [`TestDb::start`] until moved.
    pub clock: Arc<FakeClock>,
    /// `SQLite` or `PostgreSQL`, for messages.
    pub engine_name: &'static str,
    /// For a second connection, as another process would have.
    pub url: String,
    _lives_in: LivesIn,
}

/// Removes the database when dropped.
#[derive(Debug)]
enum LivesIn {
    Folder(#[expect(dead_code, reason = "dropped, not read")] TempDir),
    Server(#[expect(dead_code, reason = "dropped, not read")] TestDatabase),
}

/// A test can't have its database.
#[derive(Debug, thiserror::Error)]
pub enum TestDbError {
    #[error(transparent)]
    Server(#[from] crate::Error),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl TestDb {
    /// Where the clock of every test database begins: 15 January 2025, noon UTC.
    ///
    /// # Panics
    /// Never: the instant exists.
    pub fn start() -> DateTime<Utc> {
        let Some(start) = Utc.with_ymd_and_hms(2025, 1, 15, 12, 0, 0).single() else {
            panic!("no such instant")
        };
        start
    }

    /// # Errors
    /// When the file can't be made.
    pub async fn sqlite() -> Result<Self, TestDbError> {
        let folder = temp_dir()?;
        let url = format!("sqlite:{}", fresh_sqlite_path(&folder).display());
        Self::open("SQLite", url, LivesIn::Folder(folder)).await
    }

    /// # Errors
    /// When there is no server.
    pub async fn postgres() -> Result<Self, TestDbError> {
        let database = Postgres::shared()?.database().await?;
        let url = database.url().to_owned();
        Self::open("PostgreSQL", url, LivesIn::Server(database)).await
    }

    async fn open(engine_name: &'static str, url: String, lives_in: LivesIn) -> Result<Self, TestDbError> {
        let clock = FakeClock::at(Self::start());
        let options = ConnectOptions { url: url.clone(), max_connections: 6 };
        let db = Db::connect(&options, clock.clone()).await?;
        db.migrate().await?;
        Ok(Self { db, clock, engine_name, url, _lives_in: lives_in })
    }
}

/// Runs one story on both engines, each in a fresh database.
///
/// # Panics
/// When there is no database, or the story panics.
pub async fn each_engine(story: impl AsyncFn(TestDb)) {
    for opened in [TestDb::sqlite().await, TestDb::postgres().await] {
        match opened {
            Ok(test) => story(test).await,
            Err(error) => panic!("no database for the test: {error}"),
        }
    }
}
