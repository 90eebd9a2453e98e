//! The part of an image that a post shows. The upload itself stays whole.

use serde::{Deserialize, Serialize};

/// What one stands for: a whole side. Fine enough that every pixel of the largest picture is told from its neighbour.
const WHOLE: u32 = 1_000_000;

/// A rectangle within an image, in millionths of its width and height, counted from the top left corner of the image as it is
/// shown. Always within the image, and never the whole of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Sides", into = "Sides")]
pub struct Crop(Sides);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Sides {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PixelRect {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// A rectangle that is empty, leaves the image, or is all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no part of an image")]
pub struct NoPart;

impl TryFrom<Sides> for Crop {
    type Error = NoPart;

    fn try_from(sides: Sides) -> Result<Self, NoPart> {
        let fits =
            |from: u32, length: u32| length > 0 && from.checked_add(length).is_some_and(|end| end <= WHOLE);
        let all = sides.width == WHOLE && sides.height == WHOLE;
        if fits(sides.x, sides.width) && fits(sides.y, sides.height) && !all {
            Ok(Self(sides))
        } else {
            Err(NoPart)
        }
    }
}

impl From<Crop> for Sides {
    fn from(crop: Crop) -> Self {
        crop.0
    }
}

impl Crop {
    /// The part `rect` of an image of `width` × `height` pixels; `None` if that is all of it, or nothing.
    pub fn of_pixels(rect: PixelRect, width: u32, height: u32) -> Option<Self> {
        let (x, right) = span(rect.x, rect.width, width)?;
        let (y, bottom) = span(rect.y, rect.height, height)?;
        Self::try_from(Sides { x, y, width: right - x, height: bottom - y }).ok()
    }

    /// The same part in pixels of an image of this size: at least one pixel each way.
    pub fn pixels(self, width: u32, height: u32) -> PixelRect {
        let Sides { x, y, width: w, height: h } = self.0;
        let (x, width) = pixels(x, w, width.max(1));
        let (y, height) = pixels(y, h, height.max(1));
        PixelRect { x, y, width, height }
    }
}

/// Begin and end of a span of pixels, in millionths of `whole`.
fn span(from: u32, length: u32, whole: u32) -> Option<(u32, u32)> {
    let end = from.checked_add(length).filter(|end| *end <= whole && length > 0)?;
    let part = |pixel: u32| divided(u64::from(pixel) * u64::from(WHOLE), u64::from(whole));
    Some((part(from), part(end)))
}

/// Begin and length in pixels of `whole`.
fn pixels(from: u32, length: u32, whole: u32) -> (u32, u32) {
    let pixel = |part: u32| divided(u64::from(part) * u64::from(whole), u64::from(WHOLE));
    let begin = pixel(from).min(whole - 1);
    (begin, (pixel(from + length).min(whole) - begin).max(1))
}

/// Rounded to the nearest.
fn divided(a: u64, b: u64) -> u32 {
    u32::try_from((a + b / 2) / b).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: u32, y: u32, width: u32, height: u32) -> PixelRect {
        PixelRect { x, y, width, height }
    }

    #[test]
    fn every_pixel_comes_back() {
        for (width, height) in [(1, 2), (3, 7), (4_000, 3_000), (65_535, 551)] {
            for part in [
                rect(0, 0, 1, 1),
                rect(width - 1, height - 1, 1, 1),
                rect(width / 3, height / 3, (width / 2).max(1), (height / 2).max(1)),
            ] {
                let crop = Crop::of_pixels(part, width, height).unwrap();
                assert_eq!(crop.pixels(width, height), part, "{width}x{height}");
            }
        }
    }

    #[test]
    fn all_of_it_and_what_lies_outside_are_no_crops() {
        assert_eq!(Crop::of_pixels(rect(0, 0, 40, 30), 40, 30), None);
        assert_eq!(Crop::of_pixels(rect(30, 0, 11, 30), 40, 30), None);
        assert_eq!(Crop::of_pixels(rect(0, 0, 0, 30), 40, 30), None);
        assert_eq!(Crop::of_pixels(rect(u32::MAX, 0, 2, 30), 40, 30), None);
        for bad in [
            r#"{"x":0,"y":0,"width":1000000,"height":1000000}"#,
            r#"{"x":500001,"y":0,"width":500000,"height":5}"#,
            r#"{"x":0,"y":0,"width":0,"height":5}"#,
            r#"{"x":4294967295,"y":0,"width":2,"height":5}"#,
        ] {
            assert!(serde_json::from_str::<Crop>(bad).is_err(), "{bad}");
        }
        let good = r#"{"x":0,"y":250000,"width":1000000,"height":500000}"#;
        let crop: Crop = serde_json::from_str(good).unwrap();
        assert_eq!(crop.pixels(200, 100), rect(0, 25, 200, 50));
        assert_eq!(serde_json::to_string(&crop).unwrap(), good);
    }

    #[test]
    fn a_sliver_of_a_small_picture_is_a_pixel() {
        let crop: Crop = serde_json::from_str(r#"{"x":999999,"y":0,"width":1,"height":1}"#).unwrap();
        assert_eq!(crop.pixels(3, 1), rect(2, 0, 1, 1));
    }
}
