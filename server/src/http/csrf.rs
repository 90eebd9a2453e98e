//! The guard against requests that another site makes with a person's cookies. It stands before every route.
//!
//! No GET changes anything, with one exception: the OAuth callback, which a platform sends the browser to. Its `state`
//! works once and is bound to session, workspace and platform. A later exception (an inbound webhook with a signature)
//! has to be listed here.

use super::errors::refused;
use super::web::Web;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, Method, StatusCode};

pub(super) async fn guard(State(web): State<Web>, request: Request, next: Next) -> Response {
    if changes_nothing(request.method()) || comes_from_us(&web, request.headers()) {
        return next.run(request).await;
    }
    tracing::warn!(http.method = %request.method(), "a request from another site was refused");
    refused(
        StatusCode::FORBIDDEN,
        "the request did not come from a page of this server; if you reached this server under another address, \
         its operator has to add that address to server.extra_base_urls",
    )
}

const fn changes_nothing(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Browsers tell by `Sec-Fetch-Site`, but over plain http only to the same machine; then `Origin` has to be ours.
fn comes_from_us(web: &Web, headers: &HeaderMap) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin" || site == "none",
        None => web.origins.is_ours(headers),
    }
}
