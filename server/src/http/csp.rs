//! Security headers of every answer, and the nonce of the page's scripts.

use super::web::Web;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use std::sync::Arc;

/// The nonce of one page, handed to Leptos by the router.
#[derive(Clone, Debug)]
pub(super) struct PageNonce(pub(super) Arc<str>);

pub(super) async fn protect(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let Ok(nonce) = service::secrets::new_token() else {
        return super::errors::internal("no randomness for the page's nonce");
    };
    request.extensions_mut().insert(PageNonce(nonce.as_str().into()));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Paths of links hold tokens: other sites don't get them, our own forms do.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if web.origins.any_https() {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    if let Ok(policy) = HeaderValue::try_from(policy(&nonce, &web.form_action, &live_reload(&web)))
        && !headers.contains_key(CONTENT_SECURITY_POLICY)
    {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    // Nor may the browser's Back button show a page after its person has signed out.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn policy(nonce: &str, form_action: &str, live_reload: &str) -> String {
    format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; \
         connect-src 'self'{live_reload}; font-src 'self'; object-src 'none'; form-action {form_action}; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}

/// `cargo leptos watch` tells pages to reload over a socket of its own.
fn live_reload(web: &Web) -> String {
    if cfg!(debug_assertions) && std::env::var_os("LEPTOS_WATCH").is_some() {
        let port = web.leptos.reload_port;
        format!(" ws://127.0.0.1:{port} ws://localhost:{port}")
    } else {
        String::new()
    }
}
