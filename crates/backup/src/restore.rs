//! Putting a backup back, into an empty database of either engine.

use crate::Installation;
use crate::archive::{Archive, Part, ReadError};
use crate::rows;
use crate::verify::{Verified, unread, verify, whole};
use chrono::{DateTime, TimeDelta, Utc};
use service::media::StoreError;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use storage::portable::{self, Held};
use storage::{StorageError, Tx, keycheck, workers};

/// A worker that was heard of within this is taken to run.
const RUNS: TimeDelta = TimeDelta::minutes(1);

/// Tables of the first version; whoever uses Fanfare has rows in them.
const EARLIEST: [&str; 2] = ["person", "workspace"];

#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("the file is no backup of Fanfare")]
    Foreign,
    #[error(
        "the backup is of a layout that this version doesn't know: install a newer Fanfare, then restore"
    )]
    Layout,
    #[error(
        "the backup was made by Fanfare {fanfare}, which is newer (schema {theirs}; this one has {ours}): install that \
         version, or a later one, then restore"
    )]
    Newer { fanfare: String, theirs: i64, ours: i64 },
    #[error("the backup is damaged, incomplete or was changed: {0}. Use another copy")]
    Damaged(String),
    #[error(
        "the master key is not the one of the installation that was backed up: put that one where this configuration has its \
         own (`secrets.master_key`, `secrets.master_key_file`, or `master.key` in the data folder), then restore"
    )]
    WrongKey,
    #[error(
        "the database already holds something (in the table `{0}`): restore into an empty one, such as a new data folder or a \
         new PostgreSQL database"
    )]
    NotEmpty(&'static str),
    #[error("a server runs on this database: stop it first")]
    ServerRuns,
    #[error(
        "the backup is of schema {theirs}, and the tables of this database are of schema {there} already: restore into a new \
         database, which is brought up to date afterwards"
    )]
    TooLate { theirs: i64, there: i64 },
    #[error("the database: {0}")]
    Storage(#[from] StorageError),
    #[error(
        "everything is restored, but the tables can't be brought up to date: {0}. Put that right and run `fanfare migrate`"
    )]
    NotUpToDate(#[source] StorageError),
    #[error("the file {key} can't be written to the media store: {source}")]
    Media { key: String, source: StoreError },
}

/// What became of the server that was backed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// It may have gone on: what was due since may be out, and is never sent again by itself.
    MayHaveRun,
    /// It was stopped before the backup and never started again: what is due goes out as if there had been a pause.
    Stopped,
}

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    pub rows: u64,
    pub files: u64,
    pub taken_at: DateTime<Utc>,
    /// The version that made the backup.
    pub fanfare: String,
    pub held: Held,
    /// Open ones, which were ended.
    pub invitations: u64,
}

/// Restores a backup: all of it, or nothing.
///
/// # Errors
/// Each says what to do. The database is as empty as before, but for [`RestoreError::NotUpToDate`].
pub async fn restore(into: Installation<'_>, path: &Path, since: Since) -> Result<Restored, RestoreError> {
    let verified = verify(path, into.keys)?;
    prepare(into, verified.manifest.schema).await?;
    let mut put = Vec::new();
    let (tx, restored) = match put_back(into, path, &verified, since, &mut put).await {
        Ok(done) => done,
        Err(error) => {
            take_away(into, put).await;
            return Err(error);
        }
    };
    // From here on the files stay: a commit whose answer is lost may have been made.
    tx.commit().await?;
    into.db.migrate().await.map_err(RestoreError::NotUpToDate)?;
    Ok(restored)
}

async fn take_away(into: Installation<'_>, put: Vec<String>) {
    for key in put {
        if let Err(error) = into.media.delete(&key).await {
            tracing::warn!(media.key = key, %error, "a restored file was left over");
        }
    }
}

