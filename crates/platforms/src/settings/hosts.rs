//! The real hosts, and a sandbox in the place of all of them.

use super::*;

/// Base addresses known when this is compiled; the tests below parse all of them.
fn known(url: &'static str) -> Base {
    match Url::parse(url) {
        Ok(url) => Base(url),
        Err(error) => unreachable!("{url}: {error}"),
    }
}

impl Default for XSettings {
    fn default() -> Self {
        Self {
            client_id: String::new(),
            client_secret: Secret::default(),
            authorize_base: known("https://x.com"),
            api_base: known("https://api.x.com"),
            sandbox: false,
        }
    }
}

impl Default for FacebookSettings {
    fn default() -> Self {
        Self {
            client_id: String::new(),
            client_secret: Secret::default(),
            dialog_base: known("https://www.facebook.com"),
            graph_base: known("https://graph.facebook.com"),
            version: "v26.0".to_owned(),
            sandbox: false,
        }
    }
}

impl Default for InstagramSettings {
    fn default() -> Self {
        Self {
            client_id: String::new(),
            client_secret: Secret::default(),
            authorize_base: known("https://www.instagram.com"),
            api_base: known("https://api.instagram.com"),
            graph_base: known("https://graph.instagram.com"),
            version: "v26.0".to_owned(),
            sandbox: false,
        }
    }
}

impl Default for LinkedInSettings {
    fn default() -> Self {
        Self {
            client_id: String::new(),
            client_secret: Secret::default(),
            www_base: known("https://www.linkedin.com"),
            api_base: known("https://api.linkedin.com"),
            version: "202610".to_owned(),
            analytics: false,
            sandbox: false,
        }
    }
}

impl Default for BlueskySettings {
    fn default() -> Self {
        Self {
            default_host: known("https://bsky.social"),
            plc_base: known("https://plc.directory"),
            web_base: known("https://bsky.app"),
            sandbox: false,
        }
    }
}

impl Default for TikTokSettings {
    fn default() -> Self {
        Self {
            client_key: String::new(),
            client_secret: Secret::default(),
            authorize_base: known("https://www.tiktok.com"),
            api_base: known("https://open.tiktokapis.com"),
            sandbox: false,
        }
    }
}

impl Default for YouTubeSettings {
    fn default() -> Self {
        Self {
            client_id: String::new(),
            client_secret: Secret::default(),
            accounts_base: known("https://accounts.google.com"),
            token_base: known("https://oauth2.googleapis.com"),
            api_base: known("https://www.googleapis.com"),
            analytics_base: known("https://youtubeanalytics.googleapis.com"),
            web_base: known("https://www.youtube.com"),
            sandbox: false,
        }
    }
}

impl PlatformSettings {
    /// Everything at a sandbox that listens at `base`.
    pub fn sandbox(base: &Url) -> Self {
        let at = |path: &str| {
            let mut url = base.clone();
            url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
            Base(url)
        };
        let id = |platform: Platform| format!("sandbox-{platform}");
        let secret = |platform: Platform| Secret::new(format!("sandbox-{platform}-secret"));
        Self {
            x: XSettings {
                client_id: id(Platform::X),
                client_secret: secret(Platform::X),
                authorize_base: at("/x"),
                api_base: at("/x/api"),
                sandbox: true,
            },
            facebook: FacebookSettings {
                client_id: id(Platform::Facebook),
                client_secret: secret(Platform::Facebook),
                dialog_base: at("/facebook"),
                graph_base: at("/facebook/graph"),
                sandbox: true,
                ..FacebookSettings::default()
            },
            instagram: InstagramSettings {
                client_id: id(Platform::Instagram),
                client_secret: secret(Platform::Instagram),
                authorize_base: at("/instagram"),
                api_base: at("/instagram/api"),
                graph_base: at("/instagram/graph"),
                sandbox: true,
                ..InstagramSettings::default()
            },
            linkedin: LinkedInSettings {
                client_id: id(Platform::LinkedIn),
                client_secret: secret(Platform::LinkedIn),
                www_base: at("/linkedin"),
                api_base: at("/linkedin/api"),
                analytics: true,
                sandbox: true,
                ..LinkedInSettings::default()
            },
            bluesky: BlueskySettings {
                default_host: at("/bluesky"),
                plc_base: at("/bluesky/plc"),
                web_base: at("/bluesky"),
                sandbox: true,
            },
            tiktok: TikTokSettings {
                client_key: id(Platform::TikTok),
                client_secret: secret(Platform::TikTok),
                authorize_base: at("/tiktok"),
                api_base: at("/tiktok/api"),
                sandbox: true,
            },
            youtube: YouTubeSettings {
                client_id: id(Platform::YouTube),
                client_secret: secret(Platform::YouTube),
                accounts_base: at("/youtube/accounts"),
                token_base: at("/youtube/oauth2"),
                api_base: at("/youtube/api"),
                analytics_base: at("/youtube/analytics"),
                web_base: at("/youtube"),
                sandbox: true,
            },
        }
    }
}
