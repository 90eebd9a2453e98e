use std::io;

/// A test can't have the database it wants.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `.ci/pg` could not be run.
    #[error("could not run {program}: {source}")]
    Program { program: String, source: io::Error },
    /// `.ci/pg` ran and gave no server; it has said why on standard error.
    #[error("{program} gave no PostgreSQL server: {output:?}")]
    NoServer { program: String, output: String },
    /// The address in `FANFARE_TEST_POSTGRES` or that of the new server is no URL.
    #[error("PostgreSQL's address is no URL: {0}")]
    Address(#[from] url::ParseError),
    /// The server refused.
    #[error("PostgreSQL: {0}")]
    Sql(#[from] sqlx::Error),
    /// No folder for temporary files.
    #[error("no temporary folder: {0}")]
    TempDir(#[from] io::Error),
}
