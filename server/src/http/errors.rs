//! Answers to what can't be done: the same JSON as server functions give, with its status.

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{HeaderValue, RETRY_AFTER};
use model::ApiError;

/// An [`ApiError`] as an answer.
#[derive(Debug)]
pub(super) struct Failure(pub(super) ApiError);

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let wait = match &self.0 {
            ApiError::TooMany { retry_after_s } => Some(*retry_after_s),
            _ => None,
        };
        let mut response = (status, Json(self.0)).into_response();
        if let Some(seconds) = wait {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A request that isn't looked at.
pub(super) fn refused(status: StatusCode, reason: &str) -> Response {
    (status, Json(ApiError::Transport { reason: reason.to_owned() })).into_response()
}

/// Whatever has no route, and what isn't for whoever asks.
pub(super) async fn nothing_here() -> Response {
    refused(StatusCode::NOT_FOUND, "there is nothing at this address")
}

/// A fault of ours, logged once; the person gets its trace.
pub(super) fn internal(what: &str) -> Response {
    let trace = service::secrets::trace_id();
    tracing::error!(trace.id = %trace, "{what}");
    Failure(ApiError::Internal { trace }).into_response()
}

/// The errors of server functions are some hundred bytes, in bytes.
const MAX_ERROR: usize = 64 * 1024;

/// Gives a server function's error its own status. Arguments that can't be read are refused by Leptos before the function
/// begins, always with 500, although the fault is the caller's.
pub(super) async fn own_status(request: Request, next: Next) -> Response {
    let is_function = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    if !is_function || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_ERROR).await else {
        // Only what could not be read is quoted at such length.
        return refused(StatusCode::BAD_REQUEST, "the arguments could not be read");
    };
    if let Ok(error) = serde_json::from_slice::<ApiError>(&bytes) {
        parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
    }
    Response::from_parts(parts, Body::from(bytes))
}
