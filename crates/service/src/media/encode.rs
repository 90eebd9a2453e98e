//! Pixels to the files that leave: scaled, on white where needed, small enough.

use super::error::MediaError;
use super::picture::Picture;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::{self, FilterType};
use image::{DynamicImage, ImageEncoder as _, Rgb, RgbImage};
use model::media::ImageFormat;
use model::text::RenditionSpec;

/// Tried in this order until the file is small enough.
const QUALITIES: [u8; 6] = [90, 85, 80, 72, 62, 50];
/// For screens of our own.
const SCREEN_QUALITY: u8 = 82;
/// When quality alone isn't enough, sides shrink to four fifths, again and again.
const SHRINK: (u32, u32) = (4, 5);

/// A finished file.
pub(super) struct Encoded {
    pub(super) format: ImageFormat,
    pub(super) bytes: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Encoded {
    pub(super) const fn extension(&self) -> &'static str {
        match self.format {
            ImageFormat::Jpeg => "jpg",
            other => other.key(),
        }
    }
}

/// The file for a platform.
pub(super) fn encode(picture: &Picture, spec: &RenditionSpec) -> Result<Encoded, MediaError> {
    let profile = picture.profile.as_deref();
    let mut spec = *spec;
    let part = spec.cut.map(|cut| picture.image.crop_imm(cut.x, cut.y, cut.width, cut.height));
    let source = part.as_ref().unwrap_or(&picture.image);
    if spec.format == ImageFormat::Png {
        let image = on_canvas(scaled(source, spec.width, spec.height), spec.pad_to);
        let file = png(&image, profile)?;
        if fits(&file, spec.max_bytes) {
            return Ok(file);
        }
    }
    loop {
        let image = on_canvas(flat(scaled(source, spec.width, spec.height)), spec.pad_to).into_rgb8();
        for quality in QUALITIES {
            let file = jpeg(&image, quality, profile)?;
            if fits(&file, spec.max_bytes) {
                return Ok(file);
            }
        }
        if spec.width.max(spec.height) < 16 {
            return Err(MediaError::TooLarge);
        }
        let less = |side: u32| (side * SHRINK.0 / SHRINK.1).max(1);
        spec.pad_to = spec.pad_to.map(|(width, height)| (less(width), less(height)));
        (spec.width, spec.height) = (less(spec.width), less(spec.height));
    }
}

/// A file for our own screens: at most `side` pixels each way, PNG where something shines through.
pub(super) fn for_screen(picture: &Picture, side: u32) -> Result<Encoded, MediaError> {
    let (width, height) = (picture.image.width(), picture.image.height());
    let image = if width.max(height) > side {
        picture.image.resize(side, side, FilterType::CatmullRom)
    } else {
        picture.image.clone()
    };
    let profile = picture.profile.as_deref();
    if image.color().has_alpha() {
        png(&image, profile)
    } else {
        jpeg(&image.into_rgb8(), SCREEN_QUALITY, profile)
    }
}

fn fits(file: &Encoded, max_bytes: u64) -> bool {
    u64::try_from(file.bytes.len()).is_ok_and(|bytes| bytes <= max_bytes)
}

fn scaled(image: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    if (image.width(), image.height()) == (width, height) {
        image.clone()
    } else {
        image.resize_exact(width, height, FilterType::Lanczos3)
    }
}

/// Lays what is transparent on white.
fn flat(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return image;
    }
    let image = image.into_rgba8();
    let mut out = RgbImage::new(image.width(), image.height());
    for (to, from) in out.pixels_mut().zip(image.pixels()) {
        let [r, g, b, alpha] = from.0.map(u32::from);
        let over_white = |channel: u32| u8::try_from((channel * alpha + 255 * (255 - alpha) + 127) / 255);
        *to = Rgb([r, g, b].map(|channel| over_white(channel).unwrap_or(u8::MAX)));
    }
    DynamicImage::ImageRgb8(out)
}

/// Centres it on a white canvas.
fn on_canvas(image: DynamicImage, canvas: Option<(u32, u32)>) -> DynamicImage {
    let Some((width, height)) = canvas else { return image };
    let image = flat(image).into_rgb8();
    let mut out = RgbImage::from_pixel(width, height, Rgb([255; 3]));
    let left = i64::from(width.saturating_sub(image.width()) / 2);
    let top = i64::from(height.saturating_sub(image.height()) / 2);
    imageops::replace(&mut out, &image, left, top);
    DynamicImage::ImageRgb8(out)
}

fn failed(error: impl std::fmt::Display) -> MediaError {
    MediaError::Encode(error.to_string())
}

fn jpeg(image: &RgbImage, quality: u8, profile: Option<&[u8]>) -> Result<Encoded, MediaError> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).map_err(failed)?;
    }
    encoder.encode_image(image).map_err(failed)?;
    Ok(Encoded { format: ImageFormat::Jpeg, bytes, width: image.width(), height: image.height() })
}

fn png(image: &DynamicImage, profile: Option<&[u8]>) -> Result<Encoded, MediaError> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).map_err(failed)?;
    }
    image.write_with_encoder(encoder).map_err(failed)?;
    Ok(Encoded { format: ImageFormat::Png, bytes, width: image.width(), height: image.height() })
}
