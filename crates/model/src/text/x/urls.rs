//! The URLs that X shortens and counts as 23, found as its own library does.
//!
//! A scanner for what `extractUrlsWithIndices` of twitter-text 3.1.0 matches by regular expression
//! (<https://github.com/twitter/twitter-text/tree/master/js/src>): same characters, same longest domain, same leftmost
//! start. `text::entities` finds links for other uses and is kinder to people.

use super::domain::{
    ascii_domains, ascii_len, in_domain, in_label, may_precede, strip_ignoring_case, tld_len,
};
use super::path::{path_end, port_end, query_end};
use std::ops::Range;

/// Longest URL that is shortened, in characters with its scheme.
const MAX_URL: usize = 4096;
/// Longest name at t.co.
const MAX_TCO_SLUG: usize = 40;

/// Ranges of URLs as character offsets, in order.
pub(super) fn urls(text: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains(&'.') {
        return found;
    }
    let scan = Scan::new(text);
    let mut from = 0;
    while let Some(candidate) = scan.next(from) {
        from = candidate.end;
        scan.accept(&candidate, &mut found);
    }
    found
}

/// What the library's expression matches; not all of it is a URL.
struct Candidate {
    before: Option<char>,
    start: usize,
    has_scheme: bool,
    domain: Range<usize>,
    has_path: bool,
    end: usize,
}

/// The text with what would otherwise be looked up again and again: a text in Japanese is one long label.
struct Scan<'t> {
    text: &'t [char],
    /// For each position, where a label that begins there ends.
    label_end: Vec<usize>,
    /// For each position, where the next `_` is.
    next_underscore: Vec<usize>,
    /// For each position after a full stop, where the top-level domain there ends.
    tld_end: Vec<Option<usize>>,
    /// For each position after a full stop, where the longest domain that begins there ends.
    domain_end: Vec<Option<usize>>,
}

impl<'t> Scan<'t> {
    fn new(text: &'t [char]) -> Self {
        let mut label_end = vec![text.len(); text.len() + 1];
        let mut next_underscore = label_end.clone();
        let mut tld_end = vec![None; text.len() + 1];
        let domain_end = tld_end.clone();
        for (i, &c) in text.iter().enumerate().rev() {
            label_end[i] = if in_label(c) { label_end[i + 1] } else { i };
            next_underscore[i] = if c == '_' { i } else { next_underscore[i + 1] };
            if c == '.' {
                tld_end[i + 1] = tld_len(&text[i + 1..]).map(|len| i + 1 + len);
            }
        }
        let mut scan = Self { text, label_end, next_underscore, tld_end, domain_end };
        for i in (0..text.len()).rev().filter(|&i| text[i] == '.') {
            scan.domain_end[i + 1] = scan.domain_end(i + 1);
        }
        scan
    }

    /// The leftmost match that begins at `from` or later; the character before a URL is part of its match.
    fn next(&self, from: usize) -> Option<Candidate> {
        (from..self.text.len()).find_map(|i| {
            let before = self.text[i];
            // The library reads UTF-16: the first half of a pair may precede a domain that begins with the second.
            let halved = if before > '\u{ffff}' { self.candidate(Some(before), i) } else { None };
            halved
                .or_else(|| if may_precede(before) { self.candidate(Some(before), i + 1) } else { None })
                .or_else(|| if i == 0 { self.candidate(None, 0) } else { None })
        })
    }

    fn candidate(&self, before: Option<char>, start: usize) -> Option<Candidate> {
        let scheme = scheme_len(&self.text[start..]);
        let domain = start + scheme..self.domain_end(start + scheme)?;
        let port_end = port_end(self.text, domain.end);
        let path_end = path_end(self.text, port_end);
        let end = query_end(self.text, path_end);
        Some(Candidate { before, start, has_scheme: scheme > 0, domain, has_path: path_end > port_end, end })
    }

    /// End of the longest run of labels from `start` on that ends with a top-level domain; the label before that has
    /// no `_`. What follows the first label was looked up before.
    fn domain_end(&self, start: usize) -> Option<usize> {
        let end = self.label_end[start];
        let is_label = end > start
            && self.text.get(end) == Some(&'.')
            && in_domain(self.text[start])
            && in_domain(self.text[end - 1]);
        if !is_label {
            return None;
        }
        let here = if self.next_underscore[start] >= end { self.tld_end[end + 1] } else { None };
        self.domain_end[end + 1].or(here)
    }

    fn accept(&self, found: &Candidate, urls: &mut Vec<Range<usize>>) {
        let domain = &self.text[found.domain.clone()];
        let url = &self.text[found.start..found.end];
        let Some(ascii_len) = ascii_len(domain) else { return };
        // The library adds the scheme's length also where the URL has it already.
        let scheme = if found.has_scheme { scheme_len(url) } else { "https://".len() };
        if scheme + url.len() + ascii_len > MAX_URL + domain.len() {
            return;
        }
        if found.has_scheme {
            urls.extend(shortened_len(url).map(|len| found.start..found.start + len));
        } else if !found.before.is_some_and(|c| "-_./".contains(c)) {
            let parts = ascii_domains(domain);
            let offset = found.domain.start;
            let last = parts.len();
            urls.extend(parts.into_iter().enumerate().map(|(i, part)| {
                // Path and query belong to the last part, and without a path there is no query.
                let rest = if i + 1 == last && found.has_path { found.end - found.domain.end } else { 0 };
                offset + part.start..offset + part.end + rest
            }));
        }
    }
}

/// Length of a URL with scheme, `None` where X doesn't shorten it. At t.co the path ends with the name.
fn shortened_len(url: &[char]) -> Option<usize> {
    let Some(path) = strip_ignoring_case(&url[scheme_len(url)..], "t.co/") else { return Some(url.len()) };
    match path.iter().take_while(|c| c.is_ascii_alphanumeric()).count() {
        0 => Some(url.len()),
        slug if slug > MAX_TCO_SLUG => None,
        slug => Some(query_end(url, url.len() - path.len() + slug)),
    }
}

fn scheme_len(text: &[char]) -> usize {
    ["https://", "http://"].iter().find(|s| strip_ignoring_case(text, s).is_some()).map_or(0, |s| s.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        urls(&chars).into_iter().map(|range| chars[range].iter().collect()).collect()
    }

    #[test]
    fn with_and_without_scheme() {
        assert_eq!(show("a https://example.com/a_(b)?c=d, b"), ["https://example.com/a_(b)?c=d"]);
        assert_eq!(show("example.com:80 and example.com?q=1"), ["example.com", "example.com"]);
        assert_eq!(show("見てexample.com/a見て"), ["example.com/a"]);
        assert_eq!(show("https://日本.jp"), ["https://日本.jp"]);
    }

    #[test]
    fn not_urls() {
        for text in
            ["ana@example.com", "#example.com", "a.b", "https://localhost/x", "1.5", "日本.jp", "x-.com"]
        {
            assert!(show(text).is_empty(), "{text}: {:?}", show(text));
        }
    }
}
