//! Where the platforms are, and who we are to them. The defaults are the real hosts.

mod hosts;

use crate::secret::Secret;
use model::Platform;
use serde::{Deserialize, Serialize};
use std::fmt;
use url::Url;

/// A base address; it may have a path, which calls are appended to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Base(Url);

impl Base {
    pub fn new(url: Url) -> Self {
        Self(url)
    }

    pub fn url(&self) -> &Url {
        &self.0
    }

    /// The address without a slash at the end; what grants remember as their host.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// An address below this one; `path` begins with `/`.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.as_str())
    }
}

impl fmt::Debug for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Settings of all platforms; one table each in the configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlatformSettings {
    pub x: XSettings,
    pub facebook: FacebookSettings,
    pub instagram: InstagramSettings,
    pub linkedin: LinkedInSettings,
    pub bluesky: BlueskySettings,
    pub tiktok: TikTokSettings,
    pub youtube: YouTubeSettings,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct XSettings {
    /// From the developer portal, "OAuth 2.0 Client ID".
    pub client_id: String,
    pub client_secret: Secret,
    /// Consent page and public links.
    pub authorize_base: Base,
    pub api_base: Base,
    /// These are addresses of a sandbox; screens say so.
    pub sandbox: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FacebookSettings {
    /// "App ID".
    pub client_id: String,
    /// "App secret".
    pub client_secret: Secret,
    /// Consent page and public links.
    pub dialog_base: Base,
    pub graph_base: Base,
    /// Of the Graph API, such as `v26.0`; each lives about two years.
    pub version: String,
    pub sandbox: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InstagramSettings {
    /// "Instagram app ID" of the Instagram API with Instagram Login, which differs from the Facebook app's.
    pub client_id: String,
    pub client_secret: Secret,
    /// Consent page and public links.
    pub authorize_base: Base,
    /// Trades the code for a token, nothing else.
    pub api_base: Base,
    pub graph_base: Base,
    pub version: String,
    pub sandbox: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LinkedInSettings {
    pub client_id: String,
    pub client_secret: Secret,
    /// Consent page, tokens and public links.
    pub www_base: Base,
    pub api_base: Base,
    /// Of the versioned APIs, `YYYYMM`; each lives at least a year.
    pub version: String,
    /// LinkedIn lets the app have members' numbers (`r_member_postAnalytics`, `r_member_profileAnalytics`): ask for them.
    pub analytics: bool,
    pub sandbox: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BlueskySettings {
    /// The server offered when an account is connected; a person may name another.
    pub default_host: Base,
    /// Directory of `did:plc` identities, which tells where an account's server is.
    pub plc_base: Base,
    /// Where posts can be read by everyone.
    pub web_base: Base,
    pub sandbox: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TikTokSettings {
    /// "Client key" of the app.
    pub client_key: String,
    pub client_secret: Secret,
    /// Consent page and public links.
    pub authorize_base: Base,
    pub api_base: Base,
    pub sandbox: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct YouTubeSettings {
    /// Of an OAuth client of the type "Web application".
    pub client_id: String,
    pub client_secret: Secret,
    /// Consent page.
    pub accounts_base: Base,
    /// Trades codes and refresh tokens, and revokes.
    pub token_base: Base,
    /// The Data API.
    pub api_base: Base,
    pub analytics_base: Base,
    /// Where videos can be seen by everyone.
    pub web_base: Base,
    pub sandbox: bool,
}

impl PlatformSettings {
    /// Whether the platform's addresses are a sandbox's.
    pub fn is_sandbox(&self, platform: Platform) -> bool {
        match platform {
            Platform::X => self.x.sandbox,
            Platform::Facebook => self.facebook.sandbox,
            Platform::Instagram => self.instagram.sandbox,
            Platform::LinkedIn => self.linkedin.sandbox,
            Platform::Bluesky => self.bluesky.sandbox,
            Platform::TikTok => self.tiktok.sandbox,
            Platform::YouTube => self.youtube.sandbox,
        }
    }

    /// Keys of settings without which accounts of the platform can't be connected, such as `x.client_id`.
    pub fn missing(&self, platform: Platform) -> Vec<String> {
        let (id, secret) = match platform {
            Platform::X => (&self.x.client_id, &self.x.client_secret),
            Platform::Facebook => (&self.facebook.client_id, &self.facebook.client_secret),
            Platform::Instagram => (&self.instagram.client_id, &self.instagram.client_secret),
            Platform::LinkedIn => (&self.linkedin.client_id, &self.linkedin.client_secret),
            Platform::TikTok => (&self.tiktok.client_key, &self.tiktok.client_secret),
            Platform::YouTube => (&self.youtube.client_id, &self.youtube.client_secret),
            // App passwords need no registered app.
            Platform::Bluesky => return Vec::new(),
        };
        let mut missing = Vec::new();
        if id.is_empty() {
            // TikTok has a name of its own for it.
            let name = if platform == Platform::TikTok { "client_key" } else { "client_id" };
            missing.push(format!("{platform}.{name}"));
        }
        if secret.is_empty() {
            missing.push(format!("{platform}.client_secret"));
        }
        missing
    }

    /// Every configured address, for [`crate::http::OutboundPolicy::trust`].
    pub fn bases(&self) -> [&Url; 19] {
        [
            self.x.authorize_base.url(),
            self.x.api_base.url(),
            self.facebook.dialog_base.url(),
            self.facebook.graph_base.url(),
            self.instagram.authorize_base.url(),
            self.instagram.api_base.url(),
            self.instagram.graph_base.url(),
            self.linkedin.www_base.url(),
            self.linkedin.api_base.url(),
            self.bluesky.default_host.url(),
            self.bluesky.plc_base.url(),
            self.bluesky.web_base.url(),
            self.tiktok.authorize_base.url(),
            self.tiktok.api_base.url(),
            self.youtube.accounts_base.url(),
            self.youtube.token_base.url(),
            self.youtube.api_base.url(),
            self.youtube.analytics_base.url(),
            self.youtube.web_base.url(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_the_real_hosts_and_lack_only_the_app() {
        let settings: PlatformSettings = serde_json::from_str("{}").unwrap();
        assert_eq!(settings, PlatformSettings::default());
        assert_eq!(settings.x.api_base.at("/2/tweets"), "https://api.x.com/2/tweets");
        assert_eq!(settings.missing(Platform::X), ["x.client_id", "x.client_secret"]);
        assert_eq!(settings.missing(Platform::TikTok), ["tiktok.client_key", "tiktok.client_secret"]);
        assert!(settings.missing(Platform::Bluesky).is_empty());
        assert!(settings.bases().iter().all(|base| base.scheme() == "https"));
        assert!(Platform::ALL.iter().all(|platform| !settings.is_sandbox(*platform)));
    }

    #[test]
    fn one_key_may_be_set_alone() {
        let settings: PlatformSettings =
            serde_json::from_str(r#"{"linkedin":{"client_id":"a","client_secret":"hush"}}"#).unwrap();
        assert!(settings.missing(Platform::LinkedIn).is_empty());
        assert_eq!(settings.linkedin.version, "202610");
        assert!(!format!("{settings:?}").contains("hush"));
        assert!(serde_json::from_str::<PlatformSettings>(r#"{"x":{"client_idd":"a"}}"#).is_err());
    }

    #[test]
    fn a_sandbox_serves_all_platforms_below_one_address() {
        let settings = PlatformSettings::sandbox(&Url::parse("http://127.0.0.1:4100/").unwrap());
        assert_eq!(
            settings.facebook.graph_base.at("/v26.0/me"),
            "http://127.0.0.1:4100/facebook/graph/v26.0/me"
        );
        assert_eq!(settings.instagram.client_id, "sandbox-instagram");
        assert!(Platform::ALL.iter().all(|p| settings.is_sandbox(*p) && settings.missing(*p).is_empty()));
        let below = PlatformSettings::sandbox(&Url::parse("http://host/demo/sandbox").unwrap());
        assert_eq!(below.x.api_base.as_str(), "http://host/demo/sandbox/x/api");
    }
}
