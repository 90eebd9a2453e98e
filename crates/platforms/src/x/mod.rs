//! X (Twitter), API v2: <https://docs.x.com/x-api>.

mod errors;
mod oauth;
mod publish;
mod statistics;

use crate::contract::{
    Access, AuthorizeRequest, ConnectFailure, Consent, Deleted, Failure, Look, MediaSource, Network, Payload,
    Prepare, Progress, RemoteAccount, RemotePost, Revoked, Tokens,
};
use crate::failure::Call;
use crate::http::{Answer, Http};
use crate::secret::Secret;
use crate::settings::XSettings;
use crate::statistics::{AccountCounters, Posts};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use model::Platform;
use model::clock::SharedClock;
use model::statistics::{Counts, Metric};
use reqwest::RequestBuilder;
use serde::Deserialize;
use std::time::Duration;
use url::Url;

pub(crate) struct X {
    settings: XSettings,
    http: Http,
    clock: SharedClock,
}

/// The envelope of every answer.
#[derive(Deserialize)]
struct Data<T> {
    data: T,
}

#[derive(Deserialize)]
struct User {
    id: String,
    name: String,
    username: String,
    profile_image_url: Option<String>,
}

impl X {
    pub(crate) fn new(settings: XSettings, http: Http, clock: SharedClock) -> Self {
        Self { settings, http, clock }
    }

    /// Sends a request with the account's token, to the host that the grant was made with only.
    async fn ask(&self, access: &Access, request: RequestBuilder, call: Call) -> Result<Answer, Failure> {
        crate::contract::same_host(&access.host, self.settings.api_base.as_str())?;
        self.send(request.bearer_auth(access.token.expose()), call).await
    }

    async fn send(&self, request: RequestBuilder, call: Call) -> Result<Answer, Failure> {
        let answer = self.http.send(request).await.map_err(|error| call.no_answer(&error))?;
        if answer.is_success() { Ok(answer) } else { Err(errors::failure(&answer, call)) }
    }

    fn api(&self, path: &str) -> String {
        self.settings.api_base.at(path)
    }

    async fn me(&self, token: &Secret) -> Result<RemoteAccount, Failure> {
        let request = self
            .http
            .get(self.api("/2/users/me"))
            .query(&[("user.fields", "profile_image_url,verified,subscription_type,public_metrics")])
            .bearer_auth(token.expose());
        let answer = self.send(request, Call::Repeatable).await?;
        let Data { data: user } =
            answer.json::<Data<User>>().map_err(|_| Call::Repeatable.unreadable(&answer))?;
        Ok(RemoteAccount {
            url: Some(self.settings.authorize_base.at(&format!("/{}", user.username))),
            remote_id: user.id,
            handle: user.username,
            name: user.name,
            avatar_url: user.profile_image_url,
            token: None,
        })
    }

    fn public_url(&self, handle: &str, id: &str) -> String {
        self.settings.authorize_base.at(&format!("/{handle}/status/{id}"))
    }
}

#[async_trait]
impl Network for X {
    fn platform(&self) -> Platform {
        Platform::X
    }

    fn host(&self) -> String {
        self.settings.api_base.as_str().to_owned()
    }

    fn scopes(&self) -> Vec<String> {
        oauth::SCOPES.map(str::to_owned).into()
    }

    fn authorize_url(&self, request: &AuthorizeRequest) -> Result<Url, ConnectFailure> {
        self.consent_page(request)
    }

    async fn exchange(
        &self,
        code: &str,
        pkce_verifier: &Secret,
        redirect_uri: &str,
    ) -> Result<Consent, ConnectFailure> {
        self.consent(code, pkce_verifier, redirect_uri)
            .await
            .map_err(|failure| failure.into_connect(self.clock.now()))
    }

    async fn sign_in(&self, _: &str, _: &str, _: &Secret) -> Result<Consent, ConnectFailure> {
        Err(crate::contract::no_password_sign_in(Platform::X))
    }

    async fn refresh(&self, host: &str, tokens: &Tokens) -> Result<Tokens, Failure> {
        self.renew(host, tokens).await
    }

    fn can_refresh(&self, tokens: &Tokens) -> bool {
        tokens.refresh.is_some()
    }

    async fn revoke(&self, host: &str, _subject: &str, tokens: &Tokens) -> Result<Revoked, Failure> {
        self.end_consent(host, tokens).await.map(|()| Revoked::Ended)
    }

    async fn profile(&self, access: &Access) -> Result<RemoteAccount, Failure> {
        crate::contract::same_host(&access.host, self.settings.api_base.as_str())?;
        self.me(&access.token).await
    }

    async fn prepare(
        &self,
        access: &Access,
        payload: &Payload,
        media: &dyn MediaSource,
        progress: &Progress,
    ) -> Result<Prepare, Failure> {
        self.upload_next(access, payload, media, progress).await
    }

    async fn commit(
        &self,
        access: &Access,
        payload: &Payload,
        progress: &Progress,
    ) -> Result<RemotePost, Failure> {
        self.create(access, payload, progress).await
    }

    async fn look(
        &self,
        access: &Access,
        payload: &Payload,
        _progress: &Progress,
        since: DateTime<Utc>,
    ) -> Result<Look, Failure> {
        self.find(access, payload, since).await
    }

    async fn permalink(&self, access: &Access, remote_id: &str) -> Result<Option<String>, Failure> {
        Ok(Some(self.public_url(&access.handle, remote_id)))
    }

    async fn delete(&self, access: &Access, remote_id: &str) -> Result<Deleted, Failure> {
        self.remove(access, remote_id).await
    }

    fn settle_window(&self) -> Duration {
        // The author's timeline shows a new post within seconds; no figure is documented.
        Duration::from_secs(15)
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
