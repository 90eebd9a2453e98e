//! LinkedIn's "little text", the format of a post's commentary
//! (<https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format>).

use super::hashtag::hashtags;

/// The characters that must be escaped "even if those characters are not used in one of the supported elements".
const RESERVED: &[char] = &['\\', '|', '{', '}', '@', '[', ']', '(', ')', '<', '>', '#', '*', '_', '~'];

/// `text` as little text: reserved characters get a backslash, hashtags become `{hashtag|\#|tag}`. Everything else,
/// links included, shows as written. Left alone, LinkedIn cuts the text at the first reserved character.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut done = 0;
    for range in hashtags(text) {
        push_escaped(&mut out, &text[done..range.start]);
        let mut tag = text[range.clone()].chars();
        // "the hashtag sign […] should be either '#' (U+0023) or '＃' (U+FF03)"
        out.push_str(if tag.next() == Some('#') { r"{hashtag|\#|" } else { "{hashtag|＃|" });
        push_escaped(&mut out, tag.as_str());
        out.push('}');
        done = range.end;
    }
    push_escaped(&mut out, &text[done..]);
    out
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        if RESERVED.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_characters_get_a_backslash() {
        assert_eq!(escape(r"\|{}@[]()<>*_~"), r"\\\|\{\}\@\[\]\(\)\<\>\*\_\~");
        assert_eq!(escape("50 % off (today) – é 🎉\nnew line"), "50 % off \\(today\\) – é 🎉\nnew line");
        assert_eq!(escape("C# and #1"), r"C\# and \#1");
    }

    #[test]
    fn hashtags_become_templates() {
        assert_eq!(escape("New! #Rust_2026 (#été)"), r"New! {hashtag|\#|Rust\_2026} \({hashtag|\#|été}\)");
        assert_eq!(escape("＃日本語"), "{hashtag|＃|日本語}");
    }

    #[test]
    fn links_and_mentions_stay_text() {
        assert_eq!(escape("https://example.com/a_b#c @ana"), r"https://example.com/a\_b\#c \@ana");
    }

    #[test]
    fn taking_the_backslashes_away_gives_the_text_back() {
        let text = r"a\b |c| {d} @e [f](g) <h> *i* _j_ ~k~ #";
        let escaped = escape(text);
        let mut plain = String::new();
        let mut chars = escaped.chars();
        while let Some(c) = chars.next() {
            plain.push(if c == '\\' { chars.next().unwrap() } else { c });
        }
        assert_eq!(plain, text);
    }
}
