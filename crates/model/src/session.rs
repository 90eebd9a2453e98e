//! Signing in, and who is signed in.

use crate::actor::{Actor, Role};
use crate::error::{ApiError, ApiResult};
use crate::ids::{SessionId, UserId, WorkspaceId};
use crate::local_time::LocalTime;
use serde::{Deserialize, Serialize};

/// Fewest and most characters of a password.
pub const PASSWORD_MIN: u32 = 12;
pub const PASSWORD_MAX: u32 = 200;

/// A verified session, as the browser may know it too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub id: SessionId,
    pub user: UserId,
    pub name: String,
    pub email: String,
    /// Every workspace of the person, by name.
    pub workspaces: Vec<Membership>,
    /// The one the session is in; `None` when the person is a member of none.
    pub current: Option<WorkspaceId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    pub workspace: WorkspaceId,
    pub name: String,
    pub role: Role,
    /// IANA zone of the workspace.
    pub zone: String,
}

impl Session {
    /// The membership in the current workspace.
    pub fn membership(&self) -> Option<&Membership> {
        self.workspaces.iter().find(|m| Some(m.workspace) == self.current)
    }

    pub fn actor(&self) -> ApiResult<Actor> {
        let membership = self.membership().ok_or(ApiError::NotFound)?;
        Ok(Actor { user: self.user, workspace: membership.workspace, role: membership.role })
    }
}

/// A new session's secret, for the cookie; it is never shown again.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSession {
    pub token: String,
    /// Seconds until it ends if unused.
    pub max_age_s: i64,
}

impl std::fmt::Debug for NewSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewSession")
            .field("token", &"<redacted>")
            .field("max_age_s", &self.max_age_s)
            .finish()
    }
}

/// Where a request came from, for the list of sessions and the limits of sign-in.
#[derive(Clone, Debug, Default)]
pub struct ClientInfo {
    pub address: String,
    pub user_agent: String,
}

/// First run: the owner and the first workspace.
#[derive(Clone, Serialize, Deserialize)]
pub struct SetupInput {
    pub name: String,
    pub email: String,
    pub password: String,
    pub workspace: String,
    /// IANA zone; empty means UTC.
    pub zone: String,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct SignInInput {
    pub email: String,
    pub password: String,
}

/// Accepting an invitation without an account yet.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignUpInput {
    pub name: String,
    pub email: String,
    pub password: String,
}

/// A line of "where you are signed in".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    pub id: SessionId,
    pub current: bool,
    pub address: String,
    pub user_agent: String,
    pub created_at: LocalTime,
    pub last_seen_at: LocalTime,
}
