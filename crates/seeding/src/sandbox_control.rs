//! The sandbox's control calls that tests use.

use crate::Error;
use serde::Deserialize;
use serde_json::Value;
use std::ops::Deref;
use url::Url;

/// Calls `/control/…` of one sandbox.
#[derive(Clone, Debug)]
pub struct Control(demo::sandbox_control::Control);

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
        Self(demo::sandbox_control::Control::new(base))
    }

    pub async fn posts(&self) -> Result<Vec<Published>, Error> {
        Ok(self.0.get("control/posts").await?)
    }

    pub async fn fault(&self, fault: Value) -> Result<Value, Error> {
        Ok(self.0.post("control/faults", &fault).await?)
    }

    pub async fn clear_faults(&self) -> Result<(), Error> {
        Ok(self.0.delete("control/faults").await?)
    }
}

impl Deref for Control {
    type Target = demo::sandbox_control::Control;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}
