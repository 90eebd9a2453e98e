//! Ids: UUIDv7 newtypes, so that one kind can't be passed for another and rows sort by creation.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(s).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// A person.
    UserId,
    /// A team's space.
    WorkspaceId,
    /// One signed-in browser.
    SessionId,
    /// An invitation to a workspace.
    InvitationId,
    /// One consent at a platform, with its tokens.
    GrantId,
    /// One connected profile on one platform.
    AccountId,
    /// A started connection that waits for the person to choose accounts.
    ConnectionId,
    /// What was composed.
    PostId,
    /// What a post held at a time.
    RevisionId,
    /// One post on one account.
    TargetId,
    /// One try at publishing a target.
    AttemptId,
    /// An uploaded file.
    MediaId,
    /// A post as it exists at the platform, whoever published it.
    RemotePostId,
    /// One sync of one account.
    SyncRunId,
}
