//! Tells a wrong master key at start, before anything is sealed with it.

use super::{Keys, Place};
use model::WorkspaceId;
use storage::{Db, StorageError, keycheck};
use uuid::Uuid;

const PLACE: Place =
    Place { workspace: WorkspaceId(Uuid::nil()), row: Uuid::nil(), column: "key_check.sealed" };
const WORDS: &[u8] = b"this is the master key of this database";

#[derive(Debug, thiserror::Error)]
pub enum KeyCheckError {
    #[error(
        "the master key is not the one this database was made with: connections sealed with that one can't be opened. \
         Give the right key, or restore the backup that belongs to this one"
    )]
    WrongKey,
    #[error(transparent)]
    Seal(#[from] super::SealError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Keys {
    /// Compares the key with the database's check value; the first start writes it.
    ///
    /// # Errors
    /// [`KeyCheckError::WrongKey`]
    pub async fn check(&self, db: &Db) -> Result<(), KeyCheckError> {
        let stored = keycheck::get(&mut db.read().await?).await?;
        let stored = match stored {
            Some(stored) => stored,
            None => {
                let mut tx = db.begin().await?;
                keycheck::insert(&mut tx, &self.seal(&PLACE, WORDS)?).await?;
                // Another process may have been first, with another key.
                let stored = keycheck::get(&mut tx).await?.unwrap_or_default();
                tx.commit().await?;
                stored
            }
        };
        if self.made(&stored) { Ok(()) } else { Err(KeyCheckError::WrongKey) }
    }

    /// Whether a check value was made with this key.
    pub fn made(&self, check: &[u8]) -> bool {
        self.open(&PLACE, check).is_ok_and(|words| words.as_slice() == WORDS)
    }
}
