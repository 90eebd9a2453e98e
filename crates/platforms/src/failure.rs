//! Makes [`Failure`]s, and says what a lost answer means for a call.

use crate::contract::{ConnectFailure, Failure, FailureKind};
use crate::http::{Answer, HttpError};
use chrono::{DateTime, Utc};

/// Longest message kept from a platform, in characters.
const MAX_MESSAGE: usize = 500;

impl Failure {
    pub fn new(kind: FailureKind, code: Option<String>, message: impl Into<String>) -> Self {
        let mut message = message.into();
        // Shown to people and kept in the database, where PostgreSQL takes no NUL.
        message.retain(|c| c == '\n' || !c.is_control());
        let code = code.map(|code| code.replace(char::is_control, ""));
        if let Some((end, _)) = message.char_indices().nth(MAX_MESSAGE) {
            message.truncate(end);
        }
        Self { kind, code, message }
    }

    pub fn transient(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Transient, None, message)
    }

    pub fn rejected(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Rejected, None, message)
    }

    pub fn reconnect(message: impl Into<String>) -> Self {
        Self::new(FailureKind::ReconnectRequired, None, message)
    }

    pub fn unknown(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Unknown, None, message)
    }

    /// The same for a person who waits at the connect page.
    pub fn into_connect(self, now: DateTime<Utc>) -> ConnectFailure {
        match self.kind {
            FailureKind::RateLimited { until } => ConnectFailure::RateLimited {
                retry_after_s: until.and_then(|until| u32::try_from((until - now).num_seconds().max(1)).ok()),
            },
            // Without a code nothing was said: the platform was not reached.
            FailureKind::Transient | FailureKind::Unknown if self.code.is_none() => {
                ConnectFailure::Unreachable
            }
            _ => ConnectFailure::Said { message: self.message },
        }
    }
}

/// Whether a call may be repeated, which decides what its lost answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    /// Reading, or making what no reader can see: repeat it.
    Repeatable,
    /// It changes what readers see: an unclear outcome is `Unknown`.
    Commit,
}

impl Call {
    /// What it means that the other side may have acted.
    pub(crate) fn unclear(self) -> FailureKind {
        match self {
            Self::Repeatable => FailureKind::Transient,
            Self::Commit => FailureKind::Unknown,
        }
    }

    pub(crate) fn no_answer(self, error: &HttpError) -> Failure {
        let kind = match error {
            HttpError::Blocked(_) => FailureKind::Rejected,
            HttpError::NotSent(_) => FailureKind::Transient,
            HttpError::MaybeSent(_) | HttpError::TooLarge { .. } => self.unclear(),
        };
        Failure::new(kind, None, error.to_string())
    }

    /// A fault on the platform's side (HTTP 5xx, 408): it may have acted before it failed.
    pub(crate) fn server_fault(self, answer: &Answer, message: &str) -> Failure {
        Failure::new(self.unclear(), Some(answer.status.as_u16().to_string()), message)
    }

    /// Success by status, and a body that isn't what the documentation says.
    pub(crate) fn unreadable(self, answer: &Answer) -> Failure {
        Failure::new(
            self.unclear(),
            Some(answer.status.as_u16().to_string()),
            "The platform's answer could not be read.",
        )
    }
}

/// HTTP 408 and 5xx.
pub(crate) fn is_server_fault(answer: &Answer) -> bool {
    answer.status.is_server_error() || answer.status.as_u16() == 408
}

/// The instant that a header names in seconds since 1970.
pub(crate) fn epoch_header(answer: &Answer, name: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(answer.header(name)?.trim().parse().ok()?, 0)
}

/// The end of a wait given as `Retry-After` in seconds.
pub(crate) fn retry_after(answer: &Answer, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let seconds: u32 = answer.header("retry-after")?.trim().parse().ok()?;
    Some(now + chrono::TimeDelta::seconds(i64::from(seconds)))
}

#[cfg(test)]
pub(crate) mod testing {
    use crate::http::Answer;
    use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

    /// An answer as a platform documents it.
    pub(crate) fn answer(status: u16, headers: &[(&'static str, &str)], body: &str) -> Answer {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()))
            .collect();
        Answer { status: StatusCode::from_u16(status).unwrap(), headers, body: body.to_owned().into() }
    }
}
