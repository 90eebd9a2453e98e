//! Theme and language, kept in cookies of a year. For everyone.

use crate::state::Theme;
use crate::words::Locale;
use leptos::prelude::*;
use model::ApiError;

/// Keeps the theme; with wasm the page has changed already.
#[server(endpoint = "preferences/theme")]
pub async fn set_theme(theme: Theme, #[server(default)] next: String) -> Result<(), ApiError> {
    use crate::request;
    request::keep_preference(Theme::COOKIE, theme.key());
    request::go_to_without_wasm(&next);
    Ok(())
}

/// Keeps the language and loads the page in it.
#[server(endpoint = "preferences/locale")]
pub async fn set_locale(locale: Locale, #[server(default)] next: String) -> Result<(), ApiError> {
    use crate::request;
    request::keep_preference(Locale::COOKIE, locale.tag());
    request::go_to(&next);
    Ok(())
}
