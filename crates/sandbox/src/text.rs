//! Text as HTML, and how every page begins.

/// Escapes `text` for HTML content and quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A page up to its body; `title` is plain text, `more` further elements of the head.
pub(crate) fn head(lang: &str, title: &str, css: &str, more: &str) -> String {
    // Without an icon of its own a page makes browsers ask for /favicon.ico and report the 404 in the console.
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"icon\" href=\"data:,\">{more}<style>{css}</style></head>",
        escape(title)
    )
}
