//! The configuration: one file, then the environment over it. `docs/CONFIGURATION.md` tells every key; a test compares it with
//! these types.
//!
//! Every key has a default, so the serialised default is the list of all keys; an empty text means "not set".

mod load;
mod sections;

pub use load::{ConfigError, known_keys};
pub use sections::{
    DataConfig, DatabaseConfig, LogConfig, LogFormat, MediaConfig, OutboundConfig, ProcessRole,
    PublishingConfig, S3Config, SecretsConfig, ServerConfig,
};

use platforms::PlatformSettings;
use serde::{Deserialize, Serialize};
use service::media::S3Settings;
use std::path::PathBuf;
use url::Url;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub server: ServerConfig,
    pub database: DatabaseConfig,
    pub data: DataConfig,
    pub secrets: SecretsConfig,
    pub media: MediaConfig,
    pub outbound: OutboundConfig,
    pub log: LogConfig,
    pub publishing: PublishingConfig,
    pub platforms: PlatformSettings,
}

impl Config {
    /// `sqlite:` or `postgres:` address of the database.
    pub fn database_url(&self) -> String {
        if self.database.url.is_empty() {
            format!("sqlite:{}", self.data.dir.join("fanfare.db").display())
        } else {
            self.database.url.clone()
        }
    }

    pub fn uses_sqlite(&self) -> bool {
        self.database_url().starts_with("sqlite:")
    }

    /// Where uploads and the images made of them are kept.
    pub fn media_dir(&self) -> PathBuf {
        if self.media.dir.as_os_str().is_empty() {
            self.data.dir.join("media")
        } else {
            self.media.dir.clone()
        }
    }

    /// The bucket for them, instead of a folder; none unless configured.
    ///
    /// # Errors
    /// When its address is none, or its key is missing.
    pub fn media_bucket(&self) -> Result<Option<S3Settings>, ConfigError> {
        let S3Config { bucket, endpoint, region, key_id, secret, path_style } = &self.media.s3;
        if bucket.is_empty() {
            return Ok(None);
        }
        let bad = |key: &str, why: String| ConfigError::Value { key: format!("media.s3.{key}"), why };
        if key_id.is_empty() || secret.is_empty() {
            let key = if key_id.is_empty() { "key_id" } else { "secret" };
            return Err(bad(key, "it is needed with `media.s3.bucket`".to_owned()));
        }
        let endpoint = match endpoint.as_str() {
            "" => None,
            text => match Url::parse(text) {
                Ok(url) if matches!(url.scheme(), "http" | "https") && url.host_str().is_some() => Some(url),
                _ => return Err(bad("endpoint", format!("{text:?} must begin with http:// or https://"))),
            },
        };
        Ok(Some(S3Settings {
            endpoint,
            region: region.clone(),
            bucket: bucket.clone(),
            key_id: key_id.clone(),
            secret: secret.clone(),
            path_style: *path_style,
        }))
    }

    /// Where people reach this server. Without one it is the address listened on.
    ///
    /// # Errors
    /// When it is no http address.
    pub fn base_url(&self) -> Result<Url, ConfigError> {
        if !self.server.base_url.is_empty() {
            return web_address("server.base_url", &self.server.base_url);
        }
        let listen = self.server.listen;
        let host = if listen.ip().is_unspecified() { "localhost".to_owned() } else { host_of(listen) };
        web_address("server.base_url", &format!("http://{host}:{}", listen.port()))
    }

    /// Every address people may use, the base first.
    ///
    /// # Errors
    /// When one is no http address.
    pub fn base_urls(&self) -> Result<Vec<Url>, ConfigError> {
        let extra = self.server.extra_base_urls.iter().map(|url| web_address("server.extra_base_urls", url));
        std::iter::once(self.base_url()).chain(extra).collect()
    }
}

fn host_of(listen: std::net::SocketAddr) -> String {
    match listen.ip() {
        std::net::IpAddr::V4(ip) => ip.to_string(),
        std::net::IpAddr::V6(ip) => format!("[{ip}]"),
    }
}

fn web_address(key: &str, text: &str) -> Result<Url, ConfigError> {
    let bad = |why: &str| ConfigError::Value { key: key.to_owned(), why: format!("{text:?} {why}") };
    let url = Url::parse(text).map_err(|_| bad("is no address"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(bad("must begin with http:// or https://"));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(bad("must end after the host and port: pages are served from the root"));
    }
    Ok(url)
}
