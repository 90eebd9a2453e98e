//! How long a text is in each platform's own unit.

use super::limits::{Limits, TextUnit};
use super::x;
use crate::platform::Platform;
use unicode_segmentation::UnicodeSegmentation;

/// The length of a text and where it passes a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// In the platform's unit.
    pub used: u32,
    /// Byte offset of the first character (emoji, link) that is too much.
    pub overflow: Option<usize>,
}

/// What a counter beside the editor shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counter {
    pub used: u32,
    pub max: u32,
    /// Byte offset of the first character that is too much.
    pub overflow: Option<usize>,
}

impl Counter {
    /// Share of the limit in use: 1 when full, above when over.
    pub fn fraction(&self) -> f64 {
        f64::from(self.used) / f64::from(self.max)
    }

    /// How much is left; negative when over.
    pub fn left(&self) -> i64 {
        i64::from(self.max) - i64::from(self.used)
    }
}

/// The counter of a platform. Takes time in proportion to the text: meant for every keystroke.
pub fn counter(platform: Platform, text: &str) -> Counter {
    let limits = Limits::of(platform);
    let Measure { used, overflow } = measure(limits.text_unit, text, limits.text_max);
    Counter { used, max: limits.text_max, overflow }
}

/// The length of `text` in `unit` and where it passes `max`.
pub fn measure(unit: TextUnit, text: &str, max: u32) -> Measure {
    match unit {
        TextUnit::Weighted => x::measure(text, max),
        TextUnit::Graphemes => add_up(text.grapheme_indices(true).map(|(at, _)| (at, 1)), max),
        TextUnit::Utf16 => add_up(text.char_indices().map(|(at, c)| (at, utf16_len(c))), max),
        TextUnit::Bytes => add_up(text.grapheme_indices(true).map(|(at, g)| (at, to_u32(g.len()))), max),
    }
}

/// Length in UTF-16 units, as JavaScript and Java count.
pub fn utf16_units(text: &str) -> u32 {
    text.chars().map(utf16_len).fold(0, u32::saturating_add)
}

fn add_up(parts: impl Iterator<Item = (usize, u32)>, max: u32) -> Measure {
    let mut measure = Measure { used: 0, overflow: None };
    for (at, cost) in parts {
        measure.used = measure.used.saturating_add(cost);
        if measure.used > max && measure.overflow.is_none() {
            measure.overflow = Some(at);
        }
    }
    measure
}

fn utf16_len(c: char) -> u32 {
    if c > '\u{ffff}' { 2 } else { 1 }
}

fn to_u32(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_counts_its_own_way() {
        let text = "é👨‍👩‍👧‍👦";
        for (unit, used) in
            [(TextUnit::Weighted, 3), (TextUnit::Graphemes, 2), (TextUnit::Utf16, 12), (TextUnit::Bytes, 27)]
        {
            assert_eq!(measure(unit, text, 300).used, used, "{unit:?}");
        }
    }

    #[test]
    fn marks_the_first_grapheme_that_is_too_much() {
        assert_eq!(measure(TextUnit::Graphemes, "ab👍🏽c", 2).overflow, Some(2));
        assert_eq!(measure(TextUnit::Bytes, "ab👍🏽c", 5).overflow, Some(2));
        assert_eq!(measure(TextUnit::Utf16, "日本", 1).overflow, Some(3));
        assert_eq!(measure(TextUnit::Utf16, "日本", 2).overflow, None);
    }

    #[test]
    fn a_counter_goes_past_full() {
        let counter = counter(Platform::Bluesky, &"a".repeat(330));
        assert_eq!((counter.used, counter.max, counter.left(), counter.overflow), (330, 300, -30, Some(300)));
        assert!((counter.fraction() - 1.1).abs() < 1e-9);
    }
}
