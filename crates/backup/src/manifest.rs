//! The entries that tell of the others.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use storage::portable::Column;

/// Of this layout; a later one would have another number.
pub(crate) const FORMAT: u32 = 1;

pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const CONTENTS: &str = "contents.json";
pub(crate) const SIGNATURE: &str = "signature";

/// The first entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) format: u32,
    /// Version of Fanfare.
    pub(crate) fanfare: String,
    /// The newest migration of the database.
    pub(crate) schema: i64,
    /// `SQLite` or `PostgreSQL`; for people.
    pub(crate) engine: String,
    pub(crate) taken_at: DateTime<Utc>,
    /// A value sealed with the master key, in hexadecimal digits.
    pub(crate) key_check: String,
    /// In the order in which their rows go in.
    pub(crate) tables: Vec<TableOf>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct TableOf {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
}

/// The last entry but one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Contents {
    /// Every entry before this one.
    pub(crate) entries: BTreeMap<String, Entry>,
    /// By table.
    pub(crate) rows: BTreeMap<String, u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) bytes: u64,
    /// In hexadecimal digits.
    pub(crate) sha256: String,
}
