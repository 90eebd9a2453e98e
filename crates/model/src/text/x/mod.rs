//! X's length of a text: weighted, as twitter-text 3.1.0 counts with its configuration version 3
//! (<https://github.com/twitter/twitter-text/blob/master/config/v3.json>).
//!
//! Known differences, all in emoji, where the library has a list of 2018 and X's servers a newer one. These count as one
//! emoji here and by their parts there: sequences joined by U+200D that the list lacks, pairs of flag letters that are no
//! flag, an emoji with a variation selector it doesn't need.

mod domain;
mod path;
mod urls;

use super::count::Measure;
use super::emoji::emoji_len;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_segmentation::UnicodeSegmentation;

/// Characters of these ranges weigh 1, all others and emoji 2.
fn weight(c: char) -> u32 {
    match c {
        '\0'..='\u{10ff}' | '\u{2000}'..='\u{200d}' | '\u{2010}'..='\u{201f}' | '\u{2032}'..='\u{2037}' => 1,
        _ => 2,
    }
}

/// Every URL is shown as a link at t.co of this length.
const URL_WEIGHT: u32 = 23;

/// The weighted length of `text` and where it exceeds `max`.
pub(super) fn measure(text: &str, max: u32) -> Measure {
    let (chars, offsets) = normalized(text);
    let mut urls = urls::urls(&chars).into_iter().peekable();
    let mut used = 0;
    let mut overflow = None;
    let mut i = 0;
    while i < chars.len() {
        let (len, cost) = match urls.next_if(|url| url.start == i) {
            Some(url) => (url.len(), URL_WEIGHT),
            None => match emoji_len(&chars[i..]) {
                0 => (1, weight(chars[i])),
                len => (len, 2),
            },
        };
        used += cost;
        if used > max && overflow.is_none() {
            overflow = Some(offsets[i]);
        }
        i += len;
        while urls.next_if(|url| url.start < i).is_some() {}
    }
    Measure { used, overflow }
}

/// The characters of the text in NFC, each with the byte offset in `text` it comes from.
fn normalized(text: &str) -> (Vec<char>, Vec<usize>) {
    if is_nfc(text) {
        return text.char_indices().map(|(at, c)| (c, at)).unzip();
    }
    // Nothing composes across graphemes.
    text.grapheme_indices(true).flat_map(|(at, g)| g.nfc().map(move |c| (c, at))).unzip()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighs_scripts_urls_and_emoji() {
        for (text, used) in [
            ("", 0),
            ("hello", 5),
            ("日本語", 6),
            ("e\u{301}", 1),
            ("👨‍👩‍👧‍👦", 2),
            ("https://example.com/a/very/long/path/that/goes/on/and/on", 23),
            ("a.co b", 25),
        ] {
            assert_eq!(measure(text, 280).used, used, "{text}");
        }
    }

    #[test]
    fn tells_where_the_limit_is_crossed() {
        assert_eq!(measure(&"a".repeat(280), 280).overflow, None);
        assert_eq!(measure(&"a".repeat(281), 280).overflow, Some(280));
        // The URL that crosses it is marked as a whole.
        assert_eq!(measure(&format!("{} https://example.com", "a".repeat(270)), 280).overflow, Some(271));
        // In the text as written, not as normalised.
        assert_eq!(measure(&format!("{}b", "e\u{301}".repeat(280)), 280).overflow, Some(840));
    }
}
