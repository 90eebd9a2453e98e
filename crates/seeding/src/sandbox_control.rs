//! The sandbox's control calls that tests use.

use crate::Error;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// Calls `/control/…` of one sandbox.
#[derive(Clone, Debug)]
pub struct Control {
    base: Url,
    http: reqwest::Client,
}

/// A published post as the sandbox counts it.
#[derive(Clone, Debug, Deserialize)]
pub struct Published {
    pub platform: String,
    pub account: String,
    pub id: String,
    pub text: String,
    /// When the committing request arrived, in ms since 1970.
    pub received_at: i64,
    pub deleted: bool,
    /// How often the platform was asked to make it.
    pub attempts: u32,
}

impl Control {
    pub fn new(base: &Url) -> Self {
        #[expect(clippy::disallowed_methods, reason = "talks to the sandbox of a test, on loopback")]
        let http = reqwest::Client::new();
        Self { base: base.clone(), http }
    }

    pub async fn posts(&self) -> Result<Vec<Published>, Error> {
        self.get("control/posts").await
    }

    pub async fn fault(&self, fault: Value) -> Result<Value, Error> {
        self.post("control/faults", &fault).await
    }

    pub async fn clear_faults(&self) -> Result<(), Error> {
        self.http.delete(self.base.join("control/faults")?).send().await?.error_for_status()?;
        Ok(())
    }

    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, Error> {
        let answer = self.http.post(self.base.join(path)?).json(body).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    pub async fn get<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        Ok(self.http.get(self.base.join(path)?).send().await?.error_for_status()?.json().await?)
    }
}
