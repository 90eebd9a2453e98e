//! All networks, set up from the configuration.

use crate::bluesky::Bluesky;
use crate::contract::Network;
use crate::facebook::Facebook;
use crate::http::{BadAllowEntry, Http, OutboundPolicy};
use crate::instagram::Instagram;
use crate::linkedin::LinkedIn;
use crate::settings::PlatformSettings;
use crate::tiktok::TikTok;
use crate::x::X;
use crate::youtube::YouTube;
use model::Platform;
use model::clock::SharedClock;
use model::error::HostProblem;
use std::sync::Arc;

/// Hands out the adapter of each platform. Cloning is cheap.
#[derive(Clone)]
pub struct Registry {
    settings: Arc<PlatformSettings>,
    x: Arc<X>,
    facebook: Arc<Facebook>,
    instagram: Arc<Instagram>,
    linkedin: Arc<LinkedIn>,
    bluesky: Arc<Bluesky>,
    tiktok: Arc<TikTok>,
    youtube: Arc<YouTube>,
}

impl Registry {
    /// The policy for these settings: the operator's exceptions (`outbound.allow`) and the configured addresses.
    ///
    /// # Errors
    /// The first exception that can't be read.
    pub fn policy<S: AsRef<str>>(
        settings: &PlatformSettings,
        allow: impl IntoIterator<Item = S>,
    ) -> Result<OutboundPolicy, BadAllowEntry> {
        let mut policy = OutboundPolicy::new(allow)?;
        settings.bases().into_iter().for_each(|base| policy.trust(base));
        Ok(policy)
    }

    /// `http`'s policy must let the configured addresses through: [`Registry::policy`] makes one that does.
    pub fn new(settings: PlatformSettings, http: Http, clock: SharedClock) -> Self {
        let (h, c) = (|| http.clone(), || Arc::clone(&clock));
        Self {
            x: Arc::new(X::new(settings.x.clone(), h(), c())),
            facebook: Arc::new(Facebook::new(settings.facebook.clone(), h(), c())),
            instagram: Arc::new(Instagram::new(settings.instagram.clone(), h(), c())),
            linkedin: Arc::new(LinkedIn::new(settings.linkedin.clone(), h(), c())),
            bluesky: Arc::new(Bluesky::new(settings.bluesky.clone(), h(), c())),
            tiktok: Arc::new(TikTok::new(settings.tiktok.clone(), h(), c())),
            youtube: Arc::new(YouTube::new(settings.youtube.clone(), http, clock)),
            settings: Arc::new(settings),
        }
    }

    pub fn get(&self, platform: Platform) -> Arc<dyn Network> {
        match platform {
            Platform::X => Arc::<X>::clone(&self.x),
            Platform::Facebook => Arc::<Facebook>::clone(&self.facebook),
            Platform::Instagram => Arc::<Instagram>::clone(&self.instagram),
            Platform::LinkedIn => Arc::<LinkedIn>::clone(&self.linkedin),
            Platform::Bluesky => Arc::<Bluesky>::clone(&self.bluesky),
            Platform::TikTok => Arc::<TikTok>::clone(&self.tiktok),
            Platform::YouTube => Arc::<YouTube>::clone(&self.youtube),
        }
    }

    /// Checks that a Bluesky server answers at the address that a person typed; gives the address to sign in at.
    ///
    /// # Errors
    /// What is wrong with it.
    pub async fn check_bluesky_server(&self, typed: &str) -> Result<String, HostProblem> {
        self.bluesky.check_server(typed).await
    }

    /// Whether accounts of the platform can be connected.
    pub fn is_configured(&self, platform: Platform) -> bool {
        self.settings.missing(platform).is_empty()
    }

    /// Keys of the settings that are missing, such as `x.client_id`.
    pub fn missing_config(&self, platform: Platform) -> Vec<String> {
        self.settings.missing(platform)
    }

    /// Whether the platform's addresses are a sandbox's.
    pub fn is_sandbox(&self, platform: Platform) -> bool {
        self.settings.is_sandbox(platform)
    }

    pub fn settings(&self) -> &PlatformSettings {
        &self.settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Access;
    use crate::secret::Secret;
    use model::clock::SystemClock;
    use model::timing::Timing;
    use url::Url;

    /// Public addresses of the posts of X, LinkedIn and Bluesky, which their APIs don't tell.
    async fn links(settings: PlatformSettings) -> Vec<String> {
        let http = Http::new(Registry::policy(&settings, [""; 0]).unwrap(), &Timing::default()).unwrap();
        let registry = Registry::new(settings, http, Arc::new(SystemClock::default()));
        let mut links = Vec::new();
        for (platform, handle, id) in [
            (Platform::X, "maya", "1999"),
            (Platform::LinkedIn, "", "urn:li:share:7"),
            (Platform::Bluesky, "maya.bsky.social", "at://did:plc:abc/app.bsky.feed.post/3jzfcijpj2z2a"),
        ] {
            let network = registry.get(platform);
            let access = Access {
                host: network.host(),
                token: Secret::new("t"),
                version: 1,
                remote_id: "1".to_owned(),
                handle: handle.to_owned(),
            };
            links.extend(network.permalink(&access, id).await.unwrap());
        }
        links
    }

    #[tokio::test]
    async fn posts_are_linked_at_the_real_sites_or_at_the_sandbox() {
        assert_eq!(
            links(PlatformSettings::default()).await,
            [
                "https://x.com/maya/status/1999",
                "https://www.linkedin.com/feed/update/urn:li:share:7",
                "https://bsky.app/profile/maya.bsky.social/post/3jzfcijpj2z2a",
            ]
        );
        let sandbox = Url::parse("http://127.0.0.1:4100/").unwrap();
        assert_eq!(
            links(PlatformSettings::sandbox(&sandbox)).await,
            [
                "http://127.0.0.1:4100/x/maya/status/1999",
                "http://127.0.0.1:4100/linkedin/feed/update/urn:li:share:7",
                "http://127.0.0.1:4100/bluesky/profile/maya.bsky.social/post/3jzfcijpj2z2a",
            ]
        );
    }
}
