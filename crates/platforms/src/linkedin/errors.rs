//! <https://learn.microsoft.com/linkedin/shared/api-guide/concepts/error-handling>.

use crate::contract::{Failure, FailureKind};
use crate::failure::{Call, is_server_fault, retry_after};
use crate::http::Answer;
use chrono::{DateTime, Days, NaiveTime, Utc};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct LinkedInError {
    message: Option<String>,
    service_error_code: Option<i64>,
    code: Option<String>,
    error_details: Option<Details>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Details {
    input_errors: Vec<InputError>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct InputError {
    code: Option<String>,
    description: Option<String>,
}

pub(super) fn failure(answer: &Answer, call: Call, now: DateTime<Utc>) -> Failure {
    let status = answer.status.as_u16();
    let said = answer.json::<LinkedInError>().unwrap_or_default();
    let input = said.error_details.unwrap_or_default().input_errors.into_iter().next().unwrap_or_default();
    let words = said
        .message
        .filter(|m| !m.is_empty())
        .or(input.description)
        .unwrap_or_else(|| format!("LinkedIn answered with HTTP status {status}."));
    let code = input.code.or(said.code).or_else(|| said.service_error_code.map(|c| c.to_string()));
    let kind = match (status, code.as_deref(), said.service_error_code) {
        (_, Some("DUPLICATE_POST"), _) => FailureKind::Duplicate { remote_id: urn(&words) },
        (401, Some("REVOKED_ACCESS_TOKEN"), _) | (401, _, Some(65_601)) => FailureKind::ReconnectRequired,
        (401, ..) => FailureKind::TokenRefused,
        // Scope or role is missing.
        (403, ..) => FailureKind::ReconnectRequired,
        // Two writes met; this one may have been made.
        (409, ..) => call.unclear(),
        (426, ..) | (_, Some("VERSION_MISSING" | "NONEXISTENT_VERSION"), _) => {
            let words = format!(
                "LinkedIn no longer serves this API version; set a newer `linkedin.version`. ({words})"
            );
            return Failure::new(FailureKind::Rejected, code, words);
        }
        (429, ..) => FailureKind::RateLimited { until: retry_after(answer, now).or_else(|| midnight(now)) },
        _ if is_server_fault(answer) => call.unclear(),
        _ => FailureKind::Rejected,
    };
    Failure::new(kind, code.or_else(|| Some(status.to_string())), words)
}

/// Quotas are per day and begin anew at midnight UTC
/// (<https://learn.microsoft.com/linkedin/shared/api-guide/concepts/rate-limits>).
fn midnight(now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    now.checked_add_days(Days::new(1))?.with_time(NaiveTime::MIN).single()
}

/// The post that a refusal names: "Content is a duplicate of urn:li:share:7…".
fn urn(words: &str) -> Option<String> {
    let urn = &words[words.find("urn:li:")?..];
    let end = urn.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':')).unwrap_or(urn.len());
    Some(urn[..end].trim_end_matches(':').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::testing::answer;

    fn read(status: u16, body: &str) -> Failure {
        let now = "2026-11-21T22:00:00Z".parse().unwrap();
        failure(&answer(status, &[], body), Call::Commit, now)
    }

    /// From <https://github.com/Arisamiga/Linkedin-RSS/issues/5>.
    #[test]
    fn a_double_names_the_earlier_post() {
        let body = r#"{"errorDetails":{"inputErrors":[{"description":"Content is a duplicate of urn:li:share:7131213374","input":{"inputPath":{"fieldPath":""}},"code":"DUPLICATE_POST"}]},"message":"Content is a duplicate of urn:li:share:7131213374.","status":422}"#;
        let failure = read(422, body);
        assert_eq!(
            failure.kind,
            FailureKind::Duplicate { remote_id: Some("urn:li:share:7131213374".to_owned()) }
        );
        assert_eq!(failure.code.as_deref(), Some("DUPLICATE_POST"));
    }

    #[test]
    fn documented_errors_become_decisions() {
        let expired = r#"{"status":401,"serviceErrorCode":65602,"code":"EXPIRED_ACCESS_TOKEN","message":"The token used in the request has expired"}"#;
        assert_eq!(read(401, expired).kind, FailureKind::TokenRefused);
        let revoked = r#"{"status":401,"serviceErrorCode":65601,"code":"REVOKED_ACCESS_TOKEN","message":"The token used in the request has been revoked by the user"}"#;
        assert_eq!(read(401, revoked).kind, FailureKind::ReconnectRequired);
        let denied = r#"{"status":403,"serviceErrorCode":100,"code":"ACCESS_DENIED","message":"Not enough permissions to access: partnerApiPosts.CREATE"}"#;
        assert_eq!(read(403, denied).kind, FailureKind::ReconnectRequired);
        let version = r#"{"status":426,"code":"NONEXISTENT_VERSION","message":"Requested version 20230101 is not active"}"#;
        assert!(read(426, version).message.contains("linkedin.version"));
        let long = r#"{"message":"ShareCommentary text length (3001 characters) exceeded the maximum allowed (3000 characters)","status":422}"#;
        assert_eq!(read(422, long).kind, FailureKind::Rejected);
        assert_eq!(read(409, "{}").kind, FailureKind::Unknown);
        assert_eq!(
            read(500, r#"{"message":"Internal Server Error","status":500}"#).kind,
            FailureKind::Unknown
        );
    }

    #[test]
    fn a_daily_quota_ends_at_midnight_utc() {
        let body = r#"{"status":429,"code":"TOO_MANY_REQUESTS","message":"Resource level throttle MEMBER DAY limit for calls to this resource is reached."}"#;
        assert_eq!(
            read(429, body).kind,
            FailureKind::RateLimited { until: Some("2026-11-22T00:00:00Z".parse().unwrap()) }
        );
    }
}
