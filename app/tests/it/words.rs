//! The tables of words. That both languages have the same keys needs no test: a key with one language doesn't compile.

use crate::sources::sources;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;

/// The texts of one key in one language: one, or singular and plural.
type Texts = Vec<String>;

struct Key {
    name: String,
    en: Texts,
    fr: Texts,
}

fn unquoted(literal: &str) -> Option<String> {
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    Some(inner.replace("\\u{a0}", "\u{a0}").replace("\\u{202f}", "\u{202f}").replace("\\\"", "\""))
}

/// The keys of a `words!` body: `name … : texts | texts ;`.
fn keys(body: TokenStream) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut key = Key { name: String::new(), en: Vec::new(), fr: Vec::new() };
    let mut french = false;
    for token in body {
        match token {
            TokenTree::Ident(ident) if key.name.is_empty() => key.name = ident.to_string(),
            TokenTree::Literal(literal) => {
                let text = unquoted(&literal.to_string()).expect("a plain string");
                if french { key.fr.push(text) } else { key.en.push(text) }
            }
            TokenTree::Punct(punct) if punct.as_char() == '|' => french = true,
            TokenTree::Punct(punct) if punct.as_char() == ';' => {
                keys.push(std::mem::replace(
                    &mut key,
                    Key { name: String::new(), en: Vec::new(), fr: Vec::new() },
                ));
                french = false;
            }
            _ => {}
        }
    }
    keys
}

fn all_keys() -> Vec<Key> {
    let mut all = Vec::new();
    for source in sources("words") {
        let stream: TokenStream = source.text.parse().expect("Rust tokens");
        let tokens: Vec<_> = stream.into_iter().collect();
        for window in tokens.windows(3) {
            let [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(table)] = window else {
                continue;
            };
            if name != "words" {
                continue;
            }
            for token in table.stream() {
                if let TokenTree::Group(body) = token
                    && body.delimiter() == proc_macro2::Delimiter::Brace
                {
                    all.extend(keys(body.stream()));
                }
            }
        }
    }
    assert!(all.len() > 100, "the tables were not found: {} keys", all.len());
    all
}

fn placeholders(text: &str) -> BTreeSet<String> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect()
}

#[test]
fn every_key_has_words_in_both_languages() {
    for key in all_keys() {
        assert_eq!(key.en.len(), key.fr.len(), "{}", key.name);
        for text in key.en.iter().chain(&key.fr) {
            assert!(!text.trim().is_empty(), "{} is empty", key.name);
            assert_eq!(text.trim(), text, "{} has space around it", key.name);
        }
    }
}

#[test]
fn both_languages_say_every_argument() {
    for key in all_keys() {
        for (en, fr) in key.en.iter().zip(&key.fr) {
            assert_eq!(placeholders(en), placeholders(fr), "{}", key.name);
        }
    }
}

#[test]
fn french_spaces_don_t_break() {
    for key in all_keys() {
        for text in &key.fr {
            for mark in [" ?", " !", " ;", " :", "« ", " »", "'"] {
                assert!(!text.contains(mark), "{}: {mark:?} in {text:?}", key.name);
            }
        }
    }
}

#[test]
fn no_key_stands_unused() {
    let views: String = ["components", "pages", "server_fns", "state"]
        .into_iter()
        .flat_map(sources)
        .map(|s| s.text)
        .collect();
    let sentences: String = sources("words")
        .into_iter()
        .filter(|s| s.path.to_string_lossy().ends_with("_words.rs"))
        .map(|s| s.text)
        .collect();
    // Short words of buttons and the like, at hand for every page.
    let common: BTreeSet<String> = {
        let text =
            sources("words").into_iter().find(|s| s.path.ends_with("common.rs")).expect("common.rs").text;
        let stream: TokenStream = text.parse().expect("Rust tokens");
        let table = stream
            .into_iter()
            .find_map(|t| if let TokenTree::Group(g) = t { Some(g.stream()) } else { None });
        let body = table.expect("a table").into_iter().find_map(|t| match t {
            TokenTree::Group(g) if g.delimiter() == proc_macro2::Delimiter::Brace => Some(g.stream()),
            _ => None,
        });
        keys(body.expect("a body")).into_iter().map(|key| key.name).collect()
    };
    let unused: Vec<String> = all_keys()
        .into_iter()
        .map(|key| key.name)
        .filter(|name| !common.contains(name))
        .filter(|name| !views.contains(&format!(".{name}(")) && !sentences.contains(&format!(".{name}(")))
        .collect();
    assert!(unused.is_empty(), "unused: {unused:?}");
}
