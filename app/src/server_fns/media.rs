//! What a post's images say. Uploading is a route of its own (`POST /api/media`): a form field can't tell its progress.

use leptos::prelude::*;
use model::{ApiError, MediaId};

/// Keeps an image's description, so that the next post with it starts with the same. For editors.
#[server(endpoint = "media/alt")]
pub async fn set_alt(media: MediaId, #[server(default)] alt: String) -> Result<(), ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.media.set_alt(actor, media, alt).await
    })
    .await
}
