//! Which version of an uploaded image a platform gets. Arithmetic only; the pixels are made on the server.

use super::check::MediaFacts;
use super::limits::{Limits, RatioRange};
use crate::crop::PixelRect;
use crate::media::ImageFormat;
use crate::platform::Platform;

/// The version of one image for one platform.
///
/// An upload is always encoded anew, so that what a camera wrote into the file (place, owner) stays behind. Of an
/// animated GIF the first frame is sent: animations are not in this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenditionSpec {
    /// JPEG or PNG. A PNG that turns out larger than `max_bytes` is to be sent as JPEG.
    pub format: ImageFormat,
    /// The part of the upload to take; `None`: all of it.
    pub cut: Option<PixelRect>,
    /// Size to scale the picture to, in pixels. Never larger than the part but for a platform's least width.
    pub width: u32,
    pub height: u32,
    /// The encoded file must not be larger; JPEG quality, then size, go down until it fits.
    pub max_bytes: u64,
    /// Canvas on which to centre the picture when its ratio is not accepted; at least the picture's size.
    pub pad_to: Option<(u32, u32)>,
}

impl RenditionSpec {
    /// The version that `platform` gets of an image. `media` has at least one pixel each way.
    pub fn of(platform: Platform, media: &MediaFacts) -> Self {
        let limits = Limits::of(platform);
        let (width, height) = (u64::from(media.width.max(1)), u64::from(media.height.max(1)));
        let frame = Frame::of(limits, width, height);
        let (width, height) = frame.picture(width, height);
        let keeps_png = media.format == ImageFormat::Png
            && limits.formats.contains(&ImageFormat::Png)
            && media.bytes <= limits.max_image_bytes;
        let (width, height) = (to_u32(width), to_u32(height));
        let canvas = (to_u32(frame.width), to_u32(frame.height));
        Self {
            format: if keeps_png { ImageFormat::Png } else { ImageFormat::Jpeg },
            cut: media.cut,
            width,
            height,
            max_bytes: limits.max_image_bytes,
            pad_to: frame.padded.then_some(canvas),
        }
    }

    /// Size of the finished image, padding included, in pixels.
    pub fn size(&self) -> (u32, u32) {
        self.pad_to.unwrap_or((self.width, self.height))
    }
}

/// The finished image's size.
struct Frame {
    width: u64,
    height: u64,
    /// Of another ratio than the picture.
    padded: bool,
}

impl Frame {
    fn of(limits: &Limits, width: u64, height: u64) -> Self {
        let (mut w, mut h) = (width, height);
        let mut padded = false;
        if let Some(ratio) = &limits.ratio {
            (w, h) = widened(ratio, w, h);
            padded = (w, h) != (width, height);
        }
        let side = u64::from(limits.max_side);
        let mut target = w.clamp(u64::from(*limits.width.start()), u64::from(*limits.width.end()).min(side));
        let mut scaled = divided(h * target, w).max(1);
        if scaled > side {
            (target, scaled) = (divided(w * side, h).max(1), side);
        }
        if let Some(ratio) = &limits.ratio {
            // Rounding may lead just outside.
            scaled = scaled.clamp(least_height(ratio, target), most_height(ratio, target));
        }
        Self { width: target, height: scaled, padded }
    }

    /// The picture's size in this frame.
    fn picture(&self, width: u64, height: u64) -> (u64, u64) {
        if !self.padded {
            (self.width, self.height)
        } else if width * self.height < height * self.width {
            (divided(width * self.height, height).clamp(1, self.width), self.height)
        } else {
            (self.width, divided(height * self.width, width).clamp(1, self.height))
        }
    }
}

/// The smallest size around a picture that has an accepted ratio.
fn widened(ratio: &RatioRange, width: u64, height: u64) -> (u64, u64) {
    let (tall_w, tall_h) = (u64::from(ratio.min.0), u64::from(ratio.min.1));
    if width * tall_h < height * tall_w {
        return ((height * tall_w).div_ceil(tall_h), height);
    }
    (width, height.max(least_height(ratio, width)))
}

fn least_height(ratio: &RatioRange, width: u64) -> u64 {
    (width * u64::from(ratio.max.1)).div_ceil(u64::from(ratio.max.0))
}

