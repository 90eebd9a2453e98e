//! The one error that services return and the browser acts on. Words are chosen in the UI from these codes.

use crate::actor::Role;
use crate::platform::Platform;
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

pub type ApiResult<T> = Result<T, ApiError>;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum ApiError {
    /// No session, or it ended.
    #[error("sign in first")]
    SignedOut,
    /// The role is too weak.
    #[error("this needs the role {}", needs.key())]
    Forbidden { needs: Role },
    /// No such thing in this workspace (also when it belongs to another one).
    #[error("not found")]
    NotFound,
    /// Input to correct, field by field.
    #[error("{} problem(s) with the input", problems.len())]
    Invalid { problems: Vec<FieldProblem> },
    /// Right in itself, but not in the present state.
    #[error("conflict: {conflict:?}")]
    Conflict { conflict: Conflict },
    /// Too many tries; wait this many seconds.
    #[error("too many tries, wait {retry_after_s} s")]
    TooMany { retry_after_s: u32 },
    /// The platform, or the way to it, said no.
    #[error("{platform}: {problem:?}")]
    Platform { platform: Platform, problem: PlatformProblem },
    /// A fault of ours; `trace` finds it in the log.
    #[error("internal error, trace {trace}")]
    Internal { trace: String },
    /// The call itself failed: no network, server restarting, or the page is older than the server.
    #[error("the server could not be reached: {reason}")]
    Transport { reason: String },
}

impl ApiError {
    pub fn invalid(field: &str, problem: Problem) -> Self {
        Self::Invalid { problems: vec![FieldProblem { field: field.to_owned(), problem }] }
    }

    pub const fn conflict(conflict: Conflict) -> Self {
        Self::Conflict { conflict }
    }

    /// The HTTP status that says the same.
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Forbidden { .. } => 403,
            Self::NotFound => 404,
            Self::Invalid { .. } => 422,
            Self::Conflict { .. } => 409,
            Self::TooMany { .. } => 429,
            // Not 502, whose body proxies may replace by a page of their own.
            Self::Platform { .. } => 424,
            Self::Internal { .. } => 500,
            Self::Transport { .. } => 400,
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        Self::Transport { reason: value.to_string() }
    }
}

/// A problem and the field it belongs to; `field` is the input's name in the form (`email`, `text`, `media.2.alt`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    pub field: String,
    pub problem: Problem,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Problem {
    Required,
    TooShort {
        min: u32,
    },
    TooLong {
        max: u32,
        got: u32,
    },
    BadEmail,
    /// Sign-in: the address and the password don't belong together. The same for unknown addresses.
    WrongCredentials,
    AlreadyTaken,
    /// The link is unknown, used or past its time.
    LinkExpired,
    UnknownTimeZone,
    /// The wall time doesn't exist or can't be read.
    BadTime,
    InThePast,
    TooFarAhead {
        max_days: u32,
    },
    NoAccount,
    /// An account of this post is not able to publish now.
    AccountNotReady {
        /// What it is called.
        account: String,
    },
    BadHost {
        reason: HostProblem,
    },
    BadHandle,
    /// A rule of a platform about text or media.
    Platform {
        platform: Platform,
        rule: crate::text::Rule,
    },
    UnsupportedFile,
    FileTooLarge {
        max_bytes: u64,
    },
    /// Decoded, the picture would be larger than we accept.
    TooManyPixels {
        max: u64,
    },
    /// The bytes are not what the name or the declared type says, or are damaged.
    DamagedFile,
    UploadBroken,
    BadValue,
}

/// Why an address given by a person is not called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostProblem {
    NotAnAddress,
    NeedsHttps,
    PrivateAddress,
    PortNotAllowed,
    NotResolved,
    NotReachable,
    /// Something answers there, but it is not the platform's server.
    WrongServer,
}

/// What stands in the way of an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Conflict {
    /// The target is being published or its outcome is being looked for: wait for it.
    GoingOut,
    /// Already published; it can only be deleted at the platform.
    AlreadyPublished,
    /// Somebody else changed it meanwhile; reload.
    Changed,
    /// Not possible in the present state.
    WrongState { state: crate::state::TargetState },
    /// Fanfare is set up already; sign in.
    AlreadySetUp,
    /// A workspace keeps at least one owner.
    LastOwner,
    /// The same person, account or name is there already.
    AlreadyThere,
    /// The invitation is for another address.
    OtherPerson,
    /// The media is used by a post.
    InUse,
    /// Nobody knows whether it is out: a person has to say so first.
    AnswerFirst,
}

/// What a platform refused, or why it couldn't be asked, while a person waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PlatformProblem {
    /// No client id and secret are configured.
    NotConfigured,
    /// The person said no on the consent page.
    Denied,
    /// The `state` of the answer is unknown, used, too old or another session's.
    BadState,
    /// Permissions that publishing needs were not granted.
    MissingScopes {
        missing: Vec<String>,
    },
    /// The consent gave no page or profile to publish to.
    NothingToConnect,
    /// Reconnecting answered with another profile than the one to reconnect.
    OtherAccount {
        /// What the account is called.
        expected: String,
    },
    WrongCredentials,
    /// A second factor is asked for; use an app password.
    SecondFactor,
    RateLimited {
        retry_after_s: Option<u32>,
    },
    Unreachable,
    /// Anything else it said, in its own words.
    Said {
        message: String,
    },
}
