//! Whether a post in a platform's list carries our text, although the platform rewrote it on the way.

use chrono::{DateTime, TimeDelta, Utc};
use unicode_normalization::UnicodeNormalization;

/// How far a platform's clock may be behind ours. Posts older than the start of a commit by more than this aren't its.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::seconds(5);

/// The oldest creation time that a post of a commit begun at `since` can carry. Lists show whole seconds.
pub(crate) fn oldest(since: DateTime<Utc>) -> DateTime<Utc> {
    since - CLOCK_TOLERANCE
}

/// Whether `theirs` is our text after: HTML escapes of `& < >`, other white space, NFC, links with another scheme or
/// slash, links behind `t.co`, and a link to the media at the end.
pub(crate) fn same_text(ours: &str, theirs: &str) -> bool {
    let ours = words(ours);
    words(theirs) == ours || equal(&ours, &words(theirs)) || equal(&ours, &words(&unescape(theirs)))
}

fn equal(ours: &[String], theirs: &[String]) -> bool {
    let theirs = match theirs.split_last() {
        Some((last, rest))
            if rest.len() == ours.len()
                && short_link(last).is_some_and(|(a, b)| a.is_empty() && b.is_empty()) =>
        {
            rest
        }
        _ => theirs,
    };
    ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same_word(ours, theirs))
}

fn same_word(ours: &str, theirs: &str) -> bool {
    // A short link stands for any link of ours, between the same punctuation.
    ours == theirs
        || short_link(theirs).is_some_and(|(before, after)| {
            ours.len() > before.len() + after.len()
                && ours.starts_with(before)
                && ours.ends_with(after)
                && ours.contains('.')
        })
}

/// What stands before and after a `t.co` link in a word.
fn short_link(word: &str) -> Option<(&str, &str)> {
    let (before, link) = word.split_once("t.co/")?;
    let end = link.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(link.len());
    (end > 0).then(|| (before, &link[end..]))
}

fn words(text: &str) -> Vec<String> {
    let text: String = text.nfc().collect();
    text.replace("https://", "")
        .replace("http://", "")
        .split_whitespace()
        .map(|word| word.trim_end_matches('/').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Undoes the escapes that X puts into texts, `&amp;` last.
fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_platforms_change_does_not_matter() {
        for (ours, theirs) in [
            ("Fish & chips <now>", "Fish &amp; chips &lt;now&gt;"),
            ("literally &amp; so", "literally &amp;amp; so"),
            ("one\n\ntwo  three ", "one two three"),
            ("cafe\u{301}", "caf\u{e9}"),
            ("see https://example.com/a?b=1 now", "see https://t.co/AbC123 now"),
            ("(https://example.com).", "(https://t.co/AbC123)."),
            ("with a picture", "with a picture https://t.co/xyz9"),
            ("see example.com", "see http://example.com/"),
            ("", "https://t.co/xyz9"),
        ] {
            assert!(same_text(ours, theirs), "{ours:?} {theirs:?}");
        }
    }

    #[test]
    fn other_texts_do_not_match() {
        for (ours, theirs) in [
            ("Monday", "Tuesday"),
            ("Monday", "Monday again"),
            ("Monday again", "Monday"),
            ("no link here", "no link https://t.co/AbC123"),
            ("a https://one.example b", "a https://two.example b"),
            ("", "words"),
        ] {
            assert!(!same_text(ours, theirs), "{ours:?} {theirs:?}");
        }
    }
}
