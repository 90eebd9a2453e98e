//! Registered apps and the simulated people.

use super::Platform;
use super::personas::JOINED;
use serde::{Deserialize, Serialize};
use url::Url;

/// An app registered in a platform's developer portal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct App {
    pub(crate) platform: Platform,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    /// Exact redirect addresses; empty means any address on loopback.
    #[serde(default)]
    pub(crate) redirect_uris: Vec<String>,
    /// Gets refresh tokens where they are a privilege (LinkedIn's approved partners).
    #[serde(default)]
    pub(crate) refresh_tokens: bool,
    /// A public client has no secret to send (X).
    #[serde(default)]
    pub(crate) public: bool,
}

impl App {
    pub(crate) fn default_of(platform: Platform) -> Self {
        let id = format!("sandbox-{}", platform.key());
        Self {
            platform,
            client_secret: format!("{id}-secret"),
            client_id: id,
            redirect_uris: Vec::new(),
            refresh_tokens: false,
            public: false,
        }
    }

    /// Whether `uri` may receive codes. Registered addresses match to the letter, as on every platform here.
    pub(crate) fn allows_redirect(&self, uri: &str) -> bool {
        if !self.redirect_uris.is_empty() {
            return self.redirect_uris.iter().any(|known| known == uri);
        }
        Url::parse(uri).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.fragment().is_none()
                && match url.host() {
                    Some(url::Host::Domain(name)) => {
                        name == "localhost" || name.ends_with(".localhost") || name.ends_with(".test")
                    }
                    Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
                    Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
                    None => false,
                }
        })
    }
}

/// What an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// A member who signs in.
    Person,
    /// A Facebook Page, held by a person.
    Page,
    /// An Instagram professional account.
    Business,
}

/// A simulated person, Page or business.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) platform: Platform,
    pub(crate) id: String,
    pub(crate) handle: String,
    pub(crate) name: String,
    pub(crate) bio: String,
    pub(crate) kind: Kind,
    /// The person who holds a Page.
    #[serde(default)]
    pub(crate) owner: Option<String>,
    /// Bluesky's app password.
    #[serde(default)]
    pub(crate) password: Option<String>,
    pub(crate) followers: u32,
    /// When it had that many; the number grows from there.
    #[serde(default = "joined")]
    pub(crate) followers_since: i64,
    pub(crate) following: u32,
    pub(crate) created_at: i64,
}

fn joined() -> i64 {
    JOINED
}
