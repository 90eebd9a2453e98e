//! Storage errors, each a decision.

pub type Result<T> = std::result::Result<T, StorageError>;

#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A unique key is taken.
    #[error("already there: {0}")]
    Duplicate(String),
    /// The database is from a newer version, or its migrations were changed.
    #[error("the database was made by another version: {0}")]
    Schema(#[from] sqlx::migrate::MigrateError),
    /// The address of the database can't be used.
    #[error("database address: {0}")]
    Address(String),
    /// Rows that no table of ours takes.
    #[error("{0}")]
    Unportable(String),
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(db) if db.is_unique_violation() => Self::Duplicate(db.message().to_owned()),
            _ => Self::Database(error),
        }
    }
}
