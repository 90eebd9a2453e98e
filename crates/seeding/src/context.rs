//! A service context against the sandbox.

use crate::Error;
use model::timing::Timing;
use platforms::http::Http;
use platforms::registry::Registry;
use platforms::settings::PlatformSettings;
use service::keys::{Keys, MasterKey};
use service::live::Live;
use service::media::MediaStore;
use service::{Context, Wake};
use std::path::Path;
use std::sync::Arc;
use storage::Db;
use url::Url;

/// Every process of a test makes the same one: the key is fixed.
pub fn context(db: Db, sandbox: &Url, media: &Path, base_url: Url, timing: Timing) -> Result<Context, Error> {
    let settings = PlatformSettings::sandbox(sandbox);
    let policy = Registry::policy(&settings, [sandbox.authority()])?;
    let http = Http::new(policy, &timing)?;
    let registry = Registry::new(settings, http, Arc::clone(db.clock()));
    Ok(Context {
        db,
        keys: Arc::new(Keys::new(&MasterKey::from_bytes([7; 32]))?),
        registry,
        media: MediaStore::local(media)?,
        timing: Arc::new(timing),
        base_url,
        wake: Wake::default(),
        live: Live::default(),
    })
}
