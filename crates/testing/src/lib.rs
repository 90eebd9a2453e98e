//! What tests of several crates need: databases of their own. Used in `[dev-dependencies]` only.
//!
//! ```no_run
//! # async fn story() -> Result<(), testing::Error> {
//! let database = testing::Postgres::shared()?.database().await?; // dropped with `database`
//! let folder = testing::temp_dir()?;
//! let sqlite = testing::fresh_sqlite_path(&folder);
//! # Ok(()) }
//! ```

mod db;
mod error;
mod postgres;
mod sqlite;

pub use db::{TestDb, TestDbError, each_engine};
pub use error::Error;
pub use postgres::{Postgres, TestDatabase, fresh_postgres_url};
pub use sqlite::{fresh_sqlite_path, temp_dir};
