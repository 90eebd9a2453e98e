//! Backups: one file with every row and every image, from either engine and into either.
//!
//! The file is a tar archive, compressed by gzip:
//!
//! | entry | holds |
//! |---|---|
//! | `manifest.json` | what made it, when, and which tables and columns it has |
//! | `tables/<name>/<number>.ndjson` | rows, one JSON array a line |
//! | `media/<key>` | the files of the media store |
//! | `contents.json` | length and SHA-256 of every entry before it |
//! | `signature` | HMAC of `contents.json`, by a key made of the master key |
//!
//! The master key is never in it. `storage::portable` says which tables are.

mod archive;
mod backup;
mod manifest;
mod restore;
mod rows;
mod verify;

pub use backup::{BackupError, Taken, back_up};
pub use restore::{RestoreError, Restored, Since, restore};

use service::keys::Keys;
use service::media::MediaStore;
use storage::Db;

/// What is backed up, or restored into.
#[derive(Clone, Copy, Debug)]
pub struct Installation<'a> {
    pub db: &'a Db,
    pub media: &'a MediaStore,
    pub keys: &'a Keys,
    /// Of this program.
    pub version: &'a str,
}
