//! Posts, uploaded media, uploads under way, Instagram's containers.

use super::Platform;
use crate::clock::Millis;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// A published post; deleted ones stay, marked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Post {
    pub(crate) platform: Platform,
    pub(crate) account: String,
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) media: Vec<PostMedia>,
    pub(crate) created_at: Millis,
    /// Arrival of the request that published it, by the machine's clock.
    pub(crate) received_at: Millis,
    pub(crate) deleted: bool,
    /// The client's own key: Bluesky's rkey, Instagram's container.
    pub(crate) key: Option<String>,
    /// How often a client tried to publish it, refused repeats included.
    pub(crate) attempts: u32,
    /// What only this platform knows of a post.
    #[serde(default)]
    pub(crate) extra: Value,
}

/// One medium of a post.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PostMedia {
    pub(crate) id: String,
    pub(crate) sha256: String,
    pub(crate) mime: String,
    pub(crate) bytes: u64,
    pub(crate) alt: Option<String>,
}

/// Bytes that a platform took in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Media {
    pub(crate) id: String,
    pub(crate) platform: Platform,
    pub(crate) account: String,
    /// Empty until the bytes have come (LinkedIn registers first).
    pub(crate) sha256: String,
    pub(crate) mime: String,
    pub(crate) bytes: u64,
    pub(crate) width: Option<u32>,
    pub(crate) height: Option<u32>,
    pub(crate) alt: Option<String>,
    pub(crate) created_at: Millis,
    /// Unused media are dropped by the platform then.
    pub(crate) expires_at: Option<Millis>,
}

impl Media {
    pub(crate) fn in_post(&self) -> PostMedia {
        PostMedia {
            id: self.id.clone(),
            sha256: self.sha256.clone(),
            mime: self.mime.clone(),
            bytes: self.bytes,
            alt: self.alt.clone(),
        }
    }
}

/// A chunked upload under way (X).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Upload {
    pub(crate) id: String,
    pub(crate) account: String,
    pub(crate) media_type: String,
    pub(crate) category: Option<String>,
    pub(crate) total_bytes: u64,
    /// Digest of each segment.
    pub(crate) segments: BTreeMap<u32, String>,
    pub(crate) created_at: Millis,
}

/// An Instagram media container.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Container {
    pub(crate) id: String,
    pub(crate) account: String,
    pub(crate) caption: String,
    /// `IMAGE` or `CAROUSEL`.
    pub(crate) media_type: String,
    pub(crate) carousel_item: bool,
    pub(crate) media: Vec<PostMedia>,
    pub(crate) children: Vec<String>,
    pub(crate) created_at: Millis,
    pub(crate) ready_at: Millis,
    /// Why the platform gave up: code, subcode, message.
    pub(crate) error: Option<(i64, i64, String)>,
    /// The medium it became.
    pub(crate) published: Option<String>,
}
