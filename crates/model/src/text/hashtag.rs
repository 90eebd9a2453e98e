//! The hashtags of Instagram, Facebook and LinkedIn, which find them in the text on their own.

use super::entities::{addresses, overlap};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// Byte ranges of hashtags, sign included: `#` or `＃` not right after a letter, digit, `_`, `&` or another sign, then
/// letters of any script, digits and `_`, with at least one that is no digit. Not inside links and addresses.
///
/// Not from a document of the platforms: the common ground of hashtags, on the careful side.
pub fn hashtags(text: &str) -> Vec<Range<usize>> {
    if !text.contains(['#', '＃']) {
        return Vec::new();
    }
    let taken = addresses(text);
    let mut found = Vec::new();
    for (at, sign) in text.char_indices().filter(|&(_, c)| c == '#' || c == '＃') {
        if text[..at].chars().next_back().is_some_and(|c| is_tag_char(c) || "&#＃".contains(c)) {
            // `#a#b` is two hashtags: the first ends where the second begins.
            let follows_tag = found.last().is_some_and(|last: &Range<usize>| last.end == at);
            if !follows_tag {
                continue;
            }
        }
        let start = at + sign.len_utf8();
        let rest = &text[start..];
        let end = start + rest.find(|c| !is_tag_char(c)).unwrap_or(rest.len());
        let range = at..end;
        let worded = text[start..end].chars().any(|c| !c.is_numeric() && c != '_');
        if worded && !taken.iter().any(|a| overlap(&a.range, &range)) {
            found.push(range);
        }
    }
    found
}

fn is_tag_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<&str> {
        hashtags(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn letters_of_any_script_with_digits() {
        assert_eq!(show("#Ete2026, (#日本語) ＃हिन्दी-x"), ["#Ete2026", "#日本語", "＃हिन्दी"]);
        assert_eq!(show("#a#b #a_b/#c"), ["#a", "#b", "#a_b", "#c"]);
    }

    #[test]
    fn not_numbers_nor_parts_of_words_or_links() {
        for text in
            ["#1", "#2026_", "a#b", "&#39;", "https://example.com/#top", "##", "# a", "example.com/#x"]
        {
            assert!(show(text).is_empty(), "{text}: {:?}", show(text));
        }
    }
}
