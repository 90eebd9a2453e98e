//! No words in views: every text that people read comes from `src/words`.

use crate::sources::sources;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Attributes and props whose value is read or heard.
const SPOKEN: [&str; 8] = ["alt", "hint", "label", "placeholder", "text", "title", "aria-label", "caption"];

fn has_words(literal: &str) -> bool {
    literal.starts_with('"') && literal.chars().any(char::is_alphabetic)
}

/// The attribute's name before the `=` at `equals`, such as `aria-label`.
fn attribute_name(tokens: &[TokenTree], equals: usize) -> String {
    let mut name = String::new();
    for token in tokens[..equals].iter().rev() {
        match token {
            TokenTree::Ident(ident) if name.is_empty() || name.starts_with('-') => {
                name.insert_str(0, &ident.to_string());
            }
            TokenTree::Punct(punct) if punct.as_char() == '-' && !name.is_empty() => name.insert(0, '-'),
            _ => break,
        }
    }
    name
}

/// Whether what stands at `at` is read by people: the value of a spoken attribute, or a text node.
fn is_read(tokens: &[TokenTree], at: usize) -> bool {
    match at.checked_sub(1).map(|before| &tokens[before]) {
        None | Some(TokenTree::Literal(_)) => true,
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => {
            SPOKEN.contains(&attribute_name(tokens, at - 1).as_str())
        }
        Some(TokenTree::Punct(punct)) => punct.as_char() == '>',
        Some(TokenTree::Ident(_)) => false,
    }
}

/// Literals with words that stand as text nodes or in spoken attributes of a `view!`.
fn literals_in_view(view: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = view.into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let literal = match token {
            TokenTree::Literal(literal) => literal.to_string(),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                // A block that is nothing but a text.
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let [TokenTree::Literal(literal)] = inner.as_slice() else { continue };
                literal.to_string()
            }
            _ => continue,
        };
        if has_words(&literal) && is_read(&tokens, at) {
            found.push(literal);
        }
    }
    found
}

/// Every `view! { … }`, however deep.
fn views(stream: TokenStream, found: &mut Vec<TokenStream>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for (i, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let is_view = i >= 2
            && matches!(&tokens[i - 1], TokenTree::Punct(p) if p.as_char() == '!')
            && matches!(&tokens[i - 2], TokenTree::Ident(name) if name == "view");
        if is_view {
            found.push(group.stream());
        }
        views(group.stream(), found);
    }
}

fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    views(source.parse().expect("Rust tokens"), &mut found);
    found.into_iter().flat_map(literals_in_view).collect()
}

#[test]
fn views_hold_no_words() {
    let mut seen = 0;
    for folder in ["components", "pages"] {
        for source in sources(folder) {
            seen += source.text.matches("view! {").count();
            let found = literals(&source.text);
            assert!(found.is_empty(), "{}: {found:?}", source.path.display());
        }
    }
    assert!(seen > 20, "the views were not found");
}

#[test]
fn the_scan_finds_what_it_looks_for() {
    assert_eq!(literals(r#"view! { <p class="x">"Hello"</p> }"#), ["\"Hello\""]);
    assert_eq!(literals(r#"view! { <p>{"Hello"}</p> }"#), ["\"Hello\""]);
    assert_eq!(literals(r#"view! { <img aria-label="A dog" /> }"#), ["\"A dog\""]);
    assert_eq!(literals(r#"f(|| view! { <Field label="Name" name="name" /> })"#), ["\"Name\""]);
    assert_eq!(literals(r#"view! { <p>{x}"Hello"</p> }"#), ["\"Hello\""]);
    for clean in [
        r#"view! { <p class="x" id="y">{words.title()}" · "</p> }"#,
        r#"view! { <p aria-pressed=move || if on.get() { "true" } else { "false" }></p> }"#,
    ] {
        assert!(literals(clean).is_empty(), "{clean}");
    }
}
