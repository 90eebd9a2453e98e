//! Codes of publishing: <https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes>.

use crate::contract::{Failure, FailureKind};
use crate::failure::Call;
use crate::graph::{self, GraphError};
use crate::http::Answer;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// The shape that the token endpoint of `api.instagram.com` answers with.
#[derive(Deserialize)]
struct TokenError {
    error_type: String,
    error_message: String,
}

pub(super) fn failure(answer: &Answer, call: Call, now: DateTime<Utc>) -> Failure {
    if let Ok(error) = answer.json::<TokenError>() {
        return Failure::new(FailureKind::ReconnectRequired, Some(error.error_type), error.error_message);
    }
    graph::failure(answer, call, now, own)
}

fn own(error: &GraphError, call: Call) -> Option<FailureKind> {
    match (error.code, error.subcode?) {
        (_, 2_207_051) => Some(FailureKind::Rejected), // taken for spam
        (_, 2_207_042) => Some(FailureKind::RateLimited { until: None }), // the day's number of posts
        (_, subcode) => by_subcode(subcode, call),
    }
}

/// What a subcode of 2207… asks for, in an answer or in a container's status. `None`: not one of these.
fn by_subcode(subcode: i64, call: Call) -> Option<FailureKind> {
    Some(match subcode {
        // Fetching timed out or failed, the media is not ready or past its day, an upload failed: surely not published.
        2_207_003 | 2_207_020 | 2_207_027 | 2_207_052 | 2_207_082 => FailureKind::Transient,
        // Faults of the server, which a commit may have survived.
        2_207_001 | 2_207_008 | 2_207_032 | 2_207_053 => call.unclear(),
        2_207_000..=2_207_999 => FailureKind::Rejected,
        _ => return None,
    })
}

/// The failure that a container's `status` tells, such as "Error: Media upload has failed with error code 2207026".
pub(super) fn of_container(status: &str) -> Failure {
    let subcode = status.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 7);
    let kind = subcode
        .and_then(|digits| by_subcode(digits.parse().ok()?, Call::Repeatable))
        .unwrap_or(FailureKind::Rejected);
    let words = if status.is_empty() { "Instagram could not process the media." } else { status };
    Failure::new(kind, subcode.map(str::to_owned), words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::testing::answer;

    fn kind(code: i64, subcode: i64, call: Call) -> FailureKind {
        let body = format!(
            r#"{{"error":{{"message":"m","type":"OAuthException","code":{code},"error_subcode":{subcode},"is_transient":false,"fbtrace_id":"A"}}}}"#
        );
        failure(&answer(400, &[], &body), call, DateTime::UNIX_EPOCH).kind
    }

    #[test]
    fn publishing_codes_become_decisions() {
        assert_eq!(kind(9007, 2_207_027, Call::Commit), FailureKind::Transient);
        assert_eq!(kind(9004, 2_207_052, Call::Repeatable), FailureKind::Transient);
        assert_eq!(kind(24, 2_207_008, Call::Commit), FailureKind::Unknown);
        assert_eq!(kind(24, 2_207_008, Call::Repeatable), FailureKind::Transient);
        assert_eq!(kind(9, 2_207_042, Call::Commit), FailureKind::RateLimited { until: None });
        assert_eq!(kind(4, 2_207_051, Call::Commit), FailureKind::Rejected);
        assert_eq!(kind(36_003, 2_207_009, Call::Repeatable), FailureKind::Rejected);
        assert_eq!(kind(190, 463, Call::Commit), FailureKind::ReconnectRequired);
        assert_eq!(kind(100, 33, Call::Repeatable), FailureKind::Rejected);
    }

    #[test]
    fn a_container_tells_why_it_failed() {
        let format = of_container("Error: Media upload has failed with error code 2207026");
        assert_eq!((format.kind, format.code.as_deref()), (FailureKind::Rejected, Some("2207026")));
        assert_eq!(of_container("Error: failed with error code 2207052").kind, FailureKind::Transient);
        assert_eq!(of_container("").kind, FailureKind::Rejected);
    }

    #[test]
    fn a_spent_code_asks_to_connect_anew() {
        let body = r#"{"error_type":"OAuthException","code":400,"error_message":"This authorization code has been used"}"#;
        let failure = failure(&answer(400, &[], body), Call::Repeatable, DateTime::UNIX_EPOCH);
        assert_eq!(failure.kind, FailureKind::ReconnectRequired);
        assert_eq!(failure.message, "This authorization code has been used");
    }
}
