//! The links, mentions and hashtags of a text: what Bluesky gets as facets and screens highlight.
//!
//! Bluesky finds nothing itself; the client sends byte ranges (<https://docs.bsky.app/docs/advanced-guides/post-richtext>).
//! Hashtags follow the reference client to the letter, mentions and links are a little wider: see each function.

use super::punctuation::is_punctuation;
use super::tld::is_tld;
use linkify::{LinkFinder, LinkKind};
use std::ops::Range;

/// Longest hashtag of Bluesky, in UTF-16 units, without the sign
/// (`detection.ts` of <https://github.com/bluesky-social/atproto/tree/main/packages/api/src/rich-text>).
const MAX_TAG_UNITS: usize = 64;

/// A part of a text that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Byte offsets in the text; always on character boundaries.
    pub range: Range<usize>,
    pub kind: EntityKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntityKind {
    /// With its scheme, also where the text has none.
    Link { url: String },
    /// Without the `@`. A name with dots may be a domain (Bluesky) or not (Instagram).
    Mention { handle: String },
    /// Without the `#`, spelt as in the text.
    Hashtag { tag: String },
}

/// Links, mentions and hashtags in the order of the text; none overlaps another.
pub fn entities(text: &str) -> Vec<Entity> {
    let taken = addresses(text);
    let mut found: Vec<Entity> = mentions(text);
    found.extend(bluesky_hashtags(text));
    found.retain(|entity| !taken.iter().any(|a| overlap(&a.range, &entity.range)));
    found.extend(
        taken
            .into_iter()
            .filter_map(|a| a.url.map(|url| Entity { range: a.range, kind: EntityKind::Link { url } })),
    );
    found.sort_by_key(|entity| entity.range.start);
    let mut end = 0;
    found.retain(|entity| {
        let free = entity.range.start >= end;
        if free {
            end = entity.range.end;
        }
        free
    });
    found
}

/// Something that is a link, or (without `url`) an e-mail address or a link of another scheme.
pub(super) struct Address {
    pub(super) range: Range<usize>,
    pub(super) url: Option<String>,
}

/// Links and what must not be searched for names: e-mail addresses, links that aren't http. In order, without overlap.
///
/// A link without scheme needs a known top-level domain, ASCII letters, and no letter or one of `@#$_-./` before it.
pub(super) fn addresses(text: &str) -> Vec<Address> {
    let mut with_scheme = LinkFinder::new();
    with_scheme.kinds(&[LinkKind::Url]);
    let mut found: Vec<Address> = with_scheme
        .links(text)
        .map(|link| {
            let shown = without_closing(link.as_str());
            let web =
                starts_with_ignoring_case(shown, "http://") || starts_with_ignoring_case(shown, "https://");
            Address { range: link.start()..link.start() + shown.len(), url: web.then(|| shown.to_owned()) }
        })
        .collect();

    // A second pass without international names: in "见example.com" they would swallow the words before the domain.
    let mut bare = LinkFinder::new();
    bare.url_must_have_scheme(false).url_can_be_iri(false);
    let scheme_count = found.len();
    for link in bare.links(text) {
        let range = link.start()..link.end();
        if found[..scheme_count].iter().any(|a| overlap(&a.range, &range)) {
            continue;
        }
        let url = match link.kind() {
            LinkKind::Email => None,
            _ if link.as_str().contains("://") || !is_bare_link(text, &range) => continue,
            _ => Some(format!("https://{}", link.as_str())),
        };
        found.push(Address { range, url });
    }
    found.sort_by_key(|a| a.range.start);
    found
}

fn is_bare_link(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || "@＠#＃$_-./".contains(c)) {
        return false;
    }
    let link = &text[range.clone()];
    let host = &link[..link.find(['/', '?', ':']).unwrap_or(link.len())];
    host.rsplit_once('.').is_some_and(|(_, tld)| is_tld(tld))
}

/// `@name` and `@name.example`: letters, digits, `_`, `.`, and `-` where there is a dot. The reference client takes only
/// names that are domains, and only after white space or `(`; names of the other platforms aren't, and people write
/// quotes and colons before them. A Bluesky mention counts only if its name resolves, so the wider net does no harm.
fn mentions(text: &str) -> Vec<Entity> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || "_@＠.!#＃$%&*/-+=~".contains(c)) {
            continue;
        }
        let rest = &text[at + 1..];
        let run =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c))).unwrap_or(rest.len());
        let mut handle = rest[..run].trim_end_matches(['.', '-']);
        if !handle.contains('.') {
            handle = handle.split('-').next().unwrap_or_default();
        }
        if handle.is_empty() || handle.starts_with('.') || rest[run..].starts_with('@') {
            continue;
        }
        found.push(Entity {
            range: at..at + 1 + handle.len(),
            kind: EntityKind::Mention { handle: handle.to_owned() },
        });
    }
    found
}

/// Hashtags by the reference client (`TAG_REGEX` in `util.ts` and `detection.ts`, address above): after white space or at
/// the start, `#` or `＃`, then everything up to white space or an invisible character; at least one character that is
/// neither digit nor punctuation; closing punctuation left off; at most 64 units.
fn bluesky_hashtags(text: &str) -> Vec<Entity> {
    let mut found = Vec::new();
    for (at, sign) in text.char_indices().filter(|&(_, c)| c == '#' || c == '＃') {
        if !text[..at].chars().next_back().is_none_or(is_space) {
            continue;
        }
        let rest = &text[at + sign.len_utf8()..];
        // U+FE0F right after the sign makes it the emoji of a key.
        if rest.starts_with('\u{fe0f}') {
            continue;
        }
        let word = &rest[..rest.find(|c| is_space(c) || is_invisible(c)).unwrap_or(rest.len())];
        if !word.chars().any(|c| !c.is_ascii_digit() && !is_punctuation(c)) {
            continue;
        }
        let tag = word.trim_end_matches(is_punctuation);
        if tag.encode_utf16().count() > MAX_TAG_UNITS {
            continue;
        }
        found.push(Entity {
            range: at..at + sign.len_utf8() + tag.len(),
            kind: EntityKind::Hashtag { tag: tag.to_owned() },
        });
    }
    found
}

