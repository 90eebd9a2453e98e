//! X's refusals: problem JSON, <https://docs.x.com/x-api/fundamentals/response-codes-and-errors>.

use crate::clock::Millis;
use crate::limits::Usage;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::{Value, json};

const PROBLEMS: &str = "https://api.x.com/2/problems/";

/// A refusal of the v2 API.
#[derive(Debug)]
pub(crate) enum XError {
    /// No token, an unknown, expired or revoked one.
    Unauthorized,
    /// The token lacks a scope.
    MissingScope,
    /// A post with this text is live already; the answer names no id.
    Duplicate,
    /// `{message}` about one parameter.
    Invalid(String),
    /// 403 with a detail, for acts that are not permitted.
    NotPermitted(&'static str),
    NotFound {
        resource: &'static str,
        parameter: &'static str,
        value: String,
    },
    RateLimited(Usage),
    Server(StatusCode),
}

impl XError {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::MissingScope | Self::Duplicate | Self::NotPermitted(_) => StatusCode::FORBIDDEN,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::NotFound { .. } => StatusCode::NOT_FOUND,
            Self::RateLimited(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Server(status) => *status,
        }
    }

    /// The body, which also stands inside `errors` of a partly answered look-up.
    pub(crate) fn body(&self) -> Value {
        let status = self.status().as_u16();
        let blank = |title: &str, detail: &str| json!({"title": title, "type": "about:blank", "status": status, "detail": detail});
        match self {
            Self::Unauthorized => blank("Unauthorized", "Unauthorized"),
            Self::MissingScope => blank("Forbidden", "Forbidden"),
            Self::Duplicate => {
                // As seen in https://github.com/plhery/node-twitter-api-v2/issues/469
                blank("Forbidden", "You are not allowed to create a Tweet with duplicate content.")
            }
            Self::NotPermitted(detail) => blank("Forbidden", detail),
            Self::Invalid(message) => json!({
                "errors": [{"parameters": {}, "message": message}],
                "title": "Invalid Request",
                "detail": "One or more parameters to your request was invalid.",
                "type": format!("{PROBLEMS}invalid-request"),
                "status": status,
            }),
            Self::NotFound { resource, parameter, value } => not_found(resource, parameter, value),
            Self::RateLimited(_) => blank("Too Many Requests", "Too Many Requests"),
            Self::Server(status) => {
                let reason = status.canonical_reason().unwrap_or("Error");
                blank(reason, reason)
            }
        }
    }
}

/// The entry of `errors` for something that does not exist.
pub(crate) fn not_found(resource: &str, parameter: &str, value: &str) -> Value {
    json!({
        "value": value,
        "detail": format!("Could not find {resource} with {parameter}: [{value}]."),
        "title": "Not Found Error",
        "resource_type": resource,
        "parameter": parameter,
        "resource_id": value,
        "type": format!("{PROBLEMS}resource-not-found"),
    })
}

impl IntoResponse for XError {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(self.body())).into_response();
        // The specification's content type of every refusal.
        let problem = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, problem);
        if let Self::RateLimited(usage) = self {
            rate_headers(response.headers_mut(), usage);
        }
        response
    }
}

/// `x-rate-limit-*`, <https://docs.x.com/x-api/fundamentals/rate-limits>.
pub(crate) fn rate_headers(headers: &mut HeaderMap, usage: Usage) {
    for (name, value) in [
        ("x-rate-limit-limit", i64::from(usage.limit)),
        ("x-rate-limit-remaining", i64::from(usage.remaining())),
        ("x-rate-limit-reset", usage.reset_epoch()),
    ] {
        headers.insert(name, HeaderValue::from(value));
    }
}

/// The refusal that a fault asks for.
pub(crate) fn rate_limited(until: Millis) -> Response {
    XError::RateLimited(Usage { limit: 100, used: 100, reset: until, exceeded: true }).into_response()
}

/// An answer with this status, as a fault asks for.
pub(crate) fn played(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match status {
        StatusCode::UNAUTHORIZED => XError::Unauthorized.into_response(),
        StatusCode::FORBIDDEN => {
            XError::NotPermitted("You are not permitted to perform this action.").into_response()
        }
        status => XError::Server(status).into_response(),
    }
}
