//! The picture behind `image_url`: fetched for real, then held against
//! <https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media#image-specifications>.

use crate::fetch::FetchError;
use crate::state::{Entry, Media, Platform, PostMedia};
use crate::world::World;

/// Bytes of a picture.
const MAX_IMAGE: u64 = 8 << 20;

/// Why the container ends in `ERROR`: code, subcode, message
/// (<https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes>).
pub(super) type Trouble = (i64, i64, String);

pub(super) async fn fetch(
    world: &World,
    account: &str,
    url: &str,
    alt: Option<&str>,
) -> Result<PostMedia, Trouble> {
    let fetched = world.fetcher.fetch(url, MAX_IMAGE).await.map_err(|error| {
        tracing::info!(url, %error, "sandbox.instagram.fetch_failed");
        match error {
            FetchError::TooLarge(_) => too_large(),
            FetchError::Http(e) if e.is_timeout() => {
                (-2, 2_207_003, "It takes too long to download the media.".to_owned())
            }
            error => (
                9_004,
                2_207_052,
                format!("Only photo or video can be accepted as media type. The media could not be fetched from this URI: {url} ({error})"),
            ),
        }
    })?;
    let declared = fetched.content_type.clone();
    let kept = world.take_in(Platform::Instagram, account, fetched.bytes, declared.as_deref()).await;
    let mut medium = kept.map_err(|_| (-1, 2_207_001, "Instagram server error. Try again.".to_owned()))?;
    check(&medium)?;
    medium.alt = alt.map(str::to_owned);
    let mut ledger = world.ledger();
    medium.id = ledger.ids.meta_id("178");
    ledger.record(Entry::Media(Box::new(medium.clone())));
    Ok(medium.in_post())
}

fn too_large() -> Trouble {
    (36_000, 2_207_004, "The image is too large to download. It should be less than 8 MB.".to_owned())
}

/// JPEG, at most 8 MB, from 4:5 to 1.91:1.
fn check(medium: &Media) -> Result<(), Trouble> {
    if medium.mime != "image/jpeg" {
        return Err((
            36_001,
            2_207_005,
            format!("The image format {} is not supported. Please check the image specs: JPEG.", medium.mime),
        ));
    }
    if medium.bytes > MAX_IMAGE {
        return Err(too_large());
    }
    let (Some(width), Some(height)) = (medium.width, medium.height) else {
        return Err((9_004, 2_207_052, "The media could not be read.".to_owned()));
    };
    let ratio = f64::from(width) / f64::from(height.max(1));
    // A pixel's rounding is forgiven.
    if !(0.799..=1.915).contains(&ratio) {
        return Err((
            36_003,
            2_207_009,
            format!(
                "The submitted image with aspect ratio {width}/{height} cannot be published. Please submit an image with a valid aspect ratio: between 4:5 and 1.91:1."
            ),
        ));
    }
    Ok(())
}
