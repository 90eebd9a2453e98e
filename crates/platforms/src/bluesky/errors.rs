//! Errors of XRPC: a status and `{"error":"Name","message":"…"}`, <https://atproto.com/specs/xrpc#error-responses>. The name
//! counts, not the status: an expired token is answered with 400.

use crate::contract::{Failure, FailureKind};
use crate::failure::{Call, epoch_header, is_server_fault};
use crate::http::Answer;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
struct XrpcError {
    error: Option<String>,
    message: Option<String>,
}

pub(super) fn failure(answer: &Answer, call: Call) -> Failure {
    let said = answer.json::<XrpcError>().unwrap_or_default();
    let status = answer.status.as_u16();
    let name = said.error.unwrap_or_else(|| status.to_string());
    let words =
        said.message.filter(|m| !m.is_empty()).unwrap_or_else(|| format!("The server answered {name}."));
    let kind = match (status, name.as_str()) {
        (429, _) | (_, "RateLimitExceeded") => {
            FailureKind::RateLimited { until: epoch_header(answer, "ratelimit-reset") }
        }
        (_, "ExpiredToken") => FailureKind::TokenRefused,
        (
            _,
            "InvalidToken"
            | "AuthMissing"
            | "AuthenticationRequired"
            | "AccountTakedown"
            | "AccountSuspended"
            | "AccountDeactivated"
            | "RepoTakendown"
            | "RepoSuspended"
            | "RepoDeactivated",
        )
        | (401, _) => FailureKind::ReconnectRequired,
        // Another write came between; and an upload that the server has cleaned away comes back with a new attempt.
        (_, "InvalidSwap" | "BlobNotFound") => FailureKind::Transient,
        (501, _) => FailureKind::Rejected,
        _ if is_server_fault(answer) => call.unclear(),
        _ => FailureKind::Rejected,
    };
    Failure::new(kind, Some(name), words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::testing::answer;
    use chrono::DateTime;

    /// Answers of `@atproto/pds` 0.4.217, and the errors named by the lexicons in
    /// <https://github.com/bluesky-social/atproto/tree/main/lexicons>.
    #[test]
    fn the_name_counts_not_the_status() {
        let kind = |status, body: &str| failure(&answer(status, &[], body), Call::Commit).kind;
        assert_eq!(
            kind(400, r#"{"error":"ExpiredToken","message":"Token has expired"}"#),
            FailureKind::TokenRefused
        );
        assert_eq!(
            kind(400, r#"{"error":"InvalidToken","message":"Token could not be verified"}"#),
            FailureKind::ReconnectRequired
        );
        assert_eq!(
            kind(401, r#"{"error":"AuthMissing","message":"Authentication Required"}"#),
            FailureKind::ReconnectRequired
        );
        assert_eq!(
            kind(401, r#"{"error":"AccountTakedown","message":"Account has been taken down"}"#),
            FailureKind::ReconnectRequired
        );
        assert_eq!(
            kind(
                400,
                r#"{"error":"InvalidRequest","message":"Invalid app.bsky.feed.post record: grapheme too big (maximum 300, got 301) at $.record.text"}"#
            ),
            FailureKind::Rejected
        );
        assert_eq!(
            kind(400, r#"{"error":"InvalidSwap","message":"Commit was at x"}"#),
            FailureKind::Transient
        );
        assert_eq!(
            kind(500, r#"{"error":"InternalServerError","message":"Internal Server Error"}"#),
            FailureKind::Unknown
        );
        assert_eq!(kind(502, "<html></html>"), FailureKind::Unknown);
    }

    #[test]
    fn a_rate_limit_ends_at_its_header() {
        let limited = answer(
            429,
            &[("ratelimit-limit", "3000"), ("ratelimit-remaining", "0"), ("ratelimit-reset", "1763000000")],
            r#"{"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}"#,
        );
        assert_eq!(
            failure(&limited, Call::Repeatable).kind,
            FailureKind::RateLimited { until: DateTime::from_timestamp(1_763_000_000, 0) }
        );
    }
}