/// White space of JavaScript's `\s`.
fn is_space(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

/// The invisible characters that end a tag in the reference client.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{2060}' | '\u{200a}'..='\u{200d}' | '\u{20e2}')
}

/// Full stops, brackets and quotes of other scripts, which linkify takes for part of an address.
fn without_closing(link: &str) -> &str {
    let cut = link.trim_end_matches(|c: char| !c.is_ascii() && is_punctuation(c));
    if cut.len() == link.len() { link } else { cut.trim_end_matches(['.', ',', ';', ':', '!', '?']) }
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each entity as `text → meaning`.
    fn show(text: &str) -> Vec<String> {
        entities(text)
            .into_iter()
            .map(|e| {
                let shown = &text[e.range];
                match e.kind {
                    EntityKind::Link { url } => format!("{shown} → {url}"),
                    EntityKind::Mention { handle } => format!("{shown} → @{handle}"),
                    EntityKind::Hashtag { tag } => format!("{shown} → #{tag}"),
                }
            })
            .collect()
    }

    #[test]
    fn finds_all_three_with_byte_ranges() {
        let text = "Grüße @ana.bsky.social: https://example.com/é #Été 🎉";
        let found = entities(text);
        assert_eq!(found[0].range, 8..24);
        assert_eq!(&text[found[0].range.clone()], "@ana.bsky.social");
        assert_eq!(
            show(text),
            [
                "@ana.bsky.social → @ana.bsky.social",
                "https://example.com/é → https://example.com/é",
                "#Été → #Été"
            ]
        );
    }

    #[test]
    fn links_without_scheme_get_one() {
        assert_eq!(
            show("see example.com/path?a=1."),
            ["example.com/path?a=1 → https://example.com/path?a=1"]
        );
        assert_eq!(show("(example.com)"), ["example.com → https://example.com"]);
        assert_eq!(show("www.example.co.uk, or"), ["www.example.co.uk → https://www.example.co.uk"]);
        assert_eq!(show("medium.com/@ana.b"), ["medium.com/@ana.b → https://medium.com/@ana.b"]);
    }

    #[test]
    fn words_with_dots_are_no_links() {
        for text in
            ["the end.Then", "v1.2.3", "e.g. this", "3.50", "a..com", "münchen.de", "#tag.com", "read.me_now"]
        {
            assert!(!show(text).iter().any(|s| s.contains("https://")), "{text}: {:?}", show(text));
        }
    }

    #[test]
    fn closing_punctuation_is_not_part_of_a_link() {
        for (text, link) in [
            ("https://example.com/a.", "https://example.com/a"),
            ("https://example.com/a!?", "https://example.com/a"),
            ("(https://example.com/a)", "https://example.com/a"),
            ("https://example.com/a_(b)", "https://example.com/a_(b)"),
            ("見てhttps://example.com/a。", "https://example.com/a"),
            ("„https://example.com/a“", "https://example.com/a"),
            ("HTTPS://Example.com", "HTTPS://Example.com"),
        ] {
            assert_eq!(show(text), [format!("{link} → {link}")], "{text}");
        }
    }

    #[test]
    fn addresses_of_other_kinds_hide_what_is_in_them() {
        for text in ["write to ana@example.com", "ftp://example.com/#a", "x.y+z@sub.example.org"] {
            assert!(show(text).is_empty(), "{text}: {:?}", show(text));
        }
        assert_eq!(show("https://example.com/@ana #b").len(), 2);
    }

    #[test]
    fn mentions_of_all_platforms() {
        assert_eq!(
            show("hi @ana_b, (@bob) and \"@eve.\""),
            ["@ana_b → @ana_b", "@bob → @bob", "@eve → @eve"]
        );
        assert_eq!(show("@ana-lee.example.com!"), ["@ana-lee.example.com → @ana-lee.example.com"]);
        assert_eq!(show("@bob-led"), ["@bob → @bob"]);
        for text in ["a@b", "@", "@@ana", "@.", "5 @ 3", "@ana@mastodon.example"] {
            assert!(show(text).is_empty(), "{text}: {:?}", show(text));
        }
    }

    #[test]
    fn hashtags_as_the_reference_client_finds_them() {
        assert_eq!(show("#a1 ＃日本語 #ça-va!"), ["#a1 → #a1", "＃日本語 → #日本語", "#ça-va → #ça-va"]);
        assert_eq!(show("#foo.bar, #🎉"), ["#foo.bar → #foo.bar", "#🎉 → #🎉"]);
        for text in ["#", "#1", "#2024!", "a#b", "(#a)", "#\u{fe0f}\u{20e3} x", "# a", "#..."] {
            assert!(show(text).is_empty(), "{text}: {:?}", show(text));
        }
        let longest = format!("#{}", "a".repeat(64));
        assert_eq!(show(&longest).len(), 1);
        assert!(show(&format!("{longest}a")).is_empty());
    }

    #[test]
    fn nothing_overlaps() {
        let text = "#a@b.c/@d example.com/#e @f.g#h https://x.org/@y#z";
        let found = entities(text);
        assert!(found.windows(2).all(|w| w[0].range.end <= w[1].range.start), "{found:?}");
        assert!(
            found.iter().all(|e| text.is_char_boundary(e.range.start) && text.is_char_boundary(e.range.end))
        );
    }
}
