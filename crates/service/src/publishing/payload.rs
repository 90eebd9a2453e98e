//! What goes out for a target: the platform's text and the renditions made for it.

use super::PublishError;
use crate::context::Context;
use crate::media::MediaError;
use chrono::{DateTime, Utc};
use platforms::{Payload, PayloadMedia};
use sha2::{Digest, Sha256};
use storage::publishing::{self, PublishRow};

#[derive(Debug)]
pub(super) enum PayloadError {
    /// A file is gone or can't be converted; said to the person.
    Media(String),
    /// The files or what is known of them can't be read for now.
    MediaAway(MediaError),
    Publish(PublishError),
}

impl<E: Into<PublishError>> From<E> for PayloadError {
    fn from(error: E) -> Self {
        Self::Publish(error.into())
    }
}

/// Builds the payload of the target as it is now. No transaction is open meanwhile: making a rendition may take a second.
pub(super) async fn build(
    context: &Context,
    row: &PublishRow,
    now: DateTime<Utc>,
) -> Result<Payload, PayloadError> {
    let attached = match row.own_media() {
        Some(own) => own.to_vec(),
        None if row.has_common_media => {
            let mut tx = context.db.read().await?;
            publishing::media(&mut tx, row.workspace_id, row.post_id).await?
        }
        None => Vec::new(),
    };
    let mut media = Vec::with_capacity(attached.len());
    for item in attached {
        let made = crate::media::rendition_for(context, row.workspace_id, &item, row.platform)
            .await
            .map_err(|error| match error.is_final() {
                true => PayloadError::Media(error.to_string()),
                false => PayloadError::MediaAway(error),
            })?;
        media.push(PayloadMedia {
            media: item.media,
            key: made.store_key,
            mime: made.mime,
            bytes: u64::try_from(made.bytes).unwrap_or_default(),
            width: u32::try_from(made.width).unwrap_or_default(),
            height: u32::try_from(made.height).unwrap_or_default(),
            alt: item.alt,
        });
    }
    Ok(Payload {
        text: row.variant().map_or(&row.body, |variant| &variant.text).clone(),
        media,
        publish_key: row.publish_key.clone(),
        created_at: row.publish_created_at.unwrap_or(now),
    })
}

/// SHA-256 of the payload's content as JSON (keys in a fixed order). When it counts as made is no part of it: a post moved to
/// another time is refused by platforms as the same one.
pub(super) fn hash(payload: &serde_json::Value) -> Vec<u8> {
    let mut content = payload.clone();
    if let Some(fields) = content.as_object_mut() {
        fields.remove("created_at");
    }
    Sha256::digest(content.to_string().as_bytes()).to_vec()
}
