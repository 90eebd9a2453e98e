//! The states of a target and the only ways between them (`docs/PUBLISHING.md` has the table).

use serde::{Deserialize, Serialize};
use std::fmt;

/// Where one post on one account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetState {
    Draft,
    /// Reserved: nothing enters it until approvals exist.
    AwaitingApproval,
    Scheduled,
    Publishing,
    Published,
    Failed,
    /// The answer to the publishing request was lost; being settled by looking at the platform.
    Unknown,
    /// Not sent in time; never sent later by itself.
    Missed,
    Cancelled,
}

/// What happens to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    Schedule,
    Edit,
    Move,
    Cancel,
    Claim,
    /// Past the lateness window with no live attempt.
    Miss,
    /// Nothing was made at the platform and it may pass: wait and try again.
    Postpone,
    /// Nothing was made and it won't pass.
    Reject,
    /// It can't be sent at all, as with media that is damaged.
    Refuse,
    Accept,
    /// The answer to the commit was lost, or the lease ended while committing.
    LoseAnswer,
    /// The lease ended before the commit.
    LoseWorker,
    SettlePresent,
    SettleAbsent,
    Retry,
}

/// Why an event is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("it is going out")]
    GoingOut,
    #[error("it is published")]
    AlreadyPublished,
    #[error("not possible while {0}")]
    WrongState(TargetState),
}

impl From<Refused> for crate::ApiError {
    fn from(refused: Refused) -> Self {
        use crate::error::Conflict;
        Self::conflict(match refused {
            Refused::GoingOut => Conflict::GoingOut,
            Refused::AlreadyPublished => Conflict::AlreadyPublished,
            Refused::WrongState(state) => Conflict::WrongState { state },
        })
    }
}

impl TargetState {
    pub const ALL: [Self; 9] = [
        Self::Draft,
        Self::AwaitingApproval,
        Self::Scheduled,
        Self::Publishing,
        Self::Published,
        Self::Failed,
        Self::Unknown,
        Self::Missed,
        Self::Cancelled,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::AwaitingApproval => "awaiting_approval",
            Self::Scheduled => "scheduled",
            Self::Publishing => "publishing",
            Self::Published => "published",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state after `event`, or why it is refused.
    pub const fn apply(self, event: Event) -> Result<Self, Refused> {
        use Event as E;
        use TargetState as S;
        match (self, event) {
            (S::Draft, E::Edit) => Ok(S::Draft),
            (S::Draft | S::Scheduled, E::Schedule)
            | (S::Scheduled, E::Edit | E::Move)
            | (S::Failed | S::Missed | S::Cancelled, E::Retry | E::Move | E::Schedule) => Ok(S::Scheduled),
            // Editing what failed keeps it failed until it is retried.
            (S::Failed | S::Missed | S::Cancelled, E::Edit) => Ok(self),
            (S::Draft | S::Scheduled | S::Failed | S::Missed, E::Cancel) => Ok(S::Cancelled),
            (S::Scheduled, E::Claim) => Ok(S::Publishing),
            (S::Scheduled, E::Miss) => Ok(S::Missed),
            (S::Publishing, E::Postpone | E::LoseWorker) | (S::Unknown, E::SettleAbsent) => Ok(S::Scheduled),
            (S::Publishing, E::Reject) | (S::Scheduled, E::Refuse) => Ok(S::Failed),
            (S::Publishing, E::Accept) | (S::Unknown, E::SettlePresent) => Ok(S::Published),
            (S::Publishing, E::LoseAnswer) => Ok(S::Unknown),
            (S::Publishing | S::Unknown, E::Schedule | E::Edit | E::Move | E::Cancel | E::Retry) => {
                Err(Refused::GoingOut)
            }
            (S::Published, E::Schedule | E::Edit | E::Move | E::Cancel | E::Retry) => {
                Err(Refused::AlreadyPublished)
            }
            _ => Err(Refused::WrongState(self)),
        }
    }

    /// Whether the content may be changed.
    pub const fn is_editable(self) -> bool {
        self.apply(Event::Edit).is_ok()
    }

    /// Whether somebody has to do something about it.
    pub const fn needs_attention(self) -> bool {
        matches!(self, Self::Failed | Self::Unknown | Self::Missed)
    }

    /// One state for a post of several targets: the one that most needs the eye.
    pub fn of_post(targets: impl IntoIterator<Item = Self>) -> Self {
        const WORST_FIRST: [TargetState; 9] = [
            TargetState::Failed,
            TargetState::Unknown,
            TargetState::Missed,
            TargetState::Publishing,
            TargetState::AwaitingApproval,
            TargetState::Scheduled,
            TargetState::Draft,
            TargetState::Published,
            TargetState::Cancelled,
        ];
        let rank = |s: &Self| WORST_FIRST.iter().position(|w| w == s);
        targets.into_iter().min_by_key(rank).unwrap_or(Self::Draft)
    }
}

impl fmt::Display for TargetState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl std::str::FromStr for TargetState {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.key() == s).ok_or_else(|| format!("unknown state {s:?}"))
    }
}

