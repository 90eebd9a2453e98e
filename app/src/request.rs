//! What server functions and the first rendering know of the request. The server provides [`RequestFacts`] and
//! `model::services::Services` by context, for pages and for server functions alike.

use crate::state::local_path;
use http::header::{ACCEPT, COOKIE, HeaderValue, SET_COOKIE};
use http::request::Parts;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use model::live::Tally;
use model::services::Services;
use model::session::{ClientInfo, NewSession, Session};
use model::{Actor, ApiError, ApiResult};
use std::future::Future;

/// A year, for preferences.
const PREFERENCE_MAX_AGE_S: i64 = 365 * 24 * 60 * 60;

/// Facts of one request, found out by the server's middleware.
#[derive(Clone, Debug, Default)]
pub struct RequestFacts {
    /// The verified session, if there is one.
    pub session: Option<Session>,
    /// The page came over plain http under a name that is not this machine's: passwords can be read on the way.
    pub insecure: bool,
    /// Browsers keep `Secure` and `__Host-` cookies from here: https, or this machine itself.
    pub secure_cookies: bool,
    /// Some platform is the simulated one.
    pub sandbox: bool,
    /// The numbers of the session's workspace before anything of a page was read.
    pub tally: Tally,
    pub client: ClientInfo,
}

impl RequestFacts {
    /// The name of the session's cookie here.
    pub const fn session_cookie(&self) -> &'static str {
        if self.secure_cookies { "__Host-session" } else { "session" }
    }
}

/// The facts of the running request.
pub fn facts() -> RequestFacts {
    use_context().unwrap_or_default()
}

pub fn services() -> ApiResult<Services> {
    use_context().ok_or_else(|| ApiError::Internal { trace: "no services in context".to_owned() })
}

/// The session, or [`ApiError::SignedOut`].
pub fn session() -> ApiResult<Session> {
    facts().session.ok_or(ApiError::SignedOut)
}

/// Who acts, in the workspace the session is in.
pub fn actor() -> ApiResult<Actor> {
    session()?.actor()
}

/// Runs a server function's work and gives a failure its HTTP status. A plain form's answer stays a redirect.
pub async fn answer<T>(work: impl Future<Output = ApiResult<T>>) -> ApiResult<T> {
    let result = work.await;
    if let Err(error) = &result
        && !is_plain_form()
        && let Some(response) = use_context::<ResponseOptions>()
        && let Ok(status) = http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    result
}

/// The request is a form sent without wasm: the browser shows whatever page comes back.
pub fn is_plain_form() -> bool {
    use_context::<Parts>()
        .and_then(|parts| parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok().map(str::to_owned)))
        .is_some_and(|accept| accept.contains("text/html"))
}

/// Goes to a path of ours, loading the page anew even with wasm: for what changes who is signed in or the language.
pub fn go_to(path: &str) {
    leptos_axum::redirect(&local_path(path));
}

/// Goes there only when the browser can't do it itself.
pub fn go_to_without_wasm(path: &str) {
    if is_plain_form() {
        go_to(path);
    }
}

/// The value of a cookie of the request.
pub fn cookie(name: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    parts
        .headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| key.trim() == name)
        .map(|(_, value)| value.trim().to_owned())
}

/// A header of the request.
pub fn header(name: http::HeaderName) -> Option<String> {
    let parts = use_context::<Parts>()?;
    parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

fn append_cookie(cookie: &str) {
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(value) = HeaderValue::from_str(cookie)
    {
        response.append_header(SET_COOKIE, value);
    }
}

/// Keeps a preference for a year. It says nothing of the person, so scripts may read it.
pub fn keep_preference(name: &str, value: &str) {
    let secure = if facts().secure_cookies { "; Secure" } else { "" };
    append_cookie(&format!("{name}={value}; Path=/; Max-Age={PREFERENCE_MAX_AGE_S}; SameSite=Lax{secure}"));
}

/// Hands the browser a new session.
pub fn start_session(new: &NewSession) {
    append_cookie(&session_cookie(&facts(), &new.token, new.max_age_s));
}

/// Takes the session's cookie back.
pub fn end_session() {
    append_cookie(&session_cookie(&facts(), "", 0));
}

/// The `Set-Cookie` line of a session; also for the middleware, which slides its end.
pub fn session_cookie(facts: &RequestFacts, token: &str, max_age_s: i64) -> String {
    let secure = if facts.secure_cookies { "; Secure" } else { "" };
    let name = facts.session_cookie();
    format!("{name}={token}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_plain_http_the_cookie_has_no_prefix() {
        let lan = RequestFacts { insecure: true, ..RequestFacts::default() };
        assert_eq!(session_cookie(&lan, "t", 60), "session=t; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
        let https = RequestFacts { secure_cookies: true, ..RequestFacts::default() };
        assert_eq!(
            session_cookie(&https, "t", 60),
            "__Host-session=t; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"
        );
    }
}
