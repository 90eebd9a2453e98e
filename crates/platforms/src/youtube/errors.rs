//! `{"error":{"code","message","status","errors":[{"reason"}]}}`: <https://developers.google.com/youtube/v3/docs/errors>,
//! <https://developers.google.com/youtube/v3/docs/core_errors>.

use crate::contract::{Failure, FailureKind};
use crate::failure::{Call, is_server_fault, retry_after};
use crate::http::Answer;
use chrono::{DateTime, Days, NaiveTime, TimeZone, Utc};
use chrono_tz::America::Los_Angeles;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Envelope {
    error: Said,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    message: String,
    errors: Vec<Reason>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reason {
    reason: String,
}

pub(super) fn failure(answer: &Answer, now: DateTime<Utc>) -> Failure {
    let status = answer.status.as_u16();
    let said = answer.json::<Envelope>().unwrap_or_default().error;
    let reason = said.errors.into_iter().next().unwrap_or_default().reason;
    let kind = match (status, reason.as_str()) {
        (401, _) => FailureKind::TokenRefused,
        (_, "quotaExceeded" | "dailyLimitExceeded") => FailureKind::RateLimited { until: midnight(now) },
        (429, _) | (_, "rateLimitExceeded" | "userRateLimitExceeded") => {
            FailureKind::RateLimited { until: retry_after(answer, now) }
        }
        // The API is switched off in the project: nothing that the person could mend.
        (403, "accessNotConfigured") => FailureKind::Rejected,
        (403, _) => FailureKind::ReconnectRequired,
        _ if is_server_fault(answer) => Call::Repeatable.unclear(),
        _ => FailureKind::Rejected,
    };
    let code = if reason.is_empty() { status.to_string() } else { reason };
    let words = if said.message.is_empty() { format!("YouTube answered {code}.") } else { said.message };
    Failure::new(kind, Some(code), words)
}

/// "Daily quotas reset at midnight Pacific Time" (<https://developers.google.com/youtube/v3/getting-started#quota>).
fn midnight(now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let tomorrow = now.with_timezone(&Los_Angeles).date_naive().checked_add_days(Days::new(1))?;
    Los_Angeles.from_local_datetime(&tomorrow.and_time(NaiveTime::MIN)).earliest().map(|at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::testing::answer;

    fn read(status: u16, reason: &str) -> Failure {
        let body = format!(
            r#"{{"error":{{"code":{status},"message":"m","errors":[{{"domain":"youtube.quota","reason":"{reason}","message":"m"}}]}}}}"#
        );
        failure(&answer(status, &[], &body), "2026-11-21T20:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_quota_ends_at_midnight_in_california() {
        let until = "2026-11-22T08:00:00Z".parse().ok();
        assert_eq!(read(403, "quotaExceeded").kind, FailureKind::RateLimited { until });
        assert_eq!(read(403, "rateLimitExceeded").kind, FailureKind::RateLimited { until: None });
    }

    #[test]
    fn documented_errors_become_decisions() {
        assert_eq!(read(401, "authError").kind, FailureKind::TokenRefused);
        assert_eq!(read(403, "insufficientPermissions").kind, FailureKind::ReconnectRequired);
        assert_eq!(read(403, "accessNotConfigured").kind, FailureKind::Rejected);
        assert_eq!(read(404, "playlistNotFound").kind, FailureKind::Rejected);
        assert_eq!(read(503, "backendError").kind, FailureKind::Transient);
    }
}
