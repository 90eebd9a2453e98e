//! The rectangle that is being chosen, in pixels of the image.

use model::PixelRect;

/// Shorter sides than this share of the image's can't be chosen.
const LEAST: f64 = 0.05;

/// The ratio that a crop keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ratio {
    #[default]
    Free,
    Square,
    /// 4:5, the tallest that Instagram takes.
    Portrait,
    /// 1.91:1, the widest that Instagram takes.
    Landscape,
    /// 16:9
    Wide,
}

impl Ratio {
    pub(super) const ALL: [Self; 5] = [Self::Free, Self::Square, Self::Portrait, Self::Landscape, Self::Wide];

    /// Width and height.
    pub(super) const fn sides(self) -> Option<(u32, u32)> {
        match self {
            Self::Free => None,
            Self::Square => Some((1, 1)),
            Self::Portrait => Some((4, 5)),
            Self::Landscape => Some((191, 100)),
            Self::Wide => Some((16, 9)),
        }
    }

    /// Width by height.
    fn value(self) -> Option<f64> {
        self.sides().map(|(width, height)| f64::from(width) / f64::from(height))
    }

    /// The ratio that a crop was chosen with.
    pub(super) fn of(rect: PixelRect) -> Self {
        let (width, height) = (f64::from(rect.width), f64::from(rect.height));
        let fits = |ratio: f64| (width - height * ratio).abs() < 1.5;
        Self::ALL.into_iter().find(|ratio| ratio.value().is_some_and(fits)).unwrap_or_default()
    }
}

/// A corner by which the rectangle is resized: whether it is the right one, and the lower one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Corner {
    pub(super) right: bool,
    pub(super) lower: bool,
}

/// Always within the image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    /// Of the image.
    whole: (f64, f64),
}

impl Area {
    pub(super) fn whole(size: (u32, u32)) -> Self {
        let whole = (f64::from(size.0.max(1)), f64::from(size.1.max(1)));
        Self { x: 0.0, y: 0.0, width: whole.0, height: whole.1, whole }
    }

    pub(super) fn of(rect: PixelRect, size: (u32, u32)) -> Self {
        let side = |side: u32| f64::from(side);
        Self {
            x: side(rect.x),
            y: side(rect.y),
            width: side(rect.width),
            height: side(rect.height),
            ..Self::whole(size)
        }
    }

    /// The largest of a ratio with the same centre, moved where it would leave the image.
    pub(super) fn in_ratio(self, ratio: Ratio) -> Self {
        let Some(ratio) = ratio.value() else { return self };
        let (whole_width, whole_height) = self.whole;
        let width = whole_width.min(whole_height * ratio);
        let height = width / ratio;
        let (middle, centre) = (self.x + self.width / 2.0, self.y + self.height / 2.0);
        Self { x: middle - width / 2.0, y: centre - height / 2.0, width, height, ..self }.moved(0.0, 0.0)
    }

    pub(super) fn moved(self, right: f64, down: f64) -> Self {
        let within = |at: f64, length: f64, whole: f64| at.min(whole - length).max(0.0);
        Self {
            x: within(self.x + right, self.width, self.whole.0),
            y: within(self.y + down, self.height, self.whole.1),
            ..self
        }
    }

    /// With a corner moved; the opposite one stays.
    pub(super) fn resized(self, corner: Corner, right: f64, down: f64, ratio: Ratio) -> Self {
        let (x, room_x) = side(self.x, self.width, self.whole.0, corner.right);
        let (y, room_y) = side(self.y, self.height, self.whole.1, corner.lower);
        let towards = |outwards: bool, by: f64| if outwards { by } else { -by };
        let fit = |length: f64, room: f64, whole: f64| length.min(room).max((whole * LEAST).min(room));
        let mut width = fit(self.width + towards(corner.right, right), room_x, self.whole.0);
        let mut height = fit(self.height + towards(corner.lower, down), room_y, self.whole.1);
        if let Some(ratio) = ratio.value() {
            // The farther way of the two counts.
            let wanted = if right.abs() >= down.abs() { width } else { height * ratio };
            width = wanted.min(room_x).min(room_y * ratio);
            height = width / ratio;
        }
        Self {
            x: if corner.right { x } else { x - width },
            y: if corner.lower { y } else { y - height },
            width,
            height,
            ..self
        }
    }

    /// In whole pixels. Of a ratio it is never beyond: where a pixel is too much or too little, it is a little squarer.
    pub(super) fn rect(self, ratio: Ratio) -> PixelRect {
        let whole = |length: f64| pixels(length).max(1);
        let (most_width, most_height) = (whole(self.whole.0), whole(self.whole.1));
        let mut width = whole(self.width).min(most_width);
        let mut height = whole(self.height).min(most_height);
        if let Some((a, b)) = ratio.sides() {
            height = other_side(width, b, a);
            if height > most_height {
                height = most_height;
                width = other_side(height, a, b).min(most_width);
            }
        }
        PixelRect {
            x: pixels(self.x).min(most_width - width),
            y: pixels(self.y).min(most_height - height),
            width,
            height,
        }
    }
}

