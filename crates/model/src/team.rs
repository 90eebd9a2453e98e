//! Workspaces, members and invitations.

use crate::actor::Role;
use crate::ids::{InvitationId, UserId};
use crate::local_time::LocalTime;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub joined_at: LocalTime,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub id: InvitationId,
    /// Empty: whoever has the link.
    pub email: String,
    pub role: Role,
    pub invited_by: String,
    pub expires_at: LocalTime,
}

/// A fresh invitation with the link to hand over; the link is shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewInvitation {
    pub invitation: Invitation,
    pub link: String,
}

/// What the holder of an invitation link sees before accepting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    pub workspace: String,
    pub invited_by: String,
    pub email: String,
    pub role: Role,
    /// Somebody with this address has an account already: sign in to accept.
    pub has_account: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteInput {
    /// May be empty.
    pub email: String,
    pub role: Role,
}

/// A workspace's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceSettings {
    pub name: String,
    /// IANA zone.
    pub zone: String,
    /// A post later than this is `missed` instead of sent, in minutes.
    pub lateness_window_min: i64,
}
