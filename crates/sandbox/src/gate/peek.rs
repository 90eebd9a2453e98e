//! What must be known of a request before its platform reads it: its token, and whether a Facebook photo is to be
//! published. Meta's clients may put both into the body.

use crate::form::{MAX_BODY, bearer, content_type};
use crate::state::Platform;
use axum::body::Body;
use axum::extract::Request;
use http::Method;

#[derive(Debug, Default)]
pub(super) struct Peeked {
    pub(super) token: Option<String>,
    pub(super) unpublished: bool,
}

pub(super) async fn peek(platform: Platform, request: Request) -> (Request, Peeked) {
    let query = request.uri().query().unwrap_or_default().as_bytes().to_vec();
    let mut peeked = Peeked {
        token: bearer(request.headers()).map(str::to_owned).or_else(|| encoded(&query, "access_token")),
        unpublished: encoded(&query, "published").is_some_and(|v| is_false(&v)),
    };
    let meta = matches!(platform, Platform::Facebook | Platform::Instagram);
    if !meta || request.method() != Method::POST {
        return (request, peeked);
    }
    let kind = content_type(request.headers());
    let (head, body) = request.into_parts();
    // A body that can't be read is the handler's to refuse; it then sees an empty one.
    let bytes = axum::body::to_bytes(body, MAX_BODY).await.unwrap_or_default();
    let field = |name| if kind.starts_with("multipart/") { part(&bytes, name) } else { plain(&bytes, name) };
    if peeked.token.is_none() {
        peeked.token = field("access_token");
    }
    peeked.unpublished |= field("published").is_some_and(|v| is_false(&v));
    (Request::from_parts(head, Body::from(bytes)), peeked)
}

fn is_false(value: &str) -> bool {
    matches!(value, "false" | "0" | "False")
}

fn encoded(bytes: &[u8], name: &str) -> Option<String> {
    url::form_urlencoded::parse(bytes).find(|(n, _)| n == name).map(|(_, v)| v.into_owned())
}

fn plain(bytes: &[u8], name: &str) -> Option<String> {
    if bytes.first() == Some(&b'{') {
        let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
        let value = value.get(name)?;
        return Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    }
    encoded(bytes, name)
}

fn part(bytes: &[u8], name: &str) -> Option<String> {
    let needle = format!("name=\"{name}\"");
    let at = bytes.windows(needle.len()).position(|w| w == needle.as_bytes())?;
    let rest = &bytes[at..];
    let start = rest.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let len = rest[start..].windows(2).position(|w| w == b"\r\n")?;
    String::from_utf8(rest[start..start + len].to_vec()).ok()
}
