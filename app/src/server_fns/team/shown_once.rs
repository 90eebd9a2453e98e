//! Carries an invitation's link from the answer to a plain form to the page that follows: in a cookie that scripts can't
//! read and that the page takes back, since an address would stay in the browser's history.

use crate::request;
use http::header::{HeaderValue, SET_COOKIE};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

const COOKIE: &str = "fresh_invitation";
/// Long enough for the next page to load.
const LIFE_S: u32 = 60;

/// Keeps the link for the next page.
pub(super) fn keep(link: &str) {
    set(link, LIFE_S);
}

/// The link kept for this page; the next one won't find it.
pub(super) fn take() -> Option<String> {
    let link = request::cookie(COOKIE).filter(|link| !link.is_empty())?;
    set("", 0);
    Some(link)
}

fn set(value: &str, max_age_s: u32) {
    let secure = if request::facts().secure_cookies { "; Secure" } else { "" };
    let line =
        format!("{COOKIE}={value}; Path=/team; Max-Age={max_age_s}; HttpOnly; SameSite=Strict{secure}");
    if let (Some(response), Ok(line)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&line)) {
        response.append_header(SET_COOKIE, line);
    }
}
