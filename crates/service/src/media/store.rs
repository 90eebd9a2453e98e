//! Where files are: in a folder, or in a bucket of an S3-compatible store.

mod s3;

pub use s3::S3Settings;

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt as _};
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("no such file in the media store")]
    NotFound,
    #[error("not a key of the media store")]
    BadKey,
    #[error("media store: {0}")]
    Failed(object_store::Error),
    #[error("media store: {0}")]
    Client(String),
    #[error("media folder: {0}")]
    Folder(std::io::Error),
}

impl From<object_store::Error> for StoreError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::NotFound,
            other => Self::Failed(other),
        }
    }
}

/// Files by key, such as `<workspace>/<media>/thumb.jpg`. Cloning is cheap.
#[derive(Clone)]
pub struct MediaStore(Arc<dyn ObjectStore>);

impl fmt::Debug for MediaStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MediaStore({})", self.0)
    }
}

impl MediaStore {
    /// Files below `folder`, which is made if it isn't there.
    ///
    /// # Errors
    /// When the folder can't be made.
    pub fn local(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(StoreError::Folder)?;
        // The database will say that the file is there: it must outlive a power cut as the row does.
        let files = LocalFileSystem::new_with_prefix(folder)?.with_automatic_cleanup(true).with_fsync(true);
        Ok(Self(Arc::new(files)))
    }

    /// Files that are gone with the process, for tests.
    pub fn memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    /// Writes a file whole or not at all; replaces one of the same key.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<(), StoreError> {
        self.0.put(&parse(key)?, bytes.into()).await?;
        Ok(())
    }

    pub async fn get(&self, key: &str) -> Result<Bytes, StoreError> {
        Ok(self.0.get(&parse(key)?).await?.bytes().await?)
    }

    /// A part of a file; `range` in bytes, within its size.
    pub async fn get_range(&self, key: &str, range: Range<u64>) -> Result<Bytes, StoreError> {
        Ok(self.0.get_range(&parse(key)?, range).await?)
    }

    /// In bytes.
    pub async fn size(&self, key: &str) -> Result<u64, StoreError> {
        Ok(self.0.head(&parse(key)?).await?.size)
    }

    /// Removes a file; one that isn't there is no error.
    pub async fn delete(&self, key: &str) -> Result<(), StoreError> {
        match self.0.delete(&parse(key)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Refuses what would lead out of the store.
fn parse(key: &str) -> Result<Key, StoreError> {
    Key::parse(key).map_err(|_| StoreError::BadKey)
}
