//! What goes wrong with a picture.

use super::store::StoreError;
use crate::errors::internal;
use model::media::MAX_PIXELS;
use model::{ApiError, Problem};
use storage::StorageError;

/// The words are fit to be shown to a person.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    #[error("there is no such image")]
    NotFound,
    #[error("this kind of file is not supported")]
    Unsupported,
    #[error("the image has more than {MAX_PIXELS} pixels")]
    TooManyPixels,
    /// What the decoder said is for the log.
    #[error("the image file is damaged")]
    Damaged(String),
    #[error("the image can't be made small enough for the platform")]
    TooLarge,
    #[error("the image could not be converted: {0}")]
    Encode(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("reading the upload: {0}")]
    Upload(std::io::Error),
}

impl MediaError {
    /// The file itself is at fault, and will be: not a disk or a database that is away.
    pub fn is_final(&self) -> bool {
        match self {
            Self::NotFound
            | Self::Unsupported
            | Self::TooManyPixels
            | Self::Damaged(_)
            | Self::TooLarge
            | Self::Encode(_)
            | Self::Store(StoreError::NotFound | StoreError::BadKey) => true,
            Self::Store(_) | Self::Storage(_) | Self::Upload(_) => false,
        }
    }
}

impl From<MediaError> for ApiError {
    fn from(error: MediaError) -> Self {
        match error {
            MediaError::NotFound => Self::NotFound,
            MediaError::Unsupported => Self::invalid("file", Problem::UnsupportedFile),
            MediaError::TooManyPixels => Self::invalid("file", Problem::TooManyPixels { max: MAX_PIXELS }),
            MediaError::Damaged(said) => {
                tracing::info!(image.error = %said, "a damaged image was refused");
                Self::invalid("file", Problem::DamagedFile)
            }
            other => internal(&other),
        }
    }
}
