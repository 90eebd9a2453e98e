use crate::Error;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

/// A folder that is removed when the value is dropped.
///
/// # Errors
/// When the folder for temporary files can't be written to.
pub fn temp_dir() -> Result<TempDir, Error> {
    Ok(tempfile::Builder::new().prefix("fanfare-test-").tempdir()?)
}

/// The path of an SQLite file that does not exist yet, in `folder`; another one at each call.
#[must_use]
pub fn fresh_sqlite_path(folder: &TempDir) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    folder.path().join(format!("fanfare-{}.db", NEXT.fetch_add(1, Ordering::Relaxed)))
}
