//! The one table of what each platform accepts. Every number has its source beside it.

use crate::media::ImageFormat;
use crate::platform::Platform;
use std::ops::RangeInclusive;

/// What a platform counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextUnit {
    /// X: 1 or 2 a character, 2 an emoji, 23 a URL.
    Weighted,
    /// What a person takes for one character.
    Graphemes,
    /// UTF-16 units. Meta and LinkedIn say "characters" and no more; a text has never fewer units than code points, so
    /// one that fits in units fits by either reading.
    Utf16,
    /// UTF-8 bytes.
    Bytes,
}

/// Bounds of width : height, inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatioRange {
    /// The tallest, as (width, height).
    pub min: (u32, u32),
    /// The widest, as (width, height).
    pub max: (u32, u32),
}

impl RatioRange {
    pub fn is_too_tall(&self, width: u32, height: u32) -> bool {
        u64::from(width) * u64::from(self.min.1) < u64::from(height) * u64::from(self.min.0)
    }

    pub fn is_too_wide(&self, width: u32, height: u32) -> bool {
        u64::from(width) * u64::from(self.max.1) > u64::from(height) * u64::from(self.max.0)
    }

    pub fn contains(&self, width: u32, height: u32) -> bool {
        !self.is_too_tall(width, height) && !self.is_too_wide(width, height)
    }
}

/// What one platform accepts in a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    pub text_unit: TextUnit,
    /// In `text_unit`.
    pub text_max: u32,
    /// A second limit, in UTF-8 bytes.
    pub text_max_bytes: Option<u32>,
    /// A post without an image is not possible.
    pub needs_image: bool,
    pub max_images: u32,
    pub formats: &'static [ImageFormat],
    /// Per image, in bytes.
    pub max_image_bytes: u64,
    /// Width : height.
    pub ratio: Option<RatioRange>,
    /// In pixels.
    pub width: RangeInclusive<u32>,
    /// Longest side that we send, in pixels. Our choice where the platform names none: above it nobody sees a difference.
    pub max_side: u32,
    /// Description of an image, in UTF-16 units; `None` where no limit is documented.
    pub alt_max: Option<u32>,
    pub max_hashtags: Option<u32>,
    pub max_mentions: Option<u32>,
}

const MB: u64 = 1_000_000;

impl Limits {
    pub const fn of(platform: Platform) -> &'static Self {
        match platform {
            Platform::Instagram => &INSTAGRAM,
            Platform::Facebook => &FACEBOOK,
            Platform::X => &X,
            Platform::LinkedIn => &LINKEDIN,
            Platform::Bluesky => &BLUESKY,
            Platform::TikTok => &TIKTOK,
            Platform::YouTube => &YOUTUBE,
        }
    }
}

/// Documented in "IG User Media", sections on creating and image specifications
/// (<https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media>), but for the
/// side: the widest image times the tallest ratio.
static INSTAGRAM: Limits = Limits {
    text_unit: TextUnit::Utf16,
    text_max: 2_200,
    text_max_bytes: None,
    needs_image: true,
    // A carousel; documented in <https://developers.facebook.com/docs/instagram-platform/content-publishing>.
    max_images: 10,
    formats: &[ImageFormat::Jpeg],
    max_image_bytes: 8 * MB,
    ratio: Some(RatioRange { min: (4, 5), max: (191, 100) }),
    width: 320..=1_440,
    max_side: 1_800,
    // Not confirmed in the reference; the number in common use for `alt_text`.
    alt_max: Some(1_000),
    max_hashtags: Some(30),
    max_mentions: Some(20),
};

static FACEBOOK: Limits = Limits {
    text_unit: TextUnit::Utf16,
    // Not in the reference; what Postiz uses
    // (<https://github.com/gitroomhq/postiz-app>, `facebook.provider.ts`), the number long known from the site.
    text_max: 63_206,
    text_max_bytes: None,
    needs_image: false,
    // No number in "Page Feed" (`attached_media`); ten is our choice, as on Instagram.
    max_images: 10,
    // Our choice of the formats in <https://developers.facebook.com/docs/graph-api/reference/page/photos/>.
    formats: &[ImageFormat::Jpeg, ImageFormat::Png],
    // What the message of error 1366046 advises (Postiz, as above).
    max_image_bytes: 4 * MB,
    ratio: None,
    width: 1..=u32::MAX,
    max_side: 2_048,
    // `alt_text_custom` of the photo; no limit known to us.
    alt_max: None,
    max_hashtags: None,
    max_mentions: None,
};