/// Where the side that stays is, and how much room there is from it.
fn side(from: f64, length: f64, whole: f64, outwards: bool) -> (f64, f64) {
    if outwards { (from, whole - from) } else { (from + length, from + length) }
}

/// `side` × `a` / `b`, rounded towards `side`.
fn other_side(side: u32, a: u32, b: u32) -> u32 {
    let (product, b) = (u64::from(side) * u64::from(a), u64::from(b));
    let rounded = if u64::from(a) < b { product.div_ceil(b) } else { product / b };
    u32::try_from(rounded).unwrap_or(u32::MAX).max(1)
}

fn pixels(length: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within an image's sides")]
    let pixels = length.round().max(0.0) as u32;
    pixels
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Platform;
    use model::text::Limits;

    const SIZES: [(u32, u32); 5] = [(4_000, 3_000), (301, 999), (1_001, 47), (17, 23), (1, 1)];
    const LOWER_RIGHT: Corner = Corner { right: true, lower: true };

    fn is_within(area: Area) -> bool {
        let fits = |from: f64, length: f64, whole: f64| {
            from >= -1e-6 && length > 0.0 && from + length <= whole + 1e-6
        };
        fits(area.x, area.width, area.whole.0) && fits(area.y, area.height, area.whole.1)
    }

    #[test]
    fn a_ratio_is_never_exceeded_by_a_pixel() {
        let range = Limits::of(Platform::Instagram).ratio.expect("Instagram has one");
        for size in SIZES {
            for ratio in [Ratio::Square, Ratio::Portrait, Ratio::Landscape, Ratio::Wide] {
                let rect = Area::whole(size).in_ratio(ratio).rect(ratio);
                assert!(
                    rect.x + rect.width <= size.0 && rect.y + rect.height <= size.1,
                    "{size:?} {ratio:?}"
                );
                assert!(range.contains(rect.width, rect.height), "{size:?} {ratio:?} {rect:?}");
                if size.0.min(size.1) > 40 {
                    assert_eq!(Ratio::of(rect), ratio, "{size:?} {rect:?}");
                }
            }
        }
    }

    #[test]
    fn the_largest_keeps_its_centre_where_it_can() {
        let area = Area::of(PixelRect { x: 0, y: 0, width: 400, height: 300 }, (4_000, 3_000))
            .in_ratio(Ratio::Square);
        assert_eq!(area.rect(Ratio::Square), PixelRect { x: 0, y: 0, width: 3_000, height: 3_000 });
        let middle = Area::whole((4_000, 3_000)).in_ratio(Ratio::Square).rect(Ratio::Square);
        assert_eq!(middle, PixelRect { x: 500, y: 0, width: 3_000, height: 3_000 });
        assert_eq!(Ratio::of(PixelRect { x: 0, y: 0, width: 300, height: 100 }), Ratio::Free);
    }

    #[test]
    fn it_stays_within_the_image_and_has_a_least_size() {
        let area = Area::whole((1_000, 500));
        let small = area.resized(LOWER_RIGHT, -5_000.0, -5_000.0, Ratio::Free);
        assert_eq!(small.rect(Ratio::Free), PixelRect { x: 0, y: 0, width: 50, height: 25 });
        assert_eq!(
            small.moved(5_000.0, 20.0).rect(Ratio::Free),
            PixelRect { x: 950, y: 20, width: 50, height: 25 }
        );
        let corners = [true, false].map(|right| [true, false].map(|lower| Corner { right, lower }));
        for corner in corners.into_iter().flatten() {
            for ratio in Ratio::ALL {
                for by in [-700.0, -31.0, 0.0, 31.0, 700.0] {
                    let start = Area::of(PixelRect { x: 200, y: 100, width: 300, height: 300 }, (1_000, 500));
                    assert!(
                        is_within(start.resized(corner, by, by / 2.0, ratio)),
                        "{corner:?} {ratio:?} {by}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_opposite_corner_stays() {
        let start = Area::of(PixelRect { x: 200, y: 100, width: 300, height: 300 }, (1_000, 500));
        let grown = start.resized(Corner { right: false, lower: false }, -50.0, 0.0, Ratio::Square);
        assert_eq!(grown.rect(Ratio::Square), PixelRect { x: 150, y: 50, width: 350, height: 350 });
        let wider = start.resized(LOWER_RIGHT, 100.0, 0.0, Ratio::Free);
        assert_eq!(wider.rect(Ratio::Free), PixelRect { x: 200, y: 100, width: 400, height: 300 });
    }
}
