//! The sandbox's control calls, `/control/…`.

use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

/// A control call that failed.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    #[error("not an address of the sandbox: {0}")]
    Address(#[from] url::ParseError),
    #[error("the simulated platforms don’t answer as they should: {0}")]
    Http(#[from] reqwest::Error),
    #[error("the simulated platforms answered with something else: {0}")]
    Answer(#[from] serde_json::Error),
}

/// Calls one sandbox.
#[derive(Clone, Debug)]
pub struct Control {
    base: Url,
    http: reqwest::Client,
}

impl Control {
    pub fn new(base: &Url) -> Self {
        #[expect(clippy::disallowed_methods, reason = "talks to the sandbox of this machine, on loopback")]
        let http = reqwest::Client::builder();
        // No proxy of the environment knows this machine's loopback. Fails only where every client would.
        let http = http.no_proxy().build().unwrap_or_default();
        Self { base: base.clone(), http }
    }

    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, ControlError> {
        let answer = self.http.post(self.base.join(path)?).json(body).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// Sends bytes as they are.
    pub async fn post_bytes(&self, path: &str, bytes: &'static [u8]) -> Result<Value, ControlError> {
        let answer = self.http.post(self.base.join(path)?).body(bytes).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ControlError> {
        Ok(self.http.get(self.base.join(path)?).send().await?.error_for_status()?.json().await?)
    }

    pub async fn delete(&self, path: &str) -> Result<(), ControlError> {
        self.http.delete(self.base.join(path)?).send().await?.error_for_status()?;
        Ok(())
    }
}
