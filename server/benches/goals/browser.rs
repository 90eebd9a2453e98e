//! A real browser that is signed in, driven by a small program of `end2end/setup`.

use crate::Result;
use crate::create::COOKIE;
use crate::report::root;
use serde::de::DeserializeOwned;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::timeout;

const WITHIN: Duration = Duration::from_secs(120);

/// What the program prints, as JSON, of the page at `address`.
pub(crate) async fn run<T: DeserializeOwned>(program: &str, address: &str, token: String) -> Result<T> {
    let mut browser = Command::new("node");
    browser.arg(program).arg(address).arg(COOKIE).current_dir(root().join("end2end"));
    // Not an argument: those can be seen by every program of the machine.
    browser.env("SESSION_TOKEN", token).stdin(Stdio::null()).stderr(Stdio::inherit()).kill_on_drop(true);
    let output =
        timeout(WITHIN, browser.output()).await.map_err(|_| "the browser did not finish in time")??;
    if !output.status.success() {
        return Err("the browser could not load the page".into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
