//! Domains as twitter-text 3.1.0 reads them (`validDomain`, `validAsciiDomain`, `idna.toAscii`).

use crate::text::tld::is_tld;
use std::ops::Range;

/// Longest label of a domain, in ASCII form (RFC 1035).
const MAX_LABEL: usize = 63;
/// At least the length of the longest top-level domain with letters outside ASCII.
const MAX_TLD: usize = 24;

/// Length of the top-level domain at the start of `text`. No ASCII letter, digit, `@`, `+` or `-` may follow it.
pub(super) fn tld_len(text: &[char]) -> Option<usize> {
    let ends_at =
        |len: usize| !text.get(len).is_some_and(|&c| c.is_ascii_alphanumeric() || "@+-".contains(c));
    let named = |len: usize| ends_at(len) && is_tld(&text[..len].iter().collect::<String>());

    let ascii = text.iter().take_while(|c| c.is_ascii_alphanumeric()).count();
    if ascii > 0 && named(ascii) {
        return Some(ascii);
    }
    let label = text.iter().take(MAX_TLD).take_while(|&&c| in_label(c)).count();
    if label > ascii
        && let Some(len) = (ascii + 1..=label).rev().find(|&len| named(len))
    {
        return Some(len);
    }
    let coded = strip_ignoring_case(text, "xn--")?;
    let len = coded.iter().take_while(|&&c| c.is_ascii_alphanumeric() || c == '-').count();
    (len > 0).then_some(4 + len)
}

/// Parts of a domain that are domains in ASCII and accented Latin letters by themselves.
pub(super) fn ascii_domains(domain: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < domain.len() {
        let (labels_end, end) = ascii_labels(domain, at);
        if let Some(end) = end {
            found.push(at..end);
        }
        // Labels that lead to no top-level domain don't from one of them either.
        at = end.unwrap_or(labels_end + 1);
    }
    found
}

/// Where the labels that follow each other from `start` on end, and the last top-level domain after one of them.
fn ascii_labels(domain: &[char], mut start: usize) -> (usize, Option<usize>) {
    let mut best = None;
    loop {
        let end = start + ascii_run(domain, start);
        if end == start || domain.get(end) != Some(&'.') {
            return (end, best);
        }
        best = tld_len(&domain[end + 1..]).map(|len| end + 1 + len).or(best);
        start = end + 1;
    }
}

fn ascii_run(domain: &[char], at: usize) -> usize {
    domain[at..].iter().take_while(|&&c| c.is_ascii_alphanumeric() || c == '-' || is_latin_accent(c)).count()
}

/// Length of the whole domain in ASCII form, `None` where a label is empty or too long for one.
pub(super) fn ascii_len(domain: &[char]) -> Option<usize> {
    if domain.starts_with(&['x', 'n', '-', '-']) && ascii_domains(domain).is_empty() {
        return None;
    }
    let mut total = 0;
    for label in domain.split(|&c| c == '.') {
        let len = ascii_label_len(label);
        if !(1..=MAX_LABEL).contains(&len) {
            return None;
        }
        total += len + 1;
    }
    Some(total - 1)
}

/// Ideographic full stops separate labels in ASCII form too, but the library measures what lies between ASCII ones.
fn ascii_label_len(label: &[char]) -> usize {
    let parts = label.split(|c| matches!(c, '\u{3002}' | '\u{ff0e}' | '\u{ff61}'));
    let lens =
        parts.map(|part| if part.iter().all(char::is_ascii) { part.len() } else { 4 + punycode_len(part) });
    lens.map(|len| len + 1).sum::<usize>() - 1
}

