//! What Facebook's and Instagram's Graph APIs share: paging, insights and errors,
//! <https://developers.facebook.com/docs/graph-api/guides/error-handling>.

use crate::contract::{Failure, FailureKind};
use crate::facebook::graph_time;
use crate::failure::{Call, is_server_fault, retry_after};
use crate::http::Answer;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::America::Los_Angeles;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;

/// A page of a list.
#[derive(Deserialize)]
pub(crate) struct List<T> {
    pub(crate) data: Vec<T>,
    paging: Option<Paging>,
}

#[derive(Deserialize)]
struct Paging {
    cursors: Option<Cursors>,
    /// The next page's address; it holds the token, so only its presence is used.
    next: Option<String>,
}

#[derive(Deserialize)]
struct Cursors {
    after: Option<String>,
}

impl<T> List<T> {
    /// The cursor for the next page, where there is one.
    pub(crate) fn after(&self) -> Option<String> {
        let paging = self.paging.as_ref()?;
        paging.next.as_ref()?;
        paging.cursors.as_ref()?.after.clone()
    }
}

/// A metric of an insights call.
#[derive(Deserialize)]
pub(crate) struct Insight {
    pub(crate) name: String,
    #[serde(default)]
    values: Vec<InsightValue>,
    total_value: Option<InsightValue>,
}

#[derive(Deserialize)]
struct InsightValue {
    /// A number; other metrics than ours have objects.
    value: Option<Value>,
    end_time: Option<String>,
}

impl InsightValue {
    fn number(&self) -> Option<i64> {
        self.value.as_ref()?.as_i64()
    }
}

impl Insight {
    /// The one value, or the last.
    pub(crate) fn value(&self) -> Option<i64> {
        self.total_value.as_ref().or(self.values.last())?.number()
    }

    /// A value is complete at the first instant of the day after.
    pub(crate) fn by_day(&self) -> impl Iterator<Item = (NaiveDate, i64)> {
        self.values.iter().filter_map(|value| {
            let end = graph_time(value.end_time.as_deref()?)?;
            let within = end.checked_sub_signed(TimeDelta::seconds(1))?;
            Some((within.with_timezone(&Los_Angeles).date_naive(), value.number()?))
        })
    }
}

/// When a day begins for Meta: at midnight in California.
pub(crate) fn day_start(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    // Clocks don't change at midnight there.
    Los_Angeles.from_local_datetime(&midnight).earliest().map_or(midnight.and_utc(), |at| at.to_utc())
}

