//! Who acts, where, and what the role allows.

use crate::ids::{UserId, WorkspaceId};
use serde::{Deserialize, Serialize};

/// A member's role in a workspace, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Viewer,
    Editor,
    Admin,
    Owner,
}

impl Role {
    /// Strongest first, as lists show them.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Admin, Self::Editor, Self::Viewer];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }

    /// Whether this role may do what `permission` names.
    pub fn allows(self, permission: Permission) -> bool {
        self >= permission.least_role()
    }
}

impl std::str::FromStr for Role {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|r| r.key() == s).ok_or_else(|| format!("unknown role {s:?}"))
    }
}

/// What a use case asks of the actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See the workspace.
    View,
    /// Write, schedule and publish posts; upload media.
    Publish,
    /// Connect, reconnect and disconnect accounts.
    ManageAccounts,
    /// See what publishing and syncing do.
    SeeOperations,
    /// Invite, change roles, remove members; change the workspace's settings.
    ManageTeam,
    /// Make and unmake owners.
    OwnWorkspace,
}

impl Permission {
    pub const fn least_role(self) -> Role {
        match self {
            Self::View => Role::Viewer,
            Self::Publish => Role::Editor,
            Self::ManageAccounts | Self::SeeOperations | Self::ManageTeam => Role::Admin,
            Self::OwnWorkspace => Role::Owner,
        }
    }
}

/// The person behind a request, in the workspace the session is in. Made from a verified session only
/// ([`crate::session::Session::actor`]); every service call of a workspace takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    pub user: UserId,
    pub workspace: WorkspaceId,
    pub role: Role,
}

impl Actor {
    /// Refuses with [`crate::ApiError::Forbidden`] unless the role allows it.
    pub fn require(&self, permission: Permission) -> Result<(), crate::ApiError> {
        if self.role.allows(permission) {
            Ok(())
        } else {
            Err(crate::ApiError::Forbidden { needs: permission.least_role() })
        }
    }
}
