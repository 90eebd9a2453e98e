//! Port, path and query of a URL as twitter-text 3.1.0 reads them (`validUrlPath`, `validUrlBalancedParens`,
//! `validUrlQueryChars` and their companions). Each function takes where its part may begin and gives where it ends;
//! the same position where there is none.

use super::domain::is_latin_accent;

pub(super) fn port_end(text: &[char], at: usize) -> usize {
    if text.get(at) != Some(&':') {
        return at;
    }
    let digits = text[at + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
    if digits == 0 { at } else { at + 1 + digits }
}

pub(super) fn path_end(text: &[char], at: usize) -> usize {
    if text.get(at) != Some(&'/') {
        return at;
    }
    let (mut i, mut end) = (at + 1, at + 1);
    while let Some(&c) = text.get(i) {
        if in_path(c) {
            i += 1;
            if ends_path(c) {
                end = i;
            }
        } else if let Some(after) = parentheses_end(text, i) {
            (i, end) = (after, after);
        } else {
            break;
        }
    }
    end
}

pub(super) fn query_end(text: &[char], at: usize) -> usize {
    if text.get(at) != Some(&'?') {
        return at;
    }
    let query = text[at + 1..].iter().take_while(|&&c| in_query(c)).enumerate();
    query.filter(|&(_, &c)| ends_query(c)).last().map_or(at, |(i, _)| at + 2 + i)
}

/// Balanced parentheses with something in them, nested once at most.
fn parentheses_end(text: &[char], at: usize) -> Option<usize> {
    if text.get(at) != Some(&'(') {
        return None;
    }
    let mut end = skip_path(text, at + 1);
    if text.get(end) == Some(&'(') {
        let inner = skip_path(text, end + 1);
        if inner == end + 1 || text.get(inner) != Some(&')') {
            return None;
        }
        end = skip_path(text, inner + 1);
    } else if end == at + 1 {
        return None;
    }
    (text.get(end) == Some(&')')).then_some(end + 1)
}

fn skip_path(text: &[char], at: usize) -> usize {
    at + text.iter().skip(at).take_while(|&&c| in_path(c)).count()
}

fn in_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!*';:=+,.$/%#[]-–_~@|&".contains(c) || is_cyrillic(c) || is_latin_accent(c)
}

fn ends_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || "+-=_#/".contains(c) || is_cyrillic(c) || is_latin_accent(c)
}

fn in_query(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!?*'@();:&=+$/%#[]-_.,~|".contains(c)
}

fn ends_query(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_&=#/".contains(c)
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{4ff}').contains(&c)
}