fn most_height(ratio: &RatioRange, width: u64) -> u64 {
    width * u64::from(ratio.min.1) / u64::from(ratio.min.0)
}

/// Rounded to the nearest.
fn divided(a: u64, b: u64) -> u64 {
    (a + b / 2) / b
}

fn to_u32(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(format: ImageFormat, bytes: u64, width: u32, height: u32) -> MediaFacts {
        MediaFacts { format, bytes, width, height, cut: None, alt_chars: 1 }
    }

    fn instagram(width: u32, height: u32) -> RenditionSpec {
        RenditionSpec::of(Platform::Instagram, &facts(ImageFormat::Png, 1_000, width, height))
    }

    #[test]
    fn instagram_gets_jpeg_of_an_accepted_width() {
        let spec = instagram(4000, 3000);
        assert_eq!(
            (spec.format, spec.width, spec.height, spec.pad_to),
            (ImageFormat::Jpeg, 1440, 1080, None)
        );
        assert_eq!(instagram(200, 200).size(), (320, 320));
        assert_eq!(instagram(1000, 1250).size(), (1000, 1250));
    }

    #[test]
    fn instagram_pads_what_is_too_tall_or_too_wide() {
        let tall = instagram(900, 1600);
        assert_eq!((tall.width, tall.height, tall.pad_to), (900, 1600, Some((1280, 1600))));
        let wide = instagram(3000, 1000);
        assert_eq!((wide.width, wide.height, wide.pad_to), (1440, 480, Some((1440, 754))));
    }

    #[test]
    fn png_stays_png_where_it_may() {
        let small = facts(ImageFormat::Png, 900_000, 800, 600);
        let large = facts(ImageFormat::Png, 9_000_000, 800, 600);
        for platform in [Platform::Facebook, Platform::X, Platform::LinkedIn, Platform::Bluesky] {
            assert_eq!(RenditionSpec::of(platform, &small).format, ImageFormat::Png, "{platform}");
            assert_eq!(RenditionSpec::of(platform, &large).format, ImageFormat::Jpeg, "{platform}");
        }
        for format in [ImageFormat::Webp, ImageFormat::Gif] {
            assert_eq!(RenditionSpec::of(Platform::X, &facts(format, 10, 8, 6)).format, ImageFormat::Jpeg);
        }
    }

    #[test]
    fn long_sides_shrink_and_short_ones_stay() {
        let spec = RenditionSpec::of(Platform::Bluesky, &facts(ImageFormat::Jpeg, 1, 3000, 6000));
        assert_eq!((spec.width, spec.height, spec.max_bytes), (1000, 2000, 2_000_000));
        let spec = RenditionSpec::of(Platform::X, &facts(ImageFormat::Jpeg, 1, 10, 20_000));
        assert_eq!((spec.width, spec.height), (2, 4096));
        let spec = RenditionSpec::of(Platform::LinkedIn, &facts(ImageFormat::Jpeg, 1, 30, 20));
        assert_eq!((spec.width, spec.height), (30, 20));
    }

    #[test]
    fn whatever_the_size_the_result_is_accepted() {
        let sides = [1, 2, 3, 7, 99, 319, 320, 321, 753, 1000, 1439, 1441, 1909, 1911, 4001, 65_535];
        for platform in Platform::ALL {
            let limits = Limits::of(platform);
            for (width, height) in sides.iter().flat_map(|&w| sides.iter().map(move |&h| (w, h))) {
                let spec = RenditionSpec::of(platform, &facts(ImageFormat::Jpeg, 1, width, height));
                let (w, h) = spec.size();
                assert!(
                    limits.ratio.is_none_or(|r| r.contains(w, h)),
                    "{platform} {width}x{height} {spec:?}"
                );
                assert!(limits.width.contains(&w), "{platform} {width}x{height} {spec:?}");
                assert!(w.max(h) <= limits.max_side, "{platform} {width}x{height} {spec:?}");
                assert!(spec.width <= w && spec.height <= h && spec.width > 0 && spec.height > 0, "{spec:?}");
            }
        }
    }
}
