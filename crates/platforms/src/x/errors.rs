//! X's errors: <https://docs.x.com/x-api/fundamentals/response-codes-and-errors>.

use crate::contract::{Failure, FailureKind};
use crate::failure::{Call, epoch_header, is_server_fault};
use crate::http::Answer;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// A problem document, or the older list of errors.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Problem {
    title: Option<String>,
    detail: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    errors: Vec<Inner>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Inner {
    code: Option<i64>,
    message: Option<String>,
    detail: Option<String>,
}

impl Problem {
    fn words(&self) -> String {
        let inner = self.errors.first();
        self.detail
            .clone()
            .or_else(|| inner.and_then(|e| e.detail.clone().or_else(|| e.message.clone())))
            .or_else(|| self.title.clone())
            .unwrap_or_else(|| "X gave no reason.".to_owned())
    }

    /// The last part of the problem's type, such as `usage-capped`.
    fn name(&self) -> Option<&str> {
        self.kind.as_deref()?.strip_prefix("https://api.x.com/2/problems/").or_else(|| {
            // Spelled so before the move to x.com.
            self.kind.as_deref()?.strip_prefix("https://api.twitter.com/2/problems/")
        })
    }
}

pub(super) fn failure(answer: &Answer, call: Call) -> Failure {
    let status = answer.status.as_u16();
    let problem = answer.json::<Problem>().unwrap_or_default();
    let words = problem.words();
    let old_code = problem.errors.first().and_then(|e| e.code);
    let code = problem
        .name()
        .map(str::to_owned)
        .or_else(|| old_code.map(|c| format!("{status}/{c}")))
        .unwrap_or_else(|| status.to_string());
    if is_server_fault(answer) {
        return call.server_fault(answer, &format!("X had a fault on its side: {words}"));
    }
    let kind = kind(status, &problem, old_code, &words, answer);
    // Told apart from a 403 without a cause, which has no better code.
    let code = if matches!(kind, FailureKind::Duplicate { .. }) { "duplicate".to_owned() } else { code };
    Failure::new(kind, Some(code), words)
}

fn kind(status: u16, problem: &Problem, old_code: Option<i64>, words: &str, answer: &Answer) -> FailureKind {
    match (status, problem.name(), old_code) {
        // 88: rate limit exceeded, in the older shape.
        (429, ..) | (_, Some("rate-limit-exceeded" | "usage-capped"), _) | (_, _, Some(88)) => {
            FailureKind::RateLimited { until: reset(answer) }
        }
        (401, ..) => FailureKind::TokenRefused,
        // "You are not allowed to create a Tweet with duplicate content."; 187: the same in the older shape.
        (403, _, Some(187)) => FailureKind::Duplicate { remote_id: None },
        (403, ..) if words.to_ascii_lowercase().contains("duplicate content") => {
            FailureKind::Duplicate { remote_id: None }
        }
        // The app, not the person, lacks something: reconnecting won't help.
        (403, Some("client-forbidden" | "unsupported-authentication"), _) => FailureKind::Rejected,
        (403, Some("not-authorized-for-resource"), _) => FailureKind::ReconnectRequired,
        // Any other 403, such as "You are not permitted to perform this action.", names no cause: it comes for locked and limited
        // accounts and for content as well as for permissions, so reconnecting is no more than one thing to try.
        _ => FailureKind::Rejected,
    }
}

/// When the exhausted limit is reset: the day's limits count where nothing of them is left.
fn reset(answer: &Answer) -> Option<DateTime<Utc>> {
    let day = ["x-app-limit-24hour", "x-user-limit-24hour"].into_iter().find_map(|limit| {
        (answer.header(&format!("{limit}-remaining"))?.trim() == "0")
            .then(|| epoch_header(answer, &format!("{limit}-reset")))?
    });
    day.max(epoch_header(answer, "x-rate-limit-reset"))
}

/// The failure in an answer with status 200 and no `data`: X reports partial errors so.
pub(super) fn refused_with_success(answer: &Answer) -> Option<Failure> {
    let problem = answer.json::<Problem>().ok()?;
    (!problem.errors.is_empty())
        .then(|| Failure::new(FailureKind::Rejected, Some("errors".to_owned()), problem.words()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::testing::answer;

    /// From <https://docs.x.com/x-api/fundamentals/response-codes-and-errors>.
    const UNAUTHORIZED: &str =
        r#"{"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"}"#;
    /// From <https://github.com/plhery/node-twitter-api-v2/issues/469>.
    const DUPLICATE: &str = r#"{"detail":"You are not allowed to create a Tweet with duplicate content.","type":"about:blank","title":"Forbidden","status":403}"#;

    #[test]
    fn documented_errors_become_decisions() {
        let kind = |status, body: &str| failure(&answer(status, &[], body), Call::Commit).kind;
        assert_eq!(kind(401, UNAUTHORIZED), FailureKind::TokenRefused);
        assert_eq!(kind(403, DUPLICATE), FailureKind::Duplicate { remote_id: None });
        let code = failure(&answer(403, &[], DUPLICATE), Call::Commit).code;
        assert_eq!(code.as_deref(), Some("duplicate"), "not as a 403 without a cause");
        assert_eq!(
            kind(
                403,
                r#"{"title":"Forbidden","type":"about:blank","status":403,"detail":"You are not permitted to perform this action."}"#
            ),
            FailureKind::Rejected
        );
        assert_eq!(kind(403, ""), FailureKind::Rejected);
        assert_eq!(
            kind(
                403,
                r#"{"title":"Client Forbidden","type":"https://api.x.com/2/problems/client-forbidden","detail":"enroll"}"#
            ),
            FailureKind::Rejected
        );
        assert_eq!(
            kind(
                400,
                r#"{"errors":[{"parameters":{"text":[""]},"message":"text too long"}],"title":"Invalid Request","detail":"One or more parameters to your request was invalid.","type":"https://api.x.com/2/problems/invalid-request"}"#
            ),
            FailureKind::Rejected
        );
        assert_eq!(
            kind(429, r#"{"errors":[{"code":88,"message":"Rate limit exceeded"}]}"#),
            FailureKind::RateLimited { until: None }
        );
    }

    #[test]
    fn a_server_fault_is_unclear_for_a_commit_only() {
        let fault = answer(503, &[], "<html>over capacity</html>");
        assert_eq!(failure(&fault, Call::Commit).kind, FailureKind::Unknown);
        assert_eq!(failure(&fault, Call::Repeatable).kind, FailureKind::Transient);
    }

    #[test]
    fn the_later_reset_of_the_exhausted_limits_counts() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0);
        let headers = [
            ("x-rate-limit-reset", "1763000000"),
            ("x-user-limit-24hour-remaining", "0"),
            ("x-user-limit-24hour-reset", "1763050000"),
        ];
        let body =
            r#"{"title":"Too Many Requests","detail":"Too Many Requests","type":"about:blank","status":429}"#;
        let until =
            |headers: &[(&'static str, &str)]| failure(&answer(429, headers, body), Call::Commit).kind;
        assert_eq!(until(&headers[..1]), FailureKind::RateLimited { until: at(1_763_000_000) });
        assert_eq!(until(&headers), FailureKind::RateLimited { until: at(1_763_050_000) });
    }
}
