//! A bucket of an S3-compatible store.

use super::{MediaStore, StoreError};
use object_store::aws::AmazonS3Builder;
use object_store::client::{HttpClient, HttpConnector};
use object_store::{BackoffConfig, ClientOptions, RetryConfig};
use platforms::Secret;
use platforms::http::client_for_store;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// One request, an upload of the largest image included.
const REQUEST: Duration = Duration::from_secs(60);
/// A store that restarts is waited for a little.
const RETRIES: usize = 3;
const RETRY_WITHIN: Duration = Duration::from_secs(30);

/// Where the bucket is, and who may use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3Settings {
    /// None: Amazon's, of the region.
    pub endpoint: Option<Url>,
    pub region: String,
    pub bucket: String,
    pub key_id: String,
    pub secret: Secret,
    /// The bucket stands in the path, not in the host's name.
    pub path_style: bool,
}

/// Gives object_store our own client, with certificates of its own and nothing from the environment.
#[derive(Debug)]
struct OneClient(HttpClient);

impl HttpConnector for OneClient {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(self.0.clone())
    }
}

impl MediaStore {
    /// Files in a bucket, which must be there. Nothing is asked yet.
    ///
    /// # Errors
    /// When the settings can't be used.
    pub fn s3(settings: &S3Settings) -> Result<Self, StoreError> {
        let client = client_for_store(REQUEST).map_err(|error| StoreError::Client(error.to_string()))?;
        let mut builder = AmazonS3Builder::new()
            .with_http_connector(OneClient(HttpClient::new(client)))
            .with_region(&settings.region)
            .with_bucket_name(&settings.bucket)
            .with_access_key_id(&settings.key_id)
            .with_secret_access_key(settings.secret.expose())
            .with_virtual_hosted_style_request(!settings.path_style)
            // Deleting several at once is what stores do least alike.
            .with_disable_bulk_delete(true)
            .with_retry(RetryConfig {
                backoff: BackoffConfig::default(),
                max_retries: RETRIES,
                retry_timeout: RETRY_WITHIN,
            });
        if let Some(endpoint) = endpoint_of(settings) {
            builder = builder.with_endpoint(endpoint).with_allow_http(true);
        }
        Ok(Self(Arc::new(builder.build()?)))
    }
}

/// The address that requests begin with, the bucket included where it stands in the host's name.
fn endpoint_of(settings: &S3Settings) -> Option<String> {
    let mut endpoint = settings.endpoint.clone()?;
    if !settings.path_style {
        let host = format!("{}.{}", settings.bucket, endpoint.host_str()?);
        // A host with a name before it is still one.
        endpoint.set_host(Some(&host)).ok()?;
    }
    Some(endpoint.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(endpoint: Option<&str>, path_style: bool) -> S3Settings {
        S3Settings {
            endpoint: endpoint.map(|endpoint| endpoint.parse().unwrap()),
            region: "us-east-1".to_owned(),
            bucket: "media".to_owned(),
            key_id: "AKID".to_owned(),
            secret: Secret::new("hushhush"),
            path_style,
        }
    }

    #[test]
    fn the_bucket_stands_in_the_path_or_in_the_host() {
        let at = |path_style| endpoint_of(&settings(Some("https://s3.example.com:9000"), path_style));
        assert_eq!(at(true).as_deref(), Some("https://s3.example.com:9000"));
        assert_eq!(at(false).as_deref(), Some("https://media.s3.example.com:9000"));
        assert_eq!(endpoint_of(&settings(None, true)), None);
    }

    #[test]
    fn the_secret_is_not_shown() {
        let settings = settings(Some("http://127.0.0.1:1"), true);
        let store = MediaStore::s3(&settings).unwrap();
        let shown = format!("{settings:?} {store:?}");
        assert!(!shown.contains("hushhush"), "{shown}");
    }
}
