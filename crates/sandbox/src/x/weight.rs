//! The weighted length of a post, by twitter-text's configuration v3
//! (<https://github.com/twitter/twitter-text/blob/master/config/v3.json>): NFC, any address 23, any emoji 2.

use linkify::{LinkFinder, LinkKind};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Longest post.
pub(super) const MAX_WEIGHT: u32 = 280;
const URL_WEIGHT: u32 = 23;

/// Endings by which an address without `https://` is known; twitter-text carries the whole list of top domains,
/// these are the usual ones.
const BARE_ENDINGS: [&str; 24] = [
    "com", "org", "net", "edu", "gov", "int", "io", "co", "dev", "app", "info", "biz", "me", "tv", "eu",
    "fr", "de", "uk", "se", "pt", "us", "ca", "jp", "test",
];

pub(super) fn weight(text: &str) -> u32 {
    let text: String = text.nfc().collect();
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
    let mut total = 0;
    for span in finder.spans(&text) {
        let part = span.as_str();
        total += if span.kind().is_some() && is_address(part) { URL_WEIGHT } else { plain(part) };
    }
    total
}

fn is_address(part: &str) -> bool {
    let lower = part.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return true;
    }
    let host = lower.split(['/', '?', '#', ':']).next().unwrap_or_default();
    !lower.contains("://") && host.rsplit('.').next().is_some_and(|end| BARE_ENDINGS.contains(&end))
}

fn plain(text: &str) -> u32 {
    text.graphemes(true).map(|g| if is_emoji(g) { 2 } else { g.chars().map(char_weight).sum() }).sum()
}

/// Whether several code points make one emoji; a single one already weighs 2 by its range.
fn is_emoji(grapheme: &str) -> bool {
    grapheme.chars().count() > 1
        && grapheme.chars().any(|c| matches!(u32::from(c), 0xfe0f | 0x20e3 | 0x1f000..=0x1faff))
}

fn char_weight(c: char) -> u32 {
    match u32::from(c) {
        0..=0x10ff | 0x2000..=0x200d | 0x2010..=0x201f | 0x2032..=0x2037 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::weight;

    /// Cases after twitter-text's conformance file,
    /// <https://github.com/twitter/twitter-text/blob/master/conformance/validate.yml>.
    #[test]
    fn weights_follow_the_conformance_cases() {
        assert_eq!(weight("This is a test."), 15);
        assert_eq!(weight("http://test.com"), 23);
        assert_eq!(weight("https://test.com"), 23);
        assert_eq!(weight("H🐱☺👨‍👩‍👧‍👦"), 7);
        assert_eq!(weight("故人西辞黄鹤楼"), 14);
        assert_eq!(weight("cafe\u{301}"), 4);
        assert_eq!(weight("example.com and v1.2"), 23 + 9);
        assert_eq!(weight(&"a".repeat(280)), 280);
    }
}
