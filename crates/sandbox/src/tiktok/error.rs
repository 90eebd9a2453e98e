//! Refusals: `{"data":{},"error":{"code","message","log_id"}}`,
//! <https://developers.tiktok.com/doc/tiktok-api-v2-error-handling/>.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::{Value, json};

/// A refused call.
#[derive(Debug)]
pub(crate) struct TiktokError {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl TiktokError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    pub(crate) fn invalid_token() -> Self {
        let message = "The access token is invalid or not found in the request.";
        Self::new(StatusCode::UNAUTHORIZED, "access_token_invalid", message)
    }

    pub(crate) fn scope() -> Self {
        let message = "The user did not authorize the scope required for completing this request.";
        Self::new(StatusCode::UNAUTHORIZED, "scope_not_authorized", message)
    }

    pub(crate) fn params(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_params", message)
    }

    pub(crate) fn limited() -> Self {
        let message = "The API rate limit was exceeded. Please try again later.";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limit_exceeded", message)
    }
}

/// `error` of an answer, `ok` on success too.
fn envelope(data: &Value, code: &str, message: &str) -> Value {
    let log_id = crate::ids::stable_digits(message, 32);
    json!({"data": data, "error": {"code": code, "message": message, "log_id": log_id}})
}

/// The answer to a call that went well.
pub(super) fn ok(data: &Value) -> Json<Value> {
    Json(envelope(data, "ok", ""))
}

impl IntoResponse for TiktokError {
    fn into_response(self) -> Response {
        (self.status, Json(envelope(&json!({}), self.code, &self.message))).into_response()
    }
}

/// The refusal that a fault asks for; no header tells when it ends.
pub(crate) fn rate_limited() -> Response {
    TiktokError::limited().into_response()
}

/// An answer with this status, as a fault asks for.
pub(crate) fn played(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match status {
        StatusCode::UNAUTHORIZED => TiktokError::invalid_token(),
        status => TiktokError::new(status, "internal_error", "Something is wrong. Please try again later."),
    }
    .into_response()
}
