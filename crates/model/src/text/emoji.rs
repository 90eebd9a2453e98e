//! Where an emoji of several characters ends, for counters that take it for one.

/// Emoji that a skin tone may follow: `Emoji_Modifier_Base` of Unicode 17, as runs
/// (<https://www.unicode.org/Public/17.0.0/ucd/emoji/emoji-data.txt>).
const SKIN_TONED: &[(u32, u32)] = &[
    (0x261d, 0x261d),
    (0x26f9, 0x26f9),
    (0x270a, 0x270d),
    (0x1f385, 0x1f385),
    (0x1f3c2, 0x1f3c4),
    (0x1f3c7, 0x1f3c7),
    (0x1f3ca, 0x1f3cc),
    (0x1f442, 0x1f443),
    (0x1f446, 0x1f450),
    (0x1f466, 0x1f478),
    (0x1f47c, 0x1f47c),
    (0x1f481, 0x1f483),
    (0x1f485, 0x1f487),
    (0x1f48f, 0x1f48f),
    (0x1f491, 0x1f491),
    (0x1f4aa, 0x1f4aa),
    (0x1f574, 0x1f575),
    (0x1f57a, 0x1f57a),
    (0x1f590, 0x1f590),
    (0x1f595, 0x1f596),
    (0x1f645, 0x1f647),
    (0x1f64b, 0x1f64f),
    (0x1f6a3, 0x1f6a3),
    (0x1f6b4, 0x1f6b6),
    (0x1f6c0, 0x1f6c0),
    (0x1f6cc, 0x1f6cc),
    (0x1f90c, 0x1f90c),
    (0x1f90f, 0x1f90f),
    (0x1f918, 0x1f91f),
    (0x1f926, 0x1f926),
    (0x1f930, 0x1f939),
    (0x1f93c, 0x1f93e),
    (0x1f977, 0x1f977),
    (0x1f9b5, 0x1f9b6),
    (0x1f9b8, 0x1f9b9),
    (0x1f9bb, 0x1f9bb),
    (0x1f9cd, 0x1f9cf),
    (0x1f9d1, 0x1f9dd),
    (0x1fac3, 0x1fac5),
    (0x1faf0, 0x1faf8),
];

/// Number of characters of the emoji at the start of `text`, 0 where there is none: a pictograph with its variation
/// selector or skin tone, joined sequences, flags (also those of letters outside Unicode's list), keys.
pub(super) fn emoji_len(text: &[char]) -> usize {
    match text {
        ['#' | '*' | '0'..='9', '\u{fe0f}', '\u{20e3}', ..] => 3,
        ['#' | '*' | '0'..='9', '\u{20e3}', ..] => 2,
        [a, b, ..] if is_regional(*a) && is_regional(*b) => 2,
        [a, ..] if is_regional(*a) => 1,
        // Signs that are text by themselves.
        ['©' | '®', '\u{fe0f}', ..] => 2,
        ['©' | '®', ..] => 0,
        ['\u{1f3f4}', tag, ..] if is_tag(*tag) => 1 + text[1..].iter().take_while(|&&c| is_tag(c)).count(),
        [first, ..] if is_pictograph(*first) => joined_len(text),
        _ => 0,
    }
}

/// Pictographs joined by U+200D, as in families and professions.
fn joined_len(text: &[char]) -> usize {
    let mut len = element_len(text);
    while let ['\u{200d}', next, ..] = &text[len..] {
        if !is_pictograph(*next) {
            break;
        }
        len += 1 + element_len(&text[len + 1..]);
    }
    len
}

/// One pictograph, its variation selector and its skin tone.
fn element_len(text: &[char]) -> usize {
    let mut len = 1;
    if text.get(len) == Some(&'\u{fe0f}') {
        len += 1;
    }
    if text.get(len).is_some_and(|&c| is_skin_tone(c)) && takes_skin_tone(text[0]) {
        len += 1;
    }
    len
}

fn is_regional(c: char) -> bool {
    ('\u{1f1e6}'..='\u{1f1ff}').contains(&c)
}

fn is_tag(c: char) -> bool {
    ('\u{e0020}'..='\u{e007f}').contains(&c)
}

fn is_skin_tone(c: char) -> bool {
    ('\u{1f3fb}'..='\u{1f3ff}').contains(&c)
}

fn takes_skin_tone(c: char) -> bool {
    let c = u32::from(c);
    SKIN_TONED.iter().any(|&(first, last)| (first..=last).contains(&c))
}

/// Whether `c` may begin an emoji. Runs are those of the code charts, so they hold symbols that are no emoji too; these
/// cost the same by themselves and stand in no sequence.
fn is_pictograph(c: char) -> bool {
    matches!(c,
        '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21aa}' | '\u{231a}'..='\u{23ff}'
        | '\u{24c2}' | '\u{25aa}'..='\u{25fe}' | '\u{2600}'..='\u{27bf}' | '\u{2934}' | '\u{2935}'
        | '\u{2b05}'..='\u{2b55}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn len(text: &str) -> usize {
        emoji_len(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn a_sequence_is_one_emoji() {
        for emoji in ["😀", "👍🏽", "❤️", "👨‍👩‍👧‍👦", "👩🏽‍⚕️", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇫🇷", "1️⃣", "©️"]
        {
            assert_eq!(len(emoji), emoji.chars().count(), "{emoji}");
            assert_eq!(len(&format!("{emoji}a")), emoji.chars().count(), "{emoji}a");
        }
    }

    #[test]
    fn it_ends_where_the_next_begins() {
        assert_eq!(len("😀😀"), 1);
        assert_eq!(len("😀🏽"), 1);
        assert_eq!(len("🇫🇷🇩🇪"), 2);
        assert_eq!(len("👩‍a"), 1);
        for text in ["", "a", "1", "#a", "é", "©", "日"] {
            assert_eq!(len(text), 0, "{text}");
        }
    }
}
