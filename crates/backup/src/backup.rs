//! Taking a backup, while the server runs.

use crate::Installation;
use crate::archive::Writer;
use crate::manifest::{FORMAT, MANIFEST, Manifest, TableOf};
use crate::rows;
use chrono::{DateTime, Utc};
use service::keys::KeyCheckError;
use service::media::{StoreError, original_key};
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use storage::portable::{self, Cell, TABLES, Table};
use storage::{StorageError, Tx, keycheck};

/// Rows are written in pieces of about this many bytes.
const PIECE: usize = 4 * 1024 * 1024;

#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{} is already there: name another file, or remove it first", path.display())]
    Exists { path: PathBuf },
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("the database is not up to date: run `fanfare migrate` first")]
    NotMigrated,
    #[error("the database: {0}")]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Key(#[from] KeyCheckError),
    #[error("the file {key} of the media store: {source}")]
    Media { key: String, source: StoreError },
    #[error("a row can't be written as JSON: {0}")]
    Row(#[from] serde_json::Error),
}

/// What is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub rows: u64,
    pub files: u64,
    /// Files that the database names and the media store doesn't have.
    pub missing: Vec<String>,
}

/// Writes a backup to `path`, which must not be there yet: whole, or not at all. Only its owner can read it.
///
/// # Errors
/// Each says what to do.
pub async fn back_up(from: Installation<'_>, path: &Path) -> Result<Taken, BackupError> {
    let failed = |source| BackupError::File { path: path.to_owned(), source };
    if path.exists() {
        return Err(BackupError::Exists { path: path.to_owned() });
    }
    if from.db.migrated_to().await? != Some(storage::schema_version()) {
        return Err(BackupError::NotMigrated);
    }
    from.keys.check(from.db).await?;
    let mut draft_name = path.file_name().unwrap_or_default().to_owned();
    draft_name.push(format!(".{}.part", std::process::id()));
    let draft = path.with_file_name(draft_name);
    let file = create(&draft).map_err(failed)?;
    let written = write(from, file, &failed).await;
    let named = written.and_then(|taken| std::fs::rename(&draft, path).map(|()| taken).map_err(failed));
    if named.is_err()
        && let Err(error) = std::fs::remove_file(&draft)
    {
        tracing::warn!(file.path = %draft.display(), %error, "a draft was left over");
    }
    named
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

async fn write(
    from: Installation<'_>,
    file: File,
    failed: &impl Fn(io::Error) -> BackupError,
) -> Result<Taken, BackupError> {
    let now = from.db.clock().now();
    let mut archive = Writer::new(file, u64::try_from(now.timestamp()).unwrap_or_default());
    let mut tx = from.db.snapshot().await?;
    let manifest = manifest(from, &mut tx, now).await?;
    archive.add(MANIFEST, &serde_json::to_vec(&manifest)?).map_err(failed)?;
    let mut keys = Vec::new();
    for table in TABLES {
        write_table(&mut tx, table, &mut archive, &mut keys, failed).await?;
    }
    // The files are named by now; they never change, and need no transaction.
    drop(tx);
    let mut taken = Taken { rows: archive.contents.rows.values().sum(), ..Taken::default() };
    for key in keys {
        match from.media.get(&key).await {
            Ok(bytes) => {
                archive.add(&format!("media/{key}"), &bytes).map_err(failed)?;
                taken.files += 1;
            }
            Err(StoreError::NotFound) => taken.missing.push(key),
            Err(source) => return Err(BackupError::Media { key, source }),
        }
    }
    archive.finish(|contents| from.keys.sign_backup(contents)).map_err(failed)?;
    Ok(taken)
}

async fn manifest(from: Installation<'_>, tx: &mut Tx, now: DateTime<Utc>) -> Result<Manifest, BackupError> {
    let sealed = keycheck::get(tx).await?.unwrap_or_default();
    let table_of = |table: &Table| TableOf {
        name: table.name.to_owned(),
        columns: table.columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect(),
    };
    Ok(Manifest {
        format: FORMAT,
        fanfare: from.version.to_owned(),
        schema: storage::schema_version(),
        engine: if from.db.is_postgres() { "PostgreSQL" } else { "SQLite" }.to_owned(),
        taken_at: now,
        key_check: hex::encode(sealed),
        tables: TABLES.iter().map(table_of).collect(),
    })
}

/// Writes the rows in pieces, and adds the keys of the files that they name.
async fn write_table(
    tx: &mut Tx,
    table: &Table,
    archive: &mut Writer,
    keys: &mut Vec<String>,
    failed: &impl Fn(io::Error) -> BackupError,
) -> Result<(), BackupError> {
    let (mut piece, mut pieces, mut count) = (Vec::new(), 0_u32, 0_u64);
    let mut write = |piece: &mut Vec<u8>| {
        pieces += 1;
        let name = format!("tables/{}/{pieces:06}.ndjson", table.name);
        archive.add(&name, piece).map_err(failed)?;
        piece.clear();
        Ok::<_, BackupError>(())
    };
    portable::each_row(tx, table, |row| {
        keys.extend(file_of(table, &row));
        piece.extend(rows::line(&row)?);
        count += 1;
        if piece.len() >= PIECE { write(&mut piece) } else { Ok(()) }
    })
    .await?;
    if !piece.is_empty() {
        write(&mut piece)?;
    }
    archive.contents.rows.insert(table.name.to_owned(), count);
    Ok(())
}

/// The file that a row stands for, if any. Of what is deleted there is none.
fn file_of(table: &Table, row: &[Cell]) -> Option<String> {
    let cell = |name: &str| {
        let place = table.columns.iter().position(|(column, _)| *column == name)?;
        row.get(place)
    };
    match table.name {
        "media" => match (cell("workspace_id")?, cell("id")?, cell("deleted_at")?) {
            (Cell::Uuid(workspace), Cell::Uuid(media), Cell::Null) => {
                Some(original_key((*workspace).into(), (*media).into()))
            }
            _ => None,
        },
        "rendition" => match cell("store_key")? {
            Cell::Text(key) => Some(key.clone()),
            _ => None,
        },
        _ => None,
    }
}
