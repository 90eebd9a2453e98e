//! Authorization codes and tokens.

use super::Platform;
use crate::clock::Millis;
use serde::{Deserialize, Serialize};

/// An authorization code, good once and for a short while.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Code {
    pub(crate) value: String,
    pub(crate) platform: Platform,
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) account: String,
    pub(crate) scopes: Vec<String>,
    /// S256 or plain challenge of PKCE.
    pub(crate) challenge: Option<Challenge>,
    #[serde(default)]
    pub(crate) refreshing: Refreshing,
    pub(crate) expires_at: Millis,
    pub(crate) used: bool,
    /// The grant that its tokens belong to.
    pub(crate) family: String,
}

/// Whether a code gives a refresh token, where the request decides it (Google).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Refreshing {
    #[default]
    Never,
    /// `access_type=offline`
    AtFirstConsent,
    /// With `prompt=consent` too.
    Always,
}

/// A PKCE challenge, RFC 7636.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Challenge {
    pub(crate) value: String,
    pub(crate) s256: bool,
}

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenKind {
    /// All but Meta's.
    Access,
    Refresh,
    /// Meta's first user token, an hour or two.
    ShortLived,
    /// Meta's user token of 60 days.
    LongLived,
    /// A Facebook Page's own token.
    Page,
}

/// A token and what it stands for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) value: String,
    pub(crate) platform: Platform,
    pub(crate) kind: TokenKind,
    pub(crate) client_id: String,
    pub(crate) account: String,
    pub(crate) scopes: Vec<String>,
    /// Tokens of one grant; revoked together.
    pub(crate) family: String,
    pub(crate) issued_at: Millis,
    /// `None` never expires (a Page token made from a long-lived user token).
    pub(crate) expires_at: Option<Millis>,
    pub(crate) revoked: bool,
    /// When a single-use refresh token was spent.
    pub(crate) used_at: Option<Millis>,
}

impl Token {
    pub(crate) fn expired(&self, now: Millis) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }

    pub(crate) fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|s| s == scope)
    }
}
