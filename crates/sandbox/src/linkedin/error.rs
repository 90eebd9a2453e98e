//! LinkedIn's refusals: `{message,serviceErrorCode,status,code}`,
//! <https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling>.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::{Value, json};

/// A refused call.
#[derive(Debug)]
pub(crate) struct LinkedinError {
    status: StatusCode,
    code: &'static str,
    service_code: Option<u32>,
    message: String,
    /// `errorDetails.inputErrors`.
    input_error: Option<Value>,
}

impl LinkedinError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, service_code: None, message: message.into(), input_error: None }
    }

    fn token(code: &'static str, service_code: u32, message: &str) -> Self {
        Self { service_code: Some(service_code), ..Self::new(StatusCode::UNAUTHORIZED, code, message) }
    }

    /// The sample of the document named above.
    pub(crate) fn no_token() -> Self {
        Self::token("UNAUTHORIZED", 401, "Empty oauth2_access_token")
    }

    pub(crate) fn invalid_token() -> Self {
        Self::token("INVALID_ACCESS_TOKEN", 65_600, "Invalid access token")
    }

    pub(crate) fn revoked_token() -> Self {
        Self::token(
            "REVOKED_ACCESS_TOKEN",
            65_601,
            "The token used in the request has been revoked by the user",
        )
    }

    pub(crate) fn expired_token() -> Self {
        Self::token("EXPIRED_ACCESS_TOKEN", 65_602, "The token used in the request has expired")
    }

    pub(crate) fn denied(message: impl Into<String>) -> Self {
        let refused = Self::new(StatusCode::FORBIDDEN, "ACCESS_DENIED", message);
        Self { service_code: Some(100), ..refused }
    }

    pub(crate) fn missing(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", format!("Could not find entity {what}"))
    }

    /// 422 with one entry of `inputErrors`.
    pub(crate) fn input(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        let error = json!({
            "description": message,
            "input": {"inputPath": {"fieldPath": path}},
            "code": code,
        });
        let refused = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "INVALID_INPUT", message);
        Self { input_error: Some(error), ..refused }
    }

    /// As seen in <https://github.com/Arisamiga/Linkedin-RSS/issues/5>.
    pub(crate) fn duplicate(urn: &str) -> Self {
        Self::input("DUPLICATE_POST", "", format!("Content is a duplicate of {urn}"))
    }

    pub(crate) fn daily() -> Self {
        Self {
            service_code: Some(101),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "TOO_MANY_REQUESTS",
                "Resource level throttle MEMBER DAY limit for calls to this resource is reached.",
            )
        }
    }
}

impl IntoResponse for LinkedinError {
    fn into_response(self) -> Response {
        let mut body = json!({"message": self.message, "status": self.status.as_u16(), "code": self.code});
        if let Some(code) = self.service_code {
            body["serviceErrorCode"] = json!(code);
        }
        if let Some(error) = self.input_error {
            body["errorDetailType"] = json!("com.linkedin.common.error.BadRequest");
            body["errorDetails"] = json!({"inputErrors": [error]});
        }
        (self.status, Json(body)).into_response()
    }
}

/// The daily quota's refusal, as a fault asks for; LinkedIn sends no rate-limit headers.
pub(crate) fn rate_limited() -> Response {
    LinkedinError::daily().into_response()
}

/// An answer with this status, as a fault asks for.
pub(crate) fn played(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match status {
        StatusCode::UNAUTHORIZED => LinkedinError::invalid_token(),
        StatusCode::FORBIDDEN => LinkedinError::denied("Not enough permissions to access: posts.CREATE"),
        StatusCode::CONFLICT => {
            LinkedinError::new(status, "CONFLICT", "Request conflicts with another request")
        }
        status => LinkedinError::new(status, "INTERNAL_SERVER_ERROR", "Internal Server Error"),
    }
    .into_response()
}
