//! A running sandbox and a client that follows no redirects.

use reqwest::{Client, Response, StatusCode};
use sandbox::{Sandbox, SandboxConfig};
use serde_json::{Value, json};
use std::collections::HashMap;
use url::Url;

pub(crate) const REDIRECT: &str = "http://127.0.0.1:3000/connect/callback";

pub(crate) struct Harness {
    pub(crate) sandbox: Sandbox,
    pub(crate) http: Client,
}

#[expect(clippy::disallowed_methods, reason = "the tests drive a server on loopback")]
fn client() -> Client {
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

impl Harness {
    pub(crate) async fn start() -> Self {
        Self::with(SandboxConfig::in_memory()).await
    }

    pub(crate) async fn with(config: SandboxConfig) -> Self {
        Self { sandbox: Sandbox::start(config).await.unwrap(), http: client() }
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.url().as_str().trim_end_matches('/'))
    }

    pub(crate) async fn control(&self, path: &str, body: Value) -> Value {
        let answer = self.http.post(self.at(path)).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    pub(crate) async fn fault(&self, body: Value) {
        self.control("/control/faults", body).await;
    }

    pub(crate) async fn advance(&self, seconds: i64) {
        self.control("/control/clock", json!({"advance_seconds": seconds})).await;
    }

    /// One new account with ready tokens.
    pub(crate) async fn account(&self, platform: &str) -> Value {
        let made = self.control("/control/accounts", json!({"platform": platform, "prefix": "tester"})).await;
        made[0].clone()
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> (StatusCode, Value) {
        read(self.http.get(self.at(path)).bearer_auth(token).send().await.unwrap()).await
    }

    pub(crate) async fn posts(&self, platform: &str) -> Vec<Value> {
        let answer =
            self.http.get(self.at(&format!("/control/posts?platform={platform}"))).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// Approves at a consent page and gives the values of the redirect.
    pub(crate) async fn consent(&self, address: &str, form: &[(&str, &str)]) -> HashMap<String, String> {
        let page = self.http.get(address).send().await.unwrap();
        assert_eq!(page.status(), 200, "{}", page.text().await.unwrap());
        let answer = self.http.post(address).form(form).send().await.unwrap();
        assert_eq!(answer.status(), 302);
        let to = Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
        assert!(to.as_str().starts_with(REDIRECT), "{to}");
        to.query_pairs().into_owned().collect()
    }
}

pub(crate) async fn read(answer: Response) -> (StatusCode, Value) {
    let status = answer.status();
    let text = answer.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

pub(crate) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

/// A small JPEG of this size.
pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    picture(width, height, image::ImageFormat::Jpeg)
}

pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    picture(width, height, image::ImageFormat::Png)
}

fn picture(width: u32, height: u32, format: image::ImageFormat) -> Vec<u8> {
    let image = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([u8::try_from(x % 256).unwrap(), u8::try_from(y % 256).unwrap(), 90])
    });
    let mut out = std::io::Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}
