//! Finding a part of a text as people type it: whatever the case and the accents.

use std::ops::Range;

/// Where `part` first stands in `text`, in bytes. An empty part stands nowhere.
pub fn find_loosely(text: &str, part: &str) -> Option<Range<usize>> {
    let part: Vec<char> = part.chars().flat_map(plain).collect();
    let chars: Vec<(usize, char)> =
        text.char_indices().flat_map(|(at, c)| plain(c).map(move |c| (at, c))).collect();
    // `windows` takes no size of zero.
    let mut windows = chars.windows(part.len().max(1));
    let found = windows.find(|window| window.iter().map(|(_, c)| c).eq(&part))?;
    let (start, last) = (found.first()?.0, found.last()?.0);
    let end = last + text.get(last..)?.chars().next()?.len_utf8();
    Some(start..end)
}

/// In lower case, and without the accents of French.
fn plain(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().map(|c| match c {
        'à' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        other => other,
    })
}

/// A line of a text around the first place of `part`, about `most` characters long, with `…` where it is cut; without that
/// part, its beginning.
pub fn words_around(text: &str, part: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = find_loosely(&line, part).and_then(|found| line.get(..found.start)).unwrap_or_default();
    let far = before.chars().count();
    // As long as it would be seen at the beginning, it is read from there.
    if far + part.chars().count() <= most {
        return super::first_words(&line, most);
    }
    // Two words before it, unless they are so long that it would be cut off.
    let words = before.rmatch_indices(' ').map(|(at, _)| at + 1).take(3);
    let start = words.take_while(|at| before.len() - at <= most / 2).last().unwrap_or(before.len());
    let rest = line.get(start..).unwrap_or_default();
    format!("…{}", super::first_words(rest, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, part: &str) -> Option<&'a str> {
        find_loosely(text, part).and_then(|range| text.get(range))
    }

    #[test]
    fn case_and_accents_make_no_difference() {
        assert_eq!(found("Réglages", "regl"), Some("Régl"));
        assert_eq!(found("reglages", "RÉG"), Some("reg"));
        assert_eq!(found("Déjà İstanbul", "i"), Some("İ"));
        assert_eq!(found("👩‍🍳 Pains", "pain"), Some("Pain"));
        assert_eq!(found("Pains", "pains chauds"), None);
        assert_eq!(found("Pains", ""), None);
        assert_eq!(found("", "x"), None);
    }

    #[test]
    fn a_line_shows_what_was_looked_for() {
        assert_eq!(words_around("Bread\n\nand rolls", "ROLLS", 40), "Bread and rolls");
        let text = "one two three four five six seven eight nine ten";
        assert_eq!(words_around(text, "seven", 18), "…five six seven eig…");
        assert_eq!(words_around(text, "nowhere", 12), "one two thre…");
        assert_eq!(words_around(&"é".repeat(30), "nowhere", 12), "é".repeat(12) + "…");
    }
}
