//! What a browser needs to install Fanfare as an app, in the language of the page that names it.

use app::state::Theme;
use app::words::{Locale, Words};
use axum::extract::Query;
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, VARY};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
pub(super) struct Asked {
    lang: Option<String>,
}

pub(super) async fn manifest(Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let wishes = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locale = Locale::of_request(asked.lang.as_deref(), wishes);
    let headers =
        [(CONTENT_TYPE, "application/manifest+json"), (CACHE_CONTROL, "no-cache"), (VARY, "accept-language")];
    (headers, content(locale).to_string()).into_response()
}

fn content(locale: Locale) -> Value {
    let words = Words(locale);
    let [paper, _] = Theme::Light.bar_colours();
    let icon = |src: &str, sizes: &str, purpose: &str| {
        let kind = if sizes == "any" { "image/svg+xml" } else { "image/png" };
        json!({ "src": src, "sizes": sizes, "type": kind, "purpose": purpose })
    };
    let shortcut = |name: &str, url: &str| json!({ "name": name, "url": url });
    json!({
        // The same app in every language.
        "id": "/",
        "lang": locale.tag(),
        "dir": "ltr",
        "name": words.common().product(),
        "short_name": words.common().product(),
        "description": words.common().about_product(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": paper,
        "background_color": paper,
        "icons": [
            icon("/icons/192.png", "192x192", "any"),
            icon("/icons/512.png", "512x512", "any"),
            icon("/icons/maskable-512.png", "512x512", "maskable"),
            icon("/favicon.svg", "any", "any"),
        ],
        "shortcuts": [
            shortcut(words.frame().compose(), "/compose"),
            shortcut(words.frame().calendar(), "/calendar"),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_speaks_the_language_of_the_page() {
        assert_eq!(content(Locale::Fr)["shortcuts"][1]["name"], "Calendrier");
        assert_eq!(content(Locale::En)["lang"], "en");
        assert_eq!(content(Locale::En)["id"], content(Locale::Fr)["id"]);
    }

    #[test]
    fn every_icon_is_a_file_of_the_site() {
        let assets = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../frontend/assets"));
        let icons = content(Locale::En)["icons"].as_array().unwrap().clone();
        for icon in icons {
            let src = icon["src"].as_str().unwrap();
            assert!(assets.join(src.trim_start_matches('/')).is_file(), "{src}");
        }
    }
}
