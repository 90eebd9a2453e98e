//! The Graph API's error envelope and usage headers, shared by Facebook and Instagram:
//! <https://developers.facebook.com/docs/graph-api/guides/error-handling>,
//! <https://developers.facebook.com/docs/graph-api/overview/rate-limiting>.

use crate::limits::Usage;
use crate::state::Platform;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::json;

/// A refused Graph call.
#[derive(Debug)]
pub(crate) struct GraphError {
    pub(crate) status: StatusCode,
    pub(crate) kind: &'static str,
    pub(crate) code: i64,
    pub(crate) subcode: Option<i64>,
    pub(crate) message: String,
    pub(crate) transient: bool,
}

impl GraphError {
    pub(crate) fn new(code: i64, subcode: Option<i64>, message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            kind: "OAuthException",
            code,
            subcode,
            message: message.into(),
            transient: false,
        }
    }

    pub(crate) fn param(message: &str) -> Self {
        Self::new(100, None, format!("(#100) {message}"))
    }

    pub(crate) fn no_token() -> Self {
        Self::new(104, None, "An access token is required to request this resource.")
    }

    pub(crate) fn bad_token() -> Self {
        Self::new(190, None, "Invalid OAuth access token - Cannot parse access token")
    }

    pub(crate) fn expired() -> Self {
        Self::new(190, Some(463), "Error validating access token: Session has expired.")
    }

    pub(crate) fn app_removed() -> Self {
        Self::new(190, Some(458), "Error validating access token: The user has not authorized application.")
    }

    /// 100/33, for what does not exist or may not be seen.
    pub(crate) fn missing(method: &str, id: &str) -> Self {
        Self {
            kind: "GraphMethodException",
            ..Self::new(
                100,
                Some(33),
                format!(
                    "Unsupported {method} request. Object with ID '{id}' does not exist, cannot be loaded due to \
                     missing permissions, or does not support this operation."
                ),
            )
        }
    }

    pub(crate) fn permission(scope: &str) -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            ..Self::new(200, None, format!("(#200) The permission(s) {scope} are not available."))
        }
    }

    pub(crate) fn transient() -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            transient: true,
            ..Self::new(2, None, "An unexpected error has occurred. Please retry your request later.")
        }
    }
}

impl IntoResponse for GraphError {
    fn into_response(self) -> Response {
        let trace = crate::ids::stable_letters(&self.message, 23);
        let mut error = json!({
            "message": self.message,
            "type": self.kind,
            "code": self.code,
            "is_transient": self.transient,
            "fbtrace_id": format!("A{trace}"),
        });
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = json!(subcode);
        }
        (self.status, Json(json!({"error": error}))).into_response()
    }
}

/// `X-App-Usage` and `X-Business-Use-Case-Usage`, in percent.
pub(crate) fn usage_headers(
    headers: &mut HeaderMap,
    platform: Platform,
    account: &str,
    usage: Usage,
    wait_minutes: i64,
) {
    let percent = usage.percent();
    let kind = if platform == Platform::Instagram { "instagram" } else { "pages" };
    let app = json!({"call_count": percent, "total_cputime": 0, "total_time": 0});
    let business = json!({account: [{
        "type": kind, "call_count": percent, "total_cputime": 0, "total_time": 0,
        "estimated_time_to_regain_access": wait_minutes,
    }]});
    for (name, value) in [("x-app-usage", app), ("x-business-use-case-usage", business)] {
        if let Ok(value) = HeaderValue::from_str(&value.to_string()) {
            headers.insert(name, value);
        }
    }
}

/// Too many calls: code 32 for Pages, 80002 for Instagram, unless another is named.
pub(crate) fn throttle(platform: Platform, code: Option<i64>) -> GraphError {
    let (usual, message) = if platform == Platform::Instagram {
        (80_002, "There have been too many calls to this Instagram account.")
    } else {
        (32, "Page request limit reached")
    };
    let code = code.unwrap_or(usual);
    GraphError::new(code, None, format!("(#{code}) {message}"))
}

/// The throttling refusal that a fault asks for, with the headers of a spent limit.
pub(crate) fn throttled(platform: Platform, code: Option<i64>, wait: i64) -> Response {
    let mut response = throttle(platform, code).into_response();
    let spent = Usage { limit: 1, used: 1, reset: 0, exceeded: true };
    usage_headers(response.headers_mut(), platform, "0", spent, (wait / 60_000).max(1));
    response
}

/// A refusal with these codes, or of this status, as a fault asks for.
pub(crate) fn played(status: u16, code: Option<i64>, subcode: Option<i64>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match code {
        Some(code) => {
            let error = GraphError::new(code, subcode, format!("(#{code}) The request was refused."));
            let status = if status.is_server_error() { StatusCode::BAD_REQUEST } else { status };
            GraphError { status, transient: matches!(code, 1 | 2), ..error }.into_response()
        }
        None if status == StatusCode::UNAUTHORIZED => GraphError::expired().into_response(),
        None => GraphError { status, ..GraphError::transient() }.into_response(),
    }
}
