//! Refusals of Google's APIs: `{"error":{"code","message","status","errors":[…]}}`,
//! <https://developers.google.com/youtube/v3/docs/errors>.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

/// A refused call.
#[derive(Debug)]
pub(crate) struct GoogleError {
    http: StatusCode,
    /// The canonical name, such as `PERMISSION_DENIED`.
    status: &'static str,
    domain: &'static str,
    reason: &'static str,
    message: String,
}

impl GoogleError {
    fn new(http: StatusCode, status: &'static str, reason: &'static str, message: impl Into<String>) -> Self {
        Self { http, status, domain: "global", reason, message: message.into() }
    }

    pub(crate) fn unauthenticated() -> Self {
        let message = "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or \
                       other valid authentication credential.";
        Self::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", "authError", message)
    }

    pub(crate) fn scope() -> Self {
        let message = "Request had insufficient authentication scopes.";
        Self::new(StatusCode::FORBIDDEN, "PERMISSION_DENIED", "insufficientPermissions", message)
    }

    pub(crate) fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "PERMISSION_DENIED", "forbidden", "Forbidden")
    }

    pub(crate) fn argument(reason: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", reason, message)
    }

    pub(crate) fn playlist(id: &str) -> Self {
        let message =
            format!("The playlist identified with the request's playlistId parameter cannot be found: {id}.");
        let refused = Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", "playlistNotFound", message);
        Self { domain: "youtube.playlistItem", ..refused }
    }

    pub(crate) fn quota() -> Self {
        let message = "The request cannot be completed because you have exceeded your quota.";
        let refused = Self::new(StatusCode::FORBIDDEN, "RESOURCE_EXHAUSTED", "quotaExceeded", message);
        Self { domain: "youtube.quota", ..refused }
    }
}

impl IntoResponse for GoogleError {
    fn into_response(self) -> Response {
        let one = json!({"message": self.message, "domain": self.domain, "reason": self.reason});
        let error = json!({
            "code": self.http.as_u16(), "message": self.message, "status": self.status, "errors": [one],
        });
        (self.http, Json(json!({"error": error}))).into_response()
    }
}

/// The day's quota is used up, as a fault asks for; no header tells when it begins anew.
pub(crate) fn rate_limited() -> Response {
    GoogleError::quota().into_response()
}

/// An answer with this status, as a fault asks for.
pub(crate) fn played(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match status {
        StatusCode::UNAUTHORIZED => GoogleError::unauthenticated(),
        StatusCode::FORBIDDEN => GoogleError::forbidden(),
        status => GoogleError::new(status, "UNAVAILABLE", "backendError", "Backend Error"),
    }
    .into_response()
}