/// How far an attempt has got. Each stage is written before the call it announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Claimed,
    /// Uploads and containers; nothing a reader could see.
    Prepared,
    /// The one request that makes it public may have been sent.
    Committing,
    Answered,
}

impl Stage {
    pub const ALL: [Self; 4] = [Self::Claimed, Self::Prepared, Self::Committing, Self::Answered];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Prepared => "prepared",
            Self::Committing => "committing",
            Self::Answered => "answered",
        }
    }
}

impl std::str::FromStr for Stage {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|stage| stage.key() == s).ok_or_else(|| format!("unknown stage {s:?}"))
    }
}

/// Why a target waits, was missed or failed; stored as a code and put into words when shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// A passing fault; tried again at the target's next time.
    Transient {
        message: String,
    },
    RateLimited,
    /// The account has to be connected again first.
    Reconnect {
        message: String,
    },
    /// The platform refused for good.
    Rejected {
        code: Option<String>,
        message: String,
    },
    /// Tried until its give-up time.
    GaveUp {
        message: String,
    },
    /// The worker went away before the commit.
    WorkerLost,
    /// The answer was lost; we look.
    AnswerLost {
        message: String,
    },
    /// Looking can't tell; a person has to.
    Undecidable {
        message: String,
    },
    /// Missed because no worker ran.
    LateStart,
    /// Held back by the restore of a backup: the server of then may have sent it.
    Restored,
    Paused,
    /// The media could not be prepared.
    Media {
        message: String,
    },
    /// It can't be deleted from here: the platform offers that to no app.
    NoDeletion,
}

impl Reason {
    /// The platform's own words, where it gave some.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Transient { message }
            | Self::Reconnect { message }
            | Self::Rejected { message, .. }
            | Self::GaveUp { message }
            | Self::AnswerLost { message }
            | Self::Undecidable { message }
            | Self::Media { message } => Some(message),
            Self::RateLimited
            | Self::WorkerLost
            | Self::LateStart
            | Self::Restored
            | Self::Paused
            | Self::NoDeletion => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_going_out_cannot_be_changed() {
        for state in [TargetState::Publishing, TargetState::Unknown] {
            for event in [Event::Edit, Event::Move, Event::Cancel, Event::Retry, Event::Schedule] {
                assert_eq!(state.apply(event), Err(Refused::GoingOut), "{state} {event:?}");
            }
        }
    }

    #[test]
    fn only_scheduled_is_claimed() {
        for state in TargetState::ALL {
            assert_eq!(state.apply(Event::Claim).is_ok(), state == TargetState::Scheduled, "{state}");
        }
    }

    #[test]
    fn published_is_final() {
        for event in [
            Event::Schedule,
            Event::Edit,
            Event::Move,
            Event::Cancel,
            Event::Claim,
            Event::Miss,
            Event::Postpone,
            Event::Reject,
            Event::LoseAnswer,
            Event::LoseWorker,
            Event::SettleAbsent,
            Event::Retry,
        ] {
            assert!(TargetState::Published.apply(event).is_err(), "{event:?}");
        }
    }

    #[test]
    fn a_post_shows_its_worst_target() {
        use TargetState as S;
        assert_eq!(S::of_post([S::Published, S::Failed, S::Scheduled]), S::Failed);
        assert_eq!(S::of_post([S::Published, S::Published]), S::Published);
        assert_eq!(S::of_post([S::Published, S::Cancelled]), S::Published);
        assert_eq!(S::of_post([]), S::Draft);
    }
}
