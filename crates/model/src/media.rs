//! Uploaded files.

use crate::ids::MediaId;
use serde::{Deserialize, Serialize};

/// Largest upload accepted, in bytes.
pub const MAX_UPLOAD_BYTES: u64 = 32 * 1024 * 1024;
/// Largest picture accepted, in pixels, checked before decoding. LinkedIn's limit is the highest of the platforms.
pub const MAX_PIXELS: u64 = 36_152_320;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImageFormat {
    Jpeg,
    Png,
    Webp,
    Gif,
}

impl ImageFormat {
    pub const ALL: [Self; 4] = [Self::Jpeg, Self::Png, Self::Webp, Self::Gif];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
        }
    }

    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
        }
    }
}

impl std::str::FromStr for ImageFormat {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|format| format.key() == s).ok_or_else(|| format!("unknown format {s:?}"))
    }
}

/// An uploaded image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaView {
    pub id: MediaId,
    pub name: String,
    pub format: ImageFormat,
    pub bytes: i64,
    pub width: i64,
    pub height: i64,
    /// The description last given; a new post starts with it.
    pub alt: String,
    /// Path of a small rendition for screens.
    pub thumbnail: String,
    /// Path of a large rendition for previews.
    pub preview: String,
}

impl MediaView {
    /// Width and height, in pixels.
    pub fn pixels(&self) -> (u32, u32) {
        let side = |side: i64| u32::try_from(side).unwrap_or(0);
        (side(self.width), side(self.height))
    }
}