/// A refusal that concerns insights alone: a metric that isn't valid here (100), too few viewers or the permission not given
/// (10, 200). An object that is gone is another matter.
pub(crate) fn tells_nothing(failure: &Failure) -> bool {
    failure.code.as_deref().is_some_and(|code| {
        let (code, subcode) = code.split_once('/').unwrap_or((code, ""));
        matches!(code, "10" | "100" | "200" | "3001") && subcode != "33"
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Envelope {
    error: Option<GraphError>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct GraphError {
    message: Option<String>,
    pub(crate) code: i64,
    #[serde(rename = "error_subcode")]
    pub(crate) subcode: Option<i64>,
    is_transient: bool,
    error_user_msg: Option<String>,
}

impl GraphError {
    fn code(&self) -> String {
        match self.subcode {
            Some(subcode) => format!("{}/{subcode}", self.code),
            None => self.code.to_string(),
        }
    }

    fn words(&self) -> String {
        let words = self.error_user_msg.as_ref().or(self.message.as_ref()).filter(|words| !words.is_empty());
        match words {
            // "Malformed access token AbC…" repeats the token.
            Some(words) if words.to_ascii_lowercase().contains("malformed access token") => {
                "The access token is malformed.".to_owned()
            }
            Some(words) => words.clone(),
            None => format!("The platform answered with error {}.", self.code()),
        }
    }
}

/// Reads an error answer. `own` decides the network's own codes first.
pub(crate) fn failure(
    answer: &Answer,
    call: Call,
    now: DateTime<Utc>,
    own: impl Fn(&GraphError, Call) -> Option<FailureKind>,
) -> Failure {
    let Some(error) = answer.json::<Envelope>().ok().and_then(|envelope| envelope.error) else {
        let status = answer.status.as_u16();
        let message = format!("The platform answered with HTTP status {status}.");
        let kind = match status {
            429 => FailureKind::RateLimited { until: regained(answer, now) },
            401 | 403 => FailureKind::ReconnectRequired,
            _ if is_server_fault(answer) => call.unclear(),
            _ => FailureKind::Rejected,
        };
        return Failure::new(kind, Some(status.to_string()), message);
    };
    let kind = own(&error, call).unwrap_or_else(|| common(&error, answer, call, now));
    Failure::new(kind, Some(error.code()), error.words())
}

fn common(error: &GraphError, answer: &Answer, call: Call, now: DateTime<Utc>) -> FailureKind {
    match error.code {
        // Token expired, revoked, password changed, app removed…: neither network can refresh such a token.
        102 | 190 => FailureKind::ReconnectRequired,
        // A permission is missing or was taken away.
        3 | 10 | 200..=299 => FailureKind::ReconnectRequired,
        // Calls of the app, the person, the page; 80000 and up: Business Use Case limits.
        4 | 17 | 32 | 341 | 613 | 80000..=80014 => FailureKind::RateLimited { until: regained(answer, now) },
        506 => FailureKind::Duplicate { remote_id: None },
        // "Unknown error" and "service temporarily unavailable": a commit may have gone through.
        1 | 2 => call.unclear(),
        _ if error.is_transient || is_server_fault(answer) => call.unclear(),
        _ if answer.status.as_u16() == 429 => FailureKind::RateLimited { until: regained(answer, now) },
        _ => FailureKind::Rejected,
    }
}

#[derive(Deserialize)]
struct Usage {
    /// Minutes.
    #[serde(default)]
    estimated_time_to_regain_access: i64,
}

/// When calls are let through again, by `X-Business-Use-Case-Usage`
/// (<https://developers.facebook.com/docs/graph-api/overview/rate-limiting>).
fn regained(answer: &Answer, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let usage = answer
        .header("x-business-use-case-usage")
        .and_then(|header| serde_json::from_str::<HashMap<String, Vec<Usage>>>(header).ok())
        .and_then(|usage| usage.into_values().flatten().map(|u| u.estimated_time_to_regain_access).max())
        .filter(|minutes| *minutes > 0)
        .and_then(TimeDelta::try_minutes);
    usage.map(|wait| now + wait).or_else(|| retry_after(answer, now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::testing::answer;

    fn read(status: u16, headers: &[(&'static str, &str)], body: &str, call: Call) -> Failure {
        failure(&answer(status, headers, body), call, DateTime::UNIX_EPOCH, |_, _| None)
    }

    /// The example of <https://developers.facebook.com/docs/graph-api/guides/error-handling>.
    #[test]
    fn a_dead_token_asks_to_reconnect() {
        let body = r#"{"error":{"message":"Error validating access token: Session has expired.","type":"OAuthException","code":190,"error_subcode":460,"error_user_title":"A title","error_user_msg":"A message","fbtrace_id":"EJplcsCHuLu"}}"#;
        let failure = read(400, &[], body, Call::Commit);
        assert_eq!(failure.kind, FailureKind::ReconnectRequired);
        assert_eq!(failure.code.as_deref(), Some("190/460"));
        assert_eq!(failure.message, "A message");
    }

    #[test]
    fn a_token_in_the_message_is_not_repeated() {
        let body =
            r#"{"error":{"message":"Malformed access token EAABsecret","type":"OAuthException","code":190}}"#;
        assert!(!read(400, &[], body, Call::Commit).message.contains("EAABsecret"));
    }

    #[test]
    fn limits_tell_when_access_is_regained() {
        let body = r#"{"error":{"message":"(#32) Page request limit reached","type":"OAuthException","code":32,"fbtrace_id":"A"}}"#;
        let usage = r#"{"61":[{"type":"pages","call_count":100,"total_cputime":20,"total_time":20,"estimated_time_to_regain_access":19}]}"#;
        let failure = read(400, &[("x-business-use-case-usage", usage)], body, Call::Commit);
        assert_eq!(
            failure.kind,
            FailureKind::RateLimited { until: Some(DateTime::UNIX_EPOCH + TimeDelta::minutes(19)) }
        );
        assert_eq!(read(400, &[], body, Call::Commit).kind, FailureKind::RateLimited { until: None });
    }

    #[test]
    fn faults_are_unclear_for_a_commit_only() {
        let transient = r#"{"error":{"message":"An unexpected error has occurred.","type":"OAuthException","is_transient":true,"code":2}}"#;
        for (status, body) in [(500, transient), (400, transient), (502, "<html></html>")] {
            assert_eq!(read(status, &[], body, Call::Commit).kind, FailureKind::Unknown, "{status}");
            assert_eq!(read(status, &[], body, Call::Repeatable).kind, FailureKind::Transient, "{status}");
        }
        let invalid =
            r#"{"error":{"message":"(#100) Param is not valid","type":"OAuthException","code":100}}"#;
        assert_eq!(read(400, &[], invalid, Call::Commit).kind, FailureKind::Rejected);
        let denied = r#"{"error":{"message":"(#200) Requires pages_manage_posts","type":"OAuthException","code":200}}"#;
        assert_eq!(read(403, &[], denied, Call::Commit).kind, FailureKind::ReconnectRequired);
    }

    #[test]
    fn the_last_page_has_no_next() {
        let list = |body| serde_json::from_str::<List<serde_json::Value>>(body).unwrap().after();
        assert_eq!(
            list(
                r#"{"data":[],"paging":{"cursors":{"before":"a","after":"b"},"next":"https://graph.facebook.com/x"}}"#
            ),
            Some("b".to_owned())
        );
        assert_eq!(list(r#"{"data":[],"paging":{"cursors":{"before":"a","after":"b"}}}"#), None);
        assert_eq!(list(r#"{"data":[]}"#), None);
    }
}
