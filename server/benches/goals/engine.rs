//! The two databases.

use crate::Result;
use std::fmt;
use std::path::Path;
use testing::{Postgres, TestDatabase};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// An empty database; a PostgreSQL one is dropped with the value, a SQLite one with its folder.
pub(crate) struct Database {
    pub(crate) url: String,
    _on_server: Option<TestDatabase>,
}

impl Engine {
    pub(crate) async fn database(self, folder: &Path) -> Result<Database> {
        match self {
            Self::Sqlite => Ok(Database {
                url: format!("sqlite:{}", folder.join("fanfare.db").display()),
                _on_server: None,
            }),
            Self::Postgres => {
                let database = Postgres::shared()?.database().await?;
                Ok(Database { url: database.url().to_owned(), _on_server: Some(database) })
            }
        }
    }
}
