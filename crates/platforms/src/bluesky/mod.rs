//! Bluesky, and any other server of the AT Protocol: <https://docs.bsky.app>, <https://atproto.com>.

mod errors;
mod facets;
mod oauth;
mod publish;
mod server;
mod statistics;

pub use server::server_address;

use crate::contract::{
    Access, AuthorizeRequest, ConnectFailure, Consent, Deleted, Failure, FailureKind, Look, MediaSource,
    Network, Payload, Prepare, Progress, RemoteAccount, RemotePost, Revoked, Tokens,
};
use crate::failure::Call;
use crate::http::{Answer, Http};
use crate::secret::Secret;
use crate::settings::BlueskySettings;
use crate::statistics::{AccountCounters, Posts};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use model::Platform;
use model::clock::SharedClock;
use model::statistics::{Counts, Metric};
use reqwest::RequestBuilder;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::time::Duration;
use url::Url;

pub(crate) struct Bluesky {
    settings: BlueskySettings,
    http: Http,
    clock: SharedClock,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Profile {
    did: String,
    handle: String,
    display_name: Option<String>,
    avatar: Option<String>,
}

/// The address of an XRPC method at a server.
fn method(host: &str, name: &str) -> String {
    format!("{}/xrpc/{name}", host.trim_end_matches('/'))
}

impl Bluesky {
    pub(crate) fn new(settings: BlueskySettings, http: Http, clock: SharedClock) -> Self {
        Self { settings, http, clock }
    }

    /// Calls with a token; the server is always the one that the grant names.
    async fn ask(&self, token: &Secret, request: RequestBuilder, call: Call) -> Result<Answer, Failure> {
        self.send(request.bearer_auth(token.expose()), call).await
    }

    async fn send(&self, request: RequestBuilder, call: Call) -> Result<Answer, Failure> {
        let answer = self.http.send(request).await.map_err(|error| call.no_answer(&error))?;
        if answer.is_success() { Ok(answer) } else { Err(errors::failure(&answer, call)) }
    }

    async fn whoami(&self, host: &str, did: &str, token: &Secret) -> Result<RemoteAccount, Failure> {
        let request = self.http.get(method(host, "app.bsky.actor.getProfile")).query(&[("actor", did)]);
        match self.ask(token, request, Call::Repeatable).await {
            Ok(answer) => Ok(self.account(read::<Profile>(&answer, Call::Repeatable)?)),
            // A server without an AppView knows no profiles ("No service configured"), but it knows the session.
            Err(failure) if failure.kind == FailureKind::Rejected => {
                let request = self.http.get(method(host, "com.atproto.server.getSession"));
                let answer = self.ask(token, request, Call::Repeatable).await?;
                Ok(self.account(read::<Profile>(&answer, Call::Repeatable)?))
            }
            Err(failure) => Err(failure),
        }
    }

    fn account(&self, profile: Profile) -> RemoteAccount {
        RemoteAccount {
            name: profile
                .display_name
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| profile.handle.clone()),
            url: Some(self.settings.web_base.at(&format!("/profile/{}", profile.handle))),
            remote_id: profile.did,
            handle: profile.handle,
            avatar_url: profile.avatar,
            token: None,
        }
    }

    fn public_url(&self, handle: &str, rkey: &str) -> String {
        self.settings.web_base.at(&format!("/profile/{handle}/post/{rkey}"))
    }
}

fn read<T: DeserializeOwned>(answer: &Answer, call: Call) -> Result<T, Failure> {
    answer.json().map_err(|_| call.unreadable(answer))
}

fn no_consent_page() -> ConnectFailure {
    ConnectFailure::Said { message: "Bluesky is connected by handle and app password.".to_owned() }
}

#[async_trait]
impl Network for Bluesky {
    fn platform(&self) -> Platform {
        Platform::Bluesky
    }

    fn host(&self) -> String {
        self.settings.default_host.as_str().to_owned()
    }

    fn scopes(&self) -> Vec<String> {
        Vec::new()
    }

    fn authorize_url(&self, _: &AuthorizeRequest) -> Result<Url, ConnectFailure> {
        Err(no_consent_page())
    }

    async fn exchange(&self, _: &str, _: &Secret, _: &str) -> Result<Consent, ConnectFailure> {
        Err(no_consent_page())
    }

    async fn sign_in(
        &self,
        host: &str,
        handle: &str,
        app_password: &Secret,
    ) -> Result<Consent, ConnectFailure> {
        self.open_session(host, handle, app_password).await
    }

    async fn refresh(&self, host: &str, tokens: &Tokens) -> Result<Tokens, Failure> {
        self.renew(host, tokens).await
    }

    fn can_refresh(&self, tokens: &Tokens) -> bool {
        tokens.refresh.is_some()
    }

    async fn revoke(&self, host: &str, _subject: &str, tokens: &Tokens) -> Result<Revoked, Failure> {
        self.close_session(host, tokens).await.map(|()| Revoked::Ended)
    }

    async fn profile(&self, access: &Access) -> Result<RemoteAccount, Failure> {
        self.whoami(&access.host, &access.remote_id, &access.token).await
    }

    async fn prepare(
        &self,
        access: &Access,
        payload: &Payload,
        media: &dyn MediaSource,
        progress: &Progress,
    ) -> Result<Prepare, Failure> {
        self.make_next(access, payload, media, progress).await
    }

    async fn commit(
        &self,
        access: &Access,
        payload: &Payload,
        progress: &Progress,
    ) -> Result<RemotePost, Failure> {
        self.put(access, payload, progress).await
    }

    async fn look(
        &self,
        access: &Access,
        payload: &Payload,
        _progress: &Progress,
        _since: DateTime<Utc>,
    ) -> Result<Look, Failure> {
        self.find(access, payload).await
    }

    async fn permalink(&self, access: &Access, remote_id: &str) -> Result<Option<String>, Failure> {
        Ok(Some(self.public_url(&access.handle, publish::rkey(remote_id))))
    }

    async fn delete(&self, access: &Access, remote_id: &str) -> Result<Deleted, Failure> {
        self.remove(access, remote_id).await
    }

    fn settle_window(&self) -> Duration {
        // The record is read from the server that wrote it: there is nothing to wait for.
        Duration::from_secs(1)
    }

    fn metrics(&self) -> &'static [Metric] {
        &statistics::METRICS
    }

    async fn counters(&self, access: &Access) -> Result<AccountCounters, Failure> {
        self.totals(access).await
    }

    async fn posts(
        &self,
        access: &Access,
        since: DateTime<Utc>,
        cursor: Option<String>,
    ) -> Result<Posts, Failure> {
        self.list(access, since, cursor).await
    }

    async fn count(&self, access: &Access, ids: &[String]) -> Result<Vec<(String, Counts)>, Failure> {
        self.count_known(access, ids).await
    }
}
