//! Posts of the past, given in bulk instead of being published one by one. The journal keeps of each what can't be
//! worked out, so that a long history is read back quickly.

use super::{Media, Platform, Post, PostMedia};
use crate::clock::Millis;
use crate::ids::{stable_digits, stable_letters, stable_snowflake};
use crate::{bluesky, x};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A post that was made at `created_at`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Past {
    pub(crate) platform: Platform,
    pub(crate) account: String,
    /// The caller's name for it: the same name is the same post. On Bluesky the record's key.
    pub(crate) key: String,
    pub(crate) text: String,
    pub(crate) created_at: Millis,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) media: Vec<PostMedia>,
}

impl Past {
    /// The identifier in the platform's own form; depends on account, key and time only.
    pub(crate) fn id(&self) -> String {
        let name = format!("past/{}/{}/{}", self.platform.key(), self.account, self.key);
        match self.platform {
            Platform::X => stable_snowflake(&name, self.created_at, x::EPOCH),
            Platform::Facebook => format!("{}_122{}", self.account, stable_digits(&name, 13)),
            Platform::Instagram => format!("1799{}", stable_digits(&name, 13)),
            Platform::Linkedin => format!("urn:li:share:{}", stable_snowflake(&name, self.created_at, 0)),
            Platform::Bluesky => bluesky::uri(&self.account, &self.key),
            Platform::Tiktok => stable_snowflake(&name, self.created_at, 0),
            Platform::Youtube => stable_letters(&name, 11),
        }
    }

    /// As if it had been published then.
    pub(crate) fn into_post(self) -> Post {
        let id = self.id();
        let extra = self.extra();
        let key = (self.platform == Platform::Bluesky).then_some(self.key);
        Post {
            platform: self.platform,
            account: self.account,
            id,
            text: self.text,
            media: self.media,
            created_at: self.created_at,
            received_at: self.created_at,
            deleted: false,
            key,
            attempts: 1,
            extra,
        }
    }

    /// Its pictures as uploads, where they are asked for by themselves: a repository of Bluesky serves its own blobs.
    pub(crate) fn uploads(&self) -> Vec<Media> {
        if self.platform != Platform::Bluesky {
            return Vec::new();
        }
        let upload = |medium: &PostMedia| Media {
            id: bluesky::blob_key(&self.account, &medium.sha256),
            platform: self.platform,
            account: self.account.clone(),
            sha256: medium.sha256.clone(),
            mime: medium.mime.clone(),
            bytes: medium.bytes,
            width: None,
            height: None,
            alt: medium.alt.clone(),
            created_at: self.created_at,
            expires_at: None,
        };
        self.media.iter().map(upload).collect()
    }

    /// What the platform's own reads show of it.
    fn extra(&self) -> Value {
        match self.platform {
            Platform::X => json!({}),
            Platform::Facebook => json!({"published": true}),
            Platform::Instagram => {
                json!({"media_type": if self.media.len() > 1 { "CAROUSEL_ALBUM" } else { "IMAGE" }})
            }
            Platform::Linkedin => json!({
                "author": format!("urn:li:person:{}", self.account),
                "commentary": self.text,
                "visibility": "PUBLIC",
                "distribution": {"feedDistribution": "MAIN_FEED"},
                "lifecycleState": "PUBLISHED",
            }),
            Platform::Bluesky => bluesky::past(&self.text, self.created_at, &self.media),
            // Seconds.
            Platform::Tiktok => json!({"duration": 15 + self.text.len() % 45}),
            Platform::Youtube => json!({"duration": 120 + self.text.len() * 7}),
        }
    }
}
