//! What a failure leads to.

use super::delta;
use super::unsent::not_after_window;
use crate::accounts::tokens::AccessError;
use chrono::{DateTime, Utc};
use model::TargetState;
use model::state::{Event, Reason};
use model::timing::Timing;
use platforms::{Failure, FailureKind};
use std::time::Duration;
use storage::publishing::{Outcome, PublishRow};

/// Why an attempt didn't publish.
#[derive(Clone, Debug)]
pub(super) enum Trouble {
    /// Nothing was made, and it may pass.
    Transient {
        message: String,
    },
    RateLimited {
        until: Option<DateTime<Utc>>,
    },
    Reconnect {
        message: String,
    },
    /// The access token was refused; a fresh one may do.
    TokenRefused {
        message: String,
    },
    Rejected {
        code: Option<String>,
        message: String,
    },
    /// It may be out.
    AnswerLost {
        message: String,
    },
}

impl Trouble {
    pub(super) fn of_access(error: AccessError) -> Self {
        match error {
            AccessError::NotFound => {
                Self::Reconnect { message: String::from("the account is not connected") }
            }
            AccessError::Reconnect { message } => Self::Reconnect { message },
            AccessError::Transient { message } => Self::Transient { message },
            AccessError::RateLimited { until } => Self::RateLimited { until },
        }
    }

    /// Before the commit nothing a reader could see was made, whatever failed.
    pub(super) fn before_commit(failure: Failure) -> Self {
        match failure.kind {
            FailureKind::Unknown | FailureKind::Transient => Self::Transient { message: failure.message },
            _ => Self::of_commit(failure, false),
        }
    }

    pub(super) fn of_commit(failure: Failure, blind_resend: bool) -> Self {
        match failure.kind {
            FailureKind::Transient => Self::Transient { message: failure.message },
            FailureKind::RateLimited { until } => Self::RateLimited { until },
            FailureKind::ReconnectRequired => Self::Reconnect { message: failure.message },
            FailureKind::TokenRefused => Self::TokenRefused { message: failure.message },
            FailureKind::Unknown if blind_resend => Self::Transient { message: failure.message },
            FailureKind::Unknown => Self::AnswerLost { message: failure.message },
            FailureKind::Rejected | FailureKind::Duplicate { .. } => Self::rejected(failure),
        }
    }

    pub(super) fn rejected(failure: Failure) -> Self {
        Self::Rejected { code: failure.code, message: failure.message }
    }

    /// The outcome's name in the ledger.
    pub(super) const fn word(&self) -> &'static str {
        match self {
            Self::Transient { .. } => "transient",
            Self::RateLimited { .. } => "rate_limited",
            Self::Reconnect { .. } | Self::TokenRefused { .. } => "reconnect",
            Self::Rejected { .. } => "rejected",
            Self::AnswerLost { .. } => "lost",
        }
    }

    /// Whether the platform answered.
    pub(super) const fn is_answer(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. }
                | Self::Rejected { .. }
                | Self::Reconnect { .. }
                | Self::TokenRefused { .. }
        )
    }

    /// The event, and what is written about the target; `to` is filled in by the caller from the event.
    pub(super) fn outcome(
        &self,
        row: &PublishRow,
        timing: &Timing,
        backoff: Duration,
        now: DateTime<Utc>,
    ) -> (Event, Outcome) {
        let give_up = row.due_at.map_or(now, |due| due + delta(timing.give_up));
        let again = now + delta(backoff);
        let (event, next, reason) = match self {
            Self::Transient { message } if again > give_up => {
                (Event::Reject, None, Reason::GaveUp { message: message.clone() })
            }
            Self::Transient { message } => {
                (Event::Postpone, Some(again), Reason::Transient { message: message.clone() })
            }
            Self::RateLimited { until } => {
                let until = not_after_window(row, until.unwrap_or(again)).max(now);
                (Event::Postpone, Some(until), Reason::RateLimited)
            }
            Self::Reconnect { message } | Self::TokenRefused { message } => {
                (Event::Postpone, Some(again), Reason::Reconnect { message: message.clone() })
            }
            Self::Rejected { code, message } => {
                (Event::Reject, None, Reason::Rejected { code: code.clone(), message: message.clone() })
            }
            Self::AnswerLost { message } => {
                let look = now + delta(timing.settle_every.min(Duration::from_secs(5)));
                (Event::LoseAnswer, Some(look), Reason::AnswerLost { message: message.clone() })
            }
        };
        let outcome = Outcome {
            from: row.state,
            to: TargetState::Failed,
            next_attempt_at: next,
            reason: Some(reason),
            asks: false,
            absent_seen_at: None,
            keeps_attempt: matches!(event, Event::LoseAnswer),
        };
        (event, outcome)
    }
}

/// The wait before the next try: doubling from the first, with up to a quarter more so that many targets spread out.
pub(crate) fn backoff(timing: &Timing, attempts_before: i64) -> Duration {
    let doublings = u32::try_from(attempts_before).unwrap_or(0).min(16);
    let wait = timing.backoff.saturating_mul(1 << doublings).min(timing.backoff_max);
    wait + wait.mul_f64(f64::from(crate::secrets::random_byte()) / 1020.0)
}