/// Looks that nothing is there and nobody works on it, and makes the tables as they were.
async fn prepare(into: Installation<'_>, schema: i64) -> Result<(), RestoreError> {
    if let Some(there) = into.db.migrated_to().await? {
        let mut read = into.db.read().await?;
        if let Some(table) = portable::first_filled(&mut read, &EARLIEST).await? {
            return Err(RestoreError::NotEmpty(table));
        }
        let now = into.db.clock().now();
        if workers::latest(&mut read).await?.is_some_and(|at| now - at < RUNS) {
            return Err(RestoreError::ServerRuns);
        }
        if there > schema {
            return Err(RestoreError::TooLate { theirs: schema, there });
        }
    }
    Ok(into.db.migrate_to(schema).await?)
}

/// Everything but the commit. `put` are the files that were not there before.
async fn put_back(
    into: Installation<'_>,
    path: &Path,
    verified: &Verified,
    since: Since,
    put: &mut Vec<String>,
) -> Result<(Tx, Restored), RestoreError> {
    let files = files(into, path, put).await?;
    let now = into.db.clock().now();
    let manifest = &verified.manifest;
    // The one transaction beside which files are read: nobody else works on this database.
    let mut tx = into.db.begin().await?;
    let tables: Vec<&str> = manifest.tables.iter().map(|table| table.name.as_str()).collect();
    if let Some(table) = portable::first_filled(&mut tx, &tables).await? {
        return Err(RestoreError::NotEmpty(table));
    }
    keycheck::remove(&mut tx).await?;
    let rows = rows_of(&mut tx, path, verified).await?;
    let (held, invitations) = match since {
        Since::MayHaveRun => (
            portable::hold_due(&mut tx, manifest.taken_at, now).await?,
            portable::end_invitations(&mut tx, now).await?,
        ),
        Since::Stopped => (Held::default(), 0),
    };
    let fanfare = manifest.fanfare.clone();
    Ok((tx, Restored { rows, files, taken_at: manifest.taken_at, fanfare, held, invitations }))
}

async fn files(into: Installation<'_>, path: &Path, put: &mut Vec<String>) -> Result<u64, RestoreError> {
    let mut files = 0;
    let mut archive = open(path)?;
    for entry in archive.entries().map_err(unread)? {
        let (_, part, mut reader) = known(entry)?;
        let Part::Media(key) = part else { continue };
        let failed = |key: &str| {
            let key = key.to_owned();
            move |source| RestoreError::Media { key, source }
        };
        match into.media.size(&key).await {
            Ok(_) => {}
            Err(StoreError::NotFound) => put.push(key.clone()),
            Err(source) => return Err(RestoreError::Media { key, source }),
        }
        into.media.put(&key, whole(&mut reader)?.into()).await.map_err(failed(&key))?;
        files += 1;
    }
    Ok(files)
}

async fn rows_of(tx: &mut Tx, path: &Path, verified: &Verified) -> Result<u64, RestoreError> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut archive = open(path)?;
    for entry in archive.entries().map_err(unread)? {
        let (name, part, mut reader) = known(entry)?;
        let table = match part {
            Part::Rows(table) => table,
            Part::Manifest => continue,
            // Rows come before all else.
            _ => break,
        };
        let of = verified.manifest.tables.iter().find(|of| of.name == table);
        let columns = &of.ok_or_else(|| unknown(&name))?.columns;
        let rows = rows::rows(&whole(&mut reader)?, columns).ok_or_else(|| unknown(&name))?;
        portable::insert_rows(tx, &table, columns, &rows).await?;
        *counts.entry(table).or_default() += rows.len() as u64;
    }
    for (table, wanted) in &verified.contents.rows {
        if counts.get(table).copied().unwrap_or_default() != *wanted {
            return Err(RestoreError::Damaged(format!("rows of the table `{table}` are missing")));
        }
    }
    Ok(counts.values().sum())
}

fn open(path: &Path) -> Result<Archive, RestoreError> {
    Archive::open(path).map_err(|source| RestoreError::File { path: path.to_owned(), source })
}

fn known<R: Read>(entry: Result<(String, Part, R), ReadError>) -> Result<(String, Part, R), RestoreError> {
    entry.map_err(|error| RestoreError::Damaged(error.to_string()))
}

fn unknown(entry: &str) -> RestoreError {
    RestoreError::Damaged(format!("`{entry}` doesn't hold what the manifest says"))
}
