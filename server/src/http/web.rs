//! What handlers share.

use super::origins::Origins;
use super::static_files::Site;
use super::streams::Streams;
use crate::startup::{App, StartError};
use app::SiteFiles;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use model::Platform;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// State of the router; cheap to clone.
#[derive(Clone)]
pub struct Web(Arc<WebParts>);

pub struct WebParts {
    pub(super) app: App,
    pub(super) leptos: LeptosOptions,
    pub(super) site: Site,
    /// Names of the site's files, for the pages.
    pub(super) site_files: Arc<SiteFiles>,
    pub(super) origins: Origins,
    /// Some platform is a sandbox.
    pub(super) sandbox: bool,
    /// The security policy's part about forms: ourselves and the platforms' consent pages, which a form without wasm is redirected to.
    pub(super) form_action: String,
    /// Uploads under way.
    pub(super) upload_dir: PathBuf,
    pub(super) streams: Streams,
    /// The process is to stop: streams end, which would go on for ever.
    pub(super) stopping: CancellationToken,
}

impl Web {
    pub(super) fn new(app: &App, stopping: CancellationToken) -> Result<Self, StartError> {
        let config = &app.config;
        let site = Site::new();
        let settings = app.context.registry.settings();
        let consent = [
            settings.x.authorize_base.url(),
            settings.facebook.dialog_base.url(),
            settings.instagram.authorize_base.url(),
            settings.linkedin.www_base.url(),
            settings.tiktok.authorize_base.url(),
            settings.youtube.accounts_base.url(),
        ];
        let mut hosts: Vec<String> = consent.iter().map(|url| url.origin().ascii_serialization()).collect();
        hosts.sort();
        hosts.dedup();
        let upload_dir = config.data.dir.join("uploads");
        std::fs::create_dir_all(&upload_dir)
            .map_err(|source| StartError::DataDir { path: upload_dir.clone(), source })?;
        Ok(Self(Arc::new(WebParts {
            app: app.clone(),
            leptos: site.leptos_options(),
            site_files: Arc::new(site.files()),
            site,
            origins: Origins::new(config.base_urls()?, config.server.trust_forwarded),
            sandbox: Platform::ALL.into_iter().any(|platform| app.context.registry.is_sandbox(platform)),
            form_action: format!("'self' {}", hosts.join(" ")),
            upload_dir,
            streams: Streams::default(),
            stopping,
        })))
    }
}

impl Deref for Web {
    type Target = WebParts;

    fn deref(&self) -> &WebParts {
        &self.0
    }
}

impl FromRef<Web> for LeptosOptions {
    fn from_ref(web: &Web) -> Self {
        web.leptos.clone()
    }
}
