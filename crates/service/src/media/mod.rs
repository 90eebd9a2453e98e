//! Images: taking uploads in, the files made of them, and the addresses under which platforms fetch those.
//!
//! The upload itself is kept as it came and never served. Everything that leaves is encoded anew, which leaves behind
//! what a camera wrote into the file (place, owner, serial number).

mod encode;
mod error;
mod library;
mod picture;
mod rendition;
mod signed;
mod store;

pub use error::MediaError;
pub use library::MediaLibrary;
pub use rendition::{ScreenSize, open_rendition, original_key, rendition, rendition_for};
pub use signed::{SignedMedia, signed_path, verify_signed};
pub use store::{MediaStore, S3Settings, StoreError};

use model::MediaId;
use model::media::MediaView;
use storage::media::MediaRow;

/// Path of the small rendition for screens.
pub(crate) fn thumbnail_path(media: MediaId) -> String {
    format!("/api/media/{media}/thumb")
}

/// Path of the large rendition for screens.
pub(crate) fn preview_path(media: MediaId) -> String {
    format!("/api/media/{media}/preview")
}

pub(crate) fn view(row: MediaRow) -> MediaView {
    MediaView {
        id: row.id,
        name: row.name,
        format: row.format,
        bytes: row.bytes,
        width: row.width,
        height: row.height,
        alt: row.alt,
        thumbnail: thumbnail_path(row.id),
        preview: preview_path(row.id),
    }
}
