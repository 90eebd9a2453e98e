//! XRPC refusals: `{"error","message"}`, <https://atproto.com/specs/xrpc#error-responses>, with the names and words
//! of `@atproto/pds`.

use crate::clock::Millis;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode};
use serde_json::json;

/// A refused call.
#[derive(Debug)]
pub(crate) struct XrpcError {
    pub(crate) status: StatusCode,
    pub(crate) name: &'static str,
    pub(crate) message: String,
}

impl XrpcError {
    pub(crate) fn new(status: StatusCode, name: &'static str, message: impl Into<String>) -> Self {
        Self { status, name, message: message.into() }
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidRequest", message)
    }

    pub(crate) fn bad(name: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, name, message)
    }

    pub(crate) fn unauthorized(name: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, name, message)
    }

    pub(crate) fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", "Internal Server Error")
    }

    pub(crate) fn rate_limited() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "RateLimitExceeded", "Rate Limit Exceeded")
    }
}

impl IntoResponse for XrpcError {
    fn into_response(self) -> Response {
        (self.status, Json(json!({"error": self.name, "message": self.message}))).into_response()
    }
}

/// The refusal a fault asks for, with the headers of a spent limit.
pub(crate) fn rate_limited(until: Millis) -> Response {
    let mut response = XrpcError::rate_limited().into_response();
    let headers = response.headers_mut();
    headers.insert("ratelimit-limit", HeaderValue::from(3000));
    headers.insert("ratelimit-remaining", HeaderValue::from(0));
    headers.insert("ratelimit-reset", HeaderValue::from((until + 999) / 1_000));
    headers.insert("ratelimit-policy", HeaderValue::from_static("3000;w=300"));
    response
}

/// An answer with this status, as a fault asks for.
pub(crate) fn played(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match status {
        StatusCode::UNAUTHORIZED => {
            XrpcError::unauthorized("AuthenticationRequired", "Authentication Required")
        }
        StatusCode::BAD_REQUEST => XrpcError::bad("ExpiredToken", "Token has expired"),
        StatusCode::BAD_GATEWAY => XrpcError::new(status, "UpstreamFailure", "Upstream Failure"),
        StatusCode::SERVICE_UNAVAILABLE => {
            XrpcError::new(status, "NotEnoughResources", "Not Enough Resources")
        }
        StatusCode::GATEWAY_TIMEOUT => XrpcError::new(status, "UpstreamTimeout", "Upstream Timeout"),
        status => XrpcError { status, ..XrpcError::internal() },
    }
    .into_response()
}