/// Documented in <https://docs.x.com/x-api/media/quickstart/best-practices> where nothing else is said.
static X: Limits = Limits {
    text_unit: TextUnit::Weighted,
    // `maxWeightedTweetLength`, <https://github.com/twitter/twitter-text/blob/master/config/v3.json>. Accounts that pay
    // may write more; the API doesn't say which.
    text_max: 280,
    text_max_bytes: None,
    needs_image: false,
    max_images: 4,
    formats: &[ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::Webp],
    max_image_bytes: 5 * MB,
    ratio: None,
    width: 1..=u32::MAX,
    max_side: 4_096,
    // `alt_text.text` of POST /2/media/metadata, <https://docs.x.com/x-api/media/create-media-metadata>.
    alt_max: Some(1_000),
    max_hashtags: None,
    max_mentions: None,
};

static LINKEDIN: Limits = Limits {
    text_unit: TextUnit::Utf16,
    // `commentary`, <https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api>.
    text_max: 3_000,
    text_max_bytes: None,
    needs_image: false,
    // <https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/multiimage-post-api>: 2 to 20.
    max_images: 20,
    // <https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api>, also for the
    // greatest number of pixels, 36,152,320, which no upload of ours exceeds (`media::MAX_PIXELS`).
    formats: &[ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif],
    // Not in the reference; <https://www.ayrshare.com/docs/media-guidelines/linkedin>.
    max_image_bytes: 5 * MB,
    ratio: None,
    width: 1..=u32::MAX,
    max_side: 4_096,
    // No limit known to us.
    alt_max: None,
    max_hashtags: None,
    max_mentions: None,
};

/// Documented in the lexicons `app.bsky.feed.post` and `app.bsky.embed.images`
/// (<https://github.com/bluesky-social/atproto/tree/main/lexicons/app/bsky>).
static BLUESKY: Limits = Limits {
    text_unit: TextUnit::Graphemes,
    text_max: 300,
    text_max_bytes: Some(3_000),
    needs_image: false,
    max_images: 4,
    // The lexicon says "image/*"; we send the two that every client shows.
    formats: &[ImageFormat::Jpeg, ImageFormat::Png],
    // `maxSize` of the blob.
    max_image_bytes: 2 * MB,
    ratio: None,
    width: 1..=u32::MAX,
    // Our choice, after the 2,000 that older versions of the lexicon gave as `maxWidth` and `maxHeight`.
    max_side: 2_000,
    // No limit in the lexicon. Not confirmed: the most its app is said to let people write.
    alt_max: Some(2_000),
    max_hashtags: None,
    max_mentions: None,
};

/// Of photo posts; nothing goes out there yet (`Platform::publishes`), so this only says how a text would be counted:
/// <https://developers.tiktok.com/doc/content-posting-api-reference-photo-post/>,
/// <https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide/>.
static TIKTOK: Limits = Limits {
    text_unit: TextUnit::Utf16,
    text_max: 4_000,
    text_max_bytes: None,
    needs_image: true,
    max_images: 35,
    formats: &[ImageFormat::Jpeg, ImageFormat::Webp],
    max_image_bytes: 20 * MB,
    ratio: None,
    width: 1..=u32::MAX,
    max_side: 1_080,
    alt_max: None,
    max_hashtags: None,
    max_mentions: None,
};

/// Of a video's description; as little goes out there. <https://developers.google.com/youtube/v3/docs/videos#snippet.description>
static YOUTUBE: Limits = Limits {
    text_unit: TextUnit::Bytes,
    text_max: 5_000,
    text_max_bytes: None,
    needs_image: false,
    max_images: 0,
    // Of thumbnails: <https://developers.google.com/youtube/v3/docs/thumbnails/set>.
    formats: &[ImageFormat::Jpeg, ImageFormat::Png],
    max_image_bytes: 2 * MB,
    ratio: None,
    width: 1..=u32::MAX,
    max_side: 1_280,
    alt_max: None,
    max_hashtags: None,
    max_mentions: None,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_range_includes_its_ends() {
        let range = Limits::of(Platform::Instagram).ratio.unwrap();
        assert!(range.contains(1080, 1350) && range.contains(1910, 1000) && range.contains(1, 1));
        assert!(range.is_too_tall(1080, 1351) && range.is_too_wide(1911, 1000));
    }

    #[test]
    fn every_platform_takes_jpeg() {
        for platform in Platform::ALL {
            assert!(Limits::of(platform).formats.contains(&ImageFormat::Jpeg), "{platform}");
        }
    }
}
