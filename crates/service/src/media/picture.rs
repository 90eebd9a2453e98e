//! Bytes of unknown origin to pixels. What the file's name or the browser said about its type is not asked.

use super::error::MediaError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageReader, Limits};
use model::media::{ImageFormat, MAX_PIXELS};
use std::io::Cursor;

/// Longest side of a picture, in pixels; JPEG can't have more.
const MAX_SIDE: u32 = 65_535;
/// What a decoder may take besides the pixels, in bytes.
const MAX_EXTRA: u64 = 16 << 20;
/// The largest colour profile that is passed on, in bytes. A profile goes into every file made of the picture; those of
/// cameras and screens have some kilobytes, and a packed one of some bytes can unpack to many megabytes.
const MAX_PROFILE: usize = 128 * 1024;

/// A decoded picture, upright, 8 bits a channel, with or without alpha.
pub(super) struct Picture {
    pub(super) format: ImageFormat,
    pub(super) image: DynamicImage,
    /// The colour profile, if it is one of RGB.
    pub(super) profile: Option<Vec<u8>>,
}

/// Decodes; takes up to a second and some hundred megabytes for the largest.
pub(super) fn decode(bytes: &[u8]) -> Result<Picture, MediaError> {
    let (format, codec) = sniff(bytes)?;
    if format == ImageFormat::Jpeg && !is_whole_jpeg(bytes) {
        // The decoder would fill the missing part with grey.
        return Err(MediaError::Damaged("the JPEG has no end".to_owned()));
    }
    if format == ImageFormat::Webp && !has_all_it_tells(bytes) {
        return Err(MediaError::Damaged("what the WebP tells about the picture has no end".to_owned()));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(pixels_promised(bytes, codec).min(MAX_PIXELS) * 8 + MAX_EXTRA);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), codec);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(MediaError::TooManyPixels);
    }
    if width == 0 || height == 0 {
        return Err(MediaError::Damaged("it has no pixels".to_owned()));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder
        .icc_profile()
        .ok()
        .flatten()
        .filter(|profile| is_rgb(profile) && profile.len() <= MAX_PROFILE);
    let mut image = eight_bit(DynamicImage::from_decoder(decoder)?);
    image.apply_orientation(orientation);
    Ok(Picture { format, image, profile })
}

/// Pixels by the header of a PNG (width and height are its bytes 16 to 23), so that what is packed beside a small picture
/// is not unpacked to the size of the largest; of other formats the most we take, since they unpack pixels only.
fn pixels_promised(bytes: &[u8], codec: image::ImageFormat) -> u64 {
    match bytes.get(16..24) {
        Some(&[a, b, c, d, e, f, g, h]) if codec == image::ImageFormat::Png => {
            u64::from(u32::from_be_bytes([a, b, c, d])) * u64::from(u32::from_be_bytes([e, f, g, h]))
        }
        _ => MAX_PIXELS,
    }
}

fn sniff(bytes: &[u8]) -> Result<(ImageFormat, image::ImageFormat), MediaError> {
    let codec = image::guess_format(bytes).map_err(|_| MediaError::Unsupported)?;
    let format = match codec {
        image::ImageFormat::Jpeg => ImageFormat::Jpeg,
        image::ImageFormat::Png => ImageFormat::Png,
        image::ImageFormat::WebP => ImageFormat::Webp,
        image::ImageFormat::Gif => ImageFormat::Gif,
        _ => return Err(MediaError::Unsupported),
    };
    Ok((format, codec))
}

fn eight_bit(image: DynamicImage) -> DynamicImage {
    match image {
        DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_) => image,
        other if other.color().has_alpha() => DynamicImage::ImageRgba8(other.into_rgba8()),
        other => DynamicImage::ImageRgb8(other.into_rgb8()),
    }
}

/// The data colour space is at bytes 16 to 19 of a profile (ICC.1:2022, 7.2.6).
fn is_rgb(profile: &[u8]) -> bool {
    profile.get(16..20) == Some(b"RGB ")
}

/// Whether an end-of-image marker follows the first scan. Segments are walked through (ITU-T T.81, annex B), because the
/// thumbnail in a camera's EXIF has an end of its own; what comes after the end (a phone's short film) is no matter.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    const START_OF_SCAN: u8 = 0xda;
    const END_OF_IMAGE: [u8; 2] = [0xff, 0xd9];
    let mut at = 2;
    loop {
        let Some(&[0xff, marker]) = bytes.get(at..at + 2) else { return false };
        match marker {
            // Filling before a marker.
            0xff => at += 1,
            START_OF_SCAN => return bytes[at..].windows(2).any(|pair| pair == END_OF_IMAGE),
            _ => {
                let Some(&[high, low]) = bytes.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([high, low]));
            }
        }
    }
}

/// Whether the profile and the EXIF of a WebP lie within the file, those beside a film's frame included. The decoder makes
/// room for as much as they say they have, which may be 4 GiB each, before it looks whether they have it.
fn has_all_it_tells(bytes: &[u8]) -> bool {
    const NAME: usize = 12;
    const FRAME: usize = 16;
    let there = |part: &Part<'_>| part.is_whole || !matches!(part.name, b"ICCP" | b"EXIF");
    parts(bytes.get(NAME..).unwrap_or_default()).all(|part| {
        let inner = if part.name == b"ANMF" { part.content.get(FRAME..) } else { None };
        there(&part) && parts(inner.unwrap_or_default()).all(|part| there(&part))
    })
}

/// A part of a WebP (<https://developers.google.com/speed/webp/docs/riff_container>).
struct Part<'a> {
    name: &'a [u8; 4],
    /// What there is of it.
    content: &'a [u8],
    is_whole: bool,
}

fn parts(mut rest: &[u8]) -> impl Iterator<Item = Part<'_>> {
    std::iter::from_fn(move || {
        let (name, after) = rest.split_first_chunk()?;
        let (length, after) = after.split_first_chunk()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        rest = after.get(length.saturating_add(length % 2)..).unwrap_or_default();
        let content = &after[..length.min(after.len())];
        Some(Part { name, content, is_whole: content.len() == length })
    })
}

impl From<ImageError> for MediaError {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Self::TooManyPixels,
            ImageError::Unsupported(_) => Self::Unsupported,
            other => Self::Damaged(other.to_string()),
        }
    }
}
