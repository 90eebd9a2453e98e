//! Photos of a Page, by address or by file: <https://developers.facebook.com/docs/graph-api/reference/page/photos>.

use super::feed::{own_page, store};
use crate::clock::DAY;
use crate::fetch::FetchError;
use crate::meta::call::GraphCall;
use crate::meta::error::GraphError;
use crate::state::{Entry, Media, Platform};
use crate::world::World;
use axum::Json;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::json;

/// "We recommend uploading files under 4MB"; more than 10 MB is refused.
const MAX_PHOTO: u64 = 10 << 20;

pub(super) async fn publish(world: &World, call: &GraphCall) -> Result<Response, GraphError> {
    own_page(world, call, "post")?;
    call.need("pages_manage_posts")?;
    call.need("pages_read_engagement")?;
    let bytes = bytes(world, call).await?;
    let kept = world.take_in(Platform::Facebook, &call.node, bytes, None).await;
    let mut medium = kept.map_err(|_| GraphError::transient())?;
    if medium.bytes > MAX_PHOTO {
        return Err(GraphError::new(
            100,
            Some(1_366_046),
            "(#100) Your photos couldn't be uploaded. Photos should be smaller than 4 MB and saved as JPG, PNG, GIF, TIFF, HEIF or WebP files.",
        ));
    }
    let picture = matches!(medium.mime.as_str(), "image/jpeg" | "image/png" | "image/gif" | "image/webp");
    if !picture || medium.width.is_none() {
        return Err(GraphError::new(324, Some(2_069_019), "(#324) Missing or invalid image file"));
    }
    medium.alt = call.params.get("alt_text_custom").map(str::to_owned);
    let published = !matches!(call.params.get("published"), Some("false" | "0" | "False"));
    medium.expires_at = (!published).then(|| world.now() + DAY);
    let medium = record(world, medium);
    if !published {
        return Ok(Json(json!({"id": medium.id})).into_response());
    }
    let caption = call.params.get("caption").or(call.params.get("message")).unwrap_or_default();
    Ok(store(world, call, caption, vec![medium.in_post()], json!({"photo": medium.id, "published": true})))
}

fn record(world: &World, mut medium: Media) -> Media {
    let mut ledger = world.ledger();
    medium.id = ledger.ids.meta_id("122");
    ledger.record(Entry::Media(Box::new(medium.clone())));
    medium
}

async fn bytes(world: &World, call: &GraphCall) -> Result<Bytes, GraphError> {
    if let Some(file) = call.params.file("source").or(call.params.files.first()) {
        return Ok(file.bytes.clone());
    }
    let Some(url) = call.params.get("url") else {
        return Err(GraphError::new(324, None, "(#324) Requires upload file"));
    };
    match world.fetcher.fetch(url, MAX_PHOTO).await {
        Ok(fetched) => Ok(fetched.bytes),
        Err(FetchError::TooLarge(_)) => Err(GraphError::new(
            100,
            Some(1_366_046),
            "(#100) Your photos couldn't be uploaded. Photos should be smaller than 4 MB.",
        )),
        Err(error) => {
            tracing::info!(url, %error, "sandbox.facebook.fetch_failed");
            Err(GraphError::new(324, Some(2_069_019), "(#324) Missing or invalid image file"))
        }
    }
}
