//! `{"error":{"code","message","log_id"}}`, with the code `ok` when nothing is wrong:
//! <https://developers.tiktok.com/doc/tiktok-api-v2-error-handling/>.

use crate::contract::{Failure, FailureKind};
use crate::failure::{Call, is_server_fault};
use crate::http::Answer;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

/// "Request rate calculation is based on a one minute sliding window."
const WINDOW: TimeDelta = TimeDelta::minutes(1);

#[derive(Default, Deserialize)]
#[serde(default)]
struct Envelope {
    error: Said,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    code: String,
    message: String,
}

/// What went wrong, if anything did.
pub(super) fn failure(answer: &Answer, now: DateTime<Utc>) -> Option<Failure> {
    let status = answer.status.as_u16();
    let said = answer.json::<Envelope>().unwrap_or_default().error;
    if answer.is_success() && matches!(said.code.as_str(), "" | "ok") {
        return None;
    }
    let code = if said.code.is_empty() { status.to_string() } else { said.code };
    let kind = match code.as_str() {
        "access_token_invalid" => FailureKind::TokenRefused,
        "scope_not_authorized" | "scope_permission_missed" => FailureKind::ReconnectRequired,
        "rate_limit_exceeded" => FailureKind::RateLimited { until: Some(now + WINDOW) },
        "internal_error" => FailureKind::Transient,
        _ => match status {
            401 => FailureKind::TokenRefused,
            429 => FailureKind::RateLimited { until: Some(now + WINDOW) },
            _ if is_server_fault(answer) => Call::Repeatable.unclear(),
            _ => FailureKind::Rejected,
        },
    };
    let words = if said.message.is_empty() { format!("TikTok answered {code}.") } else { said.message };
    Some(Failure::new(kind, Some(code), words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::testing::answer;

    fn kind(status: u16, body: &str) -> Option<FailureKind> {
        failure(&answer(status, &[], body), DateTime::UNIX_EPOCH).map(|failure| failure.kind)
    }

    #[test]
    fn the_code_counts_and_ok_is_no_failure() {
        let said = |code: &str| {
            format!(
                r#"{{"data":{{}},"error":{{"code":"{code}","message":"m","log_id":"20220829194722CBE87ED59D524E727021"}}}}"#
            )
        };
        assert_eq!(kind(200, &said("ok")), None);
        assert_eq!(kind(401, &said("access_token_invalid")), Some(FailureKind::TokenRefused));
        assert_eq!(kind(401, &said("scope_not_authorized")), Some(FailureKind::ReconnectRequired));
        assert_eq!(kind(400, &said("invalid_params")), Some(FailureKind::Rejected));
        assert_eq!(kind(500, &said("internal_error")), Some(FailureKind::Transient));
        assert_eq!(kind(502, "<html></html>"), Some(FailureKind::Transient));
        let until = DateTime::from_timestamp(60, 0);
        assert_eq!(kind(429, &said("rate_limit_exceeded")), Some(FailureKind::RateLimited { until }));
    }
}