/// Length of `label` in Punycode, without `xn--` (RFC 3492, sections 5, 6.1 and 6.3).
fn punycode_len(label: &[char]) -> usize {
    let basic = label.iter().filter(|c| c.is_ascii()).count();
    let mut len = if basic > 0 { basic + 1 } else { 0 };
    let (mut n, mut delta, mut bias, mut handled) = (128u64, 0u64, 72u64, basic as u64);
    while handled < label.len() as u64 {
        let Some(next) = label.iter().map(|&c| u64::from(u32::from(c))).filter(|&c| c >= n).min() else {
            break;
        };
        delta += (next - n) * (handled + 1);
        n = next;
        for c in label.iter().map(|&c| u64::from(u32::from(c))) {
            if c < n {
                delta += 1;
            } else if c == n {
                len += delta_digits(delta, bias);
                bias = adapt(delta, handled + 1, handled == basic as u64);
                delta = 0;
                handled += 1;
            }
        }
        delta += 1;
        n += 1;
        // Far beyond what a label may have: the rest can only make it longer.
        if len > MAX_LABEL {
            break;
        }
    }
    len
}

fn delta_digits(delta: u64, bias: u64) -> usize {
    let (mut q, mut k, mut digits) = (delta, 36, 1);
    loop {
        let t = if k <= bias { 1 } else { (k - bias).min(26) };
        if q < t {
            return digits;
        }
        q = (q - t) / (36 - t);
        k += 36;
        digits += 1;
    }
}

fn adapt(delta: u64, points: u64, first: bool) -> u64 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

/// May stand anywhere in a domain: all but punctuation, white space and directional marks of the library's lists.
pub(super) fn in_domain(c: char) -> bool {
    !("!'#%&()*+,\\-./:;<=>?@[]^_{|}~$".contains(c)
        || is_x_space(c)
        || is_directional(c)
        || matches!(c, '\u{fffe}' | '\u{feff}' | '\u{ffff}'))
}

/// Within a label, `-` and `_` too.
pub(super) fn in_label(c: char) -> bool {
    c == '-' || c == '_' || in_domain(c)
}

/// `validUrlPrecedingChars`.
pub(super) fn may_precede(c: char) -> bool {
    !(c.is_ascii_alphanumeric()
        || matches!(c, '@' | '＠' | '$' | '#' | '＃' | '\u{fffe}' | '\u{feff}' | '\u{ffff}'))
}

fn is_x_space(c: char) -> bool {
    matches!(c, '\u{9}'..='\u{d}' | ' ' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200a}'
        | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

fn is_directional(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}')
}

/// `latinAccentChars`.
pub(super) fn is_latin_accent(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{253}' | '\u{254}' | '\u{256}'
        | '\u{257}' | '\u{259}' | '\u{25b}' | '\u{263}' | '\u{268}' | '\u{26f}' | '\u{272}' | '\u{289}' | '\u{28b}'
        | '\u{2bb}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}')
}

pub(super) fn strip_ignoring_case<'t>(text: &'t [char], prefix: &str) -> Option<&'t [char]> {
    let len = prefix.len();
    let start = text.get(..len)?;
    start.iter().zip(prefix.chars()).all(|(a, b)| a.eq_ignore_ascii_case(&b)).then(|| &text[len..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn length_in_punycode() {
        // Examples of RFC 3492, section 7.1: (S) and (C).
        assert_eq!(punycode_len(&chars("パフィーdeルンバ")), "de-jg4avhby1noc0d".len());
        assert_eq!(punycode_len(&chars("他们为什么不说中文")), "ihqwcrb4cv8a8dqg056pqjye".len());
        assert_eq!(ascii_len(&chars("bücher.de")), Some("xn--bcher-kva.de".len()));
        assert_eq!(ascii_len(&chars(&"日".repeat(90))), None);
    }

    #[test]
    fn where_a_top_level_domain_ends() {
        assert_eq!(tld_len(&chars("com/x")), Some(3));
        assert_eq!(tld_len(&chars("comx")), None);
        assert_eq!(tld_len(&chars("com日本")), Some(3));
        assert_eq!(tld_len(&chars("vermögensberatung.")), Some(17));
        assert_eq!(tld_len(&chars("xn--p1ai")), Some(8));
    }
}
