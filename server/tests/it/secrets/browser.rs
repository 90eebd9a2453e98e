//! A browser without pages: one session, forms and JSON, and the platforms' consent pages.

use super::fanfare::Fanfare;
use crate::consent::{self, Decision};
use reqwest::header::{LOCATION, SET_COOKIE};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::Value;
use url::Url;

pub(super) struct Browser {
    http: reqwest::Client,
    base: String,
    pub(super) session: String,
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) location: String,
    pub(super) text: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text);
        serde_json::from_str(&self.text).unwrap()
    }
}

impl Browser {
    pub(super) fn new(fanfare: &Fanfare) -> Self {
        Self { http: consent::client(), base: fanfare.base.clone(), session: String::new() }
    }

    /// Sends as our own page does; a new session's cookie is kept.
    pub(super) async fn send(&mut self, request: RequestBuilder) -> Answer {
        let cookie = format!("__Host-session={}", self.session);
        let request = request.header("cookie", cookie).header("sec-fetch-site", "same-origin");
        let answer = request.send().await.unwrap();
        let header = |name| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        if let Some(cookie) = header(SET_COOKIE) {
            let token = cookie.strip_prefix("__Host-session=").and_then(|rest| rest.split(';').next());
            token.unwrap_or_default().clone_into(&mut self.session);
        }
        let (status, location) = (answer.status(), header(LOCATION).unwrap_or_default());
        Answer { status, location, text: answer.text().await.unwrap() }
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        let address = Url::parse(&self.base).unwrap().join(path).unwrap();
        self.send(self.http.get(address).header("accept", "text/html")).await
    }

    /// A server function that takes a form.
    pub(super) async fn form(&mut self, function: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.http.post(format!("{}/api/{function}", self.base)).form(fields);
        self.send(request.header("accept", "application/json")).await
    }

    /// A server function that takes JSON.
    pub(super) async fn json(&mut self, function: &str, body: &Value) -> Answer {
        let request = self.http.post(format!("{}/api/{function}", self.base)).json(body);
        self.send(request.header("accept", "application/json")).await
    }

    pub(super) async fn upload(&mut self, content_type: &str, body: Vec<u8>) -> Answer {
        let request = self.http.post(format!("{}/api/media", self.base)).body(body);
        self.send(request.header("content-type", content_type).header("accept", "application/json")).await
    }

    /// From our button to the address that the consent page sends the person back to.
    pub(super) async fn consent(&mut self, platform: &str, decision: Decision<'_>) -> Url {
        let page = self.form("accounts/connect", &[("platform", platform)]).await.location;
        consent::decide(&self.http, &page, decision).await
    }
}
