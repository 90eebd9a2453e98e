//! Connected accounts and connecting them.

use crate::ids::{AccountId, ConnectionId};
use crate::local_time::LocalTime;
use crate::platform::Platform;
use serde::{Deserialize, Serialize};

/// How an account's connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    Active,
    /// Ends soon and can't be renewed without the person.
    Expiring,
    NeedsReconnect,
    Paused,
    /// The last call failed; may pass.
    Error,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    pub id: AccountId,
    pub platform: Platform,
    /// Without `@`; empty where the platform gives none.
    pub handle: String,
    pub name: String,
    /// A label given by the team; empty: none.
    pub label: String,
    /// A path of ours, or `None`.
    pub avatar: Option<String>,
    /// Public page of the profile at the platform.
    pub url: Option<String>,
    pub health: Health,
    /// The last fault in the platform's words.
    pub last_error: Option<String>,
    /// When the consent ends, where it does.
    pub expires_at: Option<LocalTime>,
    /// Permissions that were asked for and not granted.
    pub missing_scopes: Vec<String>,
    /// Posts that are scheduled or waiting on this account.
    pub waiting_posts: i64,
    /// Connected to the simulated platforms.
    pub sandbox: bool,
    /// The server the account lives on, where there is more than one (Bluesky); else empty.
    pub host: String,
}

/// What an account is called in a line of text: `@handle`, or its name where the platform gives no handle (LinkedIn, and
/// Facebook Pages without a user name).
pub fn called(handle: &str, name: &str) -> String {
    if handle.is_empty() { name.to_owned() } else { format!("@{handle}") }
}

impl AccountView {
    /// See [`called`].
    pub fn called(&self) -> String {
        called(&self.handle, &self.name)
    }

    /// The same after its platform's name.
    pub fn called_in_full(&self) -> String {
        format!("{} {}", self.platform.name(), self.called())
    }

    /// Whether a post may be scheduled to it.
    pub fn can_publish(&self) -> bool {
        !matches!(self.health, Health::Paused)
    }
}

/// A row of the page "Connect an account".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformOffer {
    pub platform: Platform,
    pub how: ConnectHow,
    /// Goes to the simulated platforms.
    pub sandbox: bool,
    /// Scopes that will be asked for.
    pub scopes: Vec<String>,
    /// The keys of the configuration that are missing, when not configured.
    pub missing_config: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectHow {
    /// By the platform's consent page.
    OAuth,
    /// By host, handle and app password.
    AppPassword,
}

/// After a consent: accounts to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionChoices {
    pub id: ConnectionId,
    pub platform: Platform,
    pub choices: Vec<AccountChoice>,
    /// Permissions that were not granted.
    pub missing_scopes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountChoice {
    /// The platform's id.
    pub remote_id: String,
    pub handle: String,
    pub name: String,
    /// Already in this workspace: choosing it renews the connection.
    pub connected: bool,
}

/// What a consent led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Connected {
    /// The accounts are there.
    Added { accounts: Vec<AccountId> },
    /// The person has to choose.
    Choose { connection: ConnectionId },
}

#[derive(Clone, Serialize, Deserialize)]
pub struct BlueskyInput {
    /// Address of the server; empty: the usual one.
    pub host: String,
    pub handle: String,
    pub app_password: String,
}

/// What disconnecting led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disconnected {
    pub platform: Platform,
    pub revoked: Revocation,
}

/// What became of the consent at the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Revocation {
    Ended,
    /// Another account, or something that is going out, needs it: it is ended after the last of them.
    Kept,
    /// The platform couldn't be told, or offers no way to: the person takes it back in the platform's settings.
    ByHand,
}

/// What may be changed of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountEdit {
    pub label: String,
    pub paused: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_without_a_handle_goes_by_its_name() {
        assert_eq!(called("ana", "Ana Lund"), "@ana");
        assert_eq!(called("", "Ana Lund"), "Ana Lund");
    }
}
