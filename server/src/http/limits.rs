//! Bodies that are too large are refused before they are read, or while.

use super::errors::Failure;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use http::header::CONTENT_LENGTH;
use model::{ApiError, Problem};

/// Of server functions, in bytes: Facebook's longest text, percent-encoded, in several variants.
pub(super) const FORM: usize = 2 * 1024 * 1024;
/// Of an upload: the file, and the headers around it.
pub(super) const UPLOAD: usize = model::media::MAX_UPLOAD_BYTES as usize + 64 * 1024;

/// Refuses by the announced length. What is announced wrongly or not at all is cut off behind this.
pub(super) async fn by_length(max: usize, request: Request, next: Next) -> Response {
    let announced =
        request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > max as u64) {
        return too_large("body", max as u64);
    }
    next.run(request).await
}

/// Takes a form in as a whole, up to the limit and no further. A server function would only see that its body breaks off,
/// and call it unreadable.
pub(super) async fn whole(max: usize, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match to_bytes(body, max).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) => {
            // Or the browser went away, and hears nothing of this.
            tracing::debug!(%error, "a body was not taken in");
            too_large("body", max as u64)
        }
    }
}

pub(super) fn too_large(field: &str, max_bytes: u64) -> Response {
    let error = Failure(ApiError::invalid(field, Problem::FileTooLarge { max_bytes }));
    (StatusCode::PAYLOAD_TOO_LARGE, error).into_response()
}
