//! TikTok, by Login Kit and the Display API: <https://developers.tiktok.com/doc/display-api-overview/>. Accounts are connected for
//! their numbers; publishing is not offered yet.

mod errors;
mod oauth;
mod statistics;

use crate::contract::{
    Access, AuthorizeRequest, ConnectFailure, Consent, Deleted, Failure, Look, MediaSource, Network, Payload,
    Prepare, Progress, RemoteAccount, RemotePost, Revoked, Tokens, no_password_sign_in, not_offered,
    same_host,
};
use crate::failure::Call;
use crate::http::{Answer, Http};
use crate::secret::Secret;
use crate::settings::TikTokSettings;
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

pub(crate) struct TikTok {
    settings: TikTokSettings,
    http: Http,
    clock: SharedClock,
}

/// The envelope of every answer.
#[derive(Deserialize)]
struct Data<T> {
    data: T,
}

#[derive(Deserialize)]
struct Info {
    user: User,
}

#[derive(Deserialize)]
struct User {
    open_id: String,
    display_name: String,
    /// With `user.info.profile` only.
    username: Option<String>,
    avatar_url: Option<String>,
}

impl TikTok {
    pub(crate) fn new(settings: TikTokSettings, http: Http, clock: SharedClock) -> Self {
        Self { settings, http, clock }
    }

    fn api(&self, path: &str) -> String {
        self.settings.api_base.at(path)
    }

    /// Sends a request with the account's token, to the host that the grant was made with only.
    async fn ask<T: DeserializeOwned>(&self, access: &Access, request: RequestBuilder) -> Result<T, Failure> {
        same_host(&access.host, self.settings.api_base.as_str())?;
        self.read(&access.token, request).await
    }

    async fn read<T: DeserializeOwned>(&self, token: &Secret, request: RequestBuilder) -> Result<T, Failure> {
        let answer = self.send(request.bearer_auth(token.expose())).await?;
        let Data { data } = answer.json().map_err(|_| Call::Repeatable.unreadable(&answer))?;
        Ok(data)
    }

    async fn send(&self, request: RequestBuilder) -> Result<Answer, Failure> {
        let call = Call::Repeatable;
        let answer = self.http.send(request).await.map_err(|error| call.no_answer(&error))?;
        match errors::failure(&answer, self.clock.now()) {
            Some(failure) => Err(failure),
            None => Ok(answer),
        }
    }

    async fn me(&self, token: &Secret, profile: bool) -> Result<RemoteAccount, Failure> {
        let fields = "open_id,display_name,avatar_url";
        let fields = if profile { format!("{fields},username") } else { fields.to_owned() };
        let request = self.http.get(self.api("/v2/user/info/")).query(&[("fields", fields)]);
        let Info { user } = self.read(token, request).await?;
        let url = user.username.as_ref().map(|name| self.settings.authorize_base.at(&format!("/@{name}")));
        Ok(RemoteAccount {
            remote_id: user.open_id,
            handle: user.username.unwrap_or_default(),
            name: user.display_name,
            avatar_url: user.avatar_url,
            url,
            token: None,
        })
    }
}

#[async_trait]
impl Network for TikTok {
    fn platform(&self) -> Platform {
        Platform::TikTok
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

    async fn exchange(&self, code: &str, _: &Secret, redirect_uri: &str) -> Result<Consent, ConnectFailure> {
        self.consent(code, redirect_uri).await.map_err(|failure| failure.into_connect(self.clock.now()))
    }

    async fn sign_in(&self, _: &str, _: &str, _: &Secret) -> Result<Consent, ConnectFailure> {
        Err(no_password_sign_in(Platform::TikTok))
    }

    async fn refresh(&self, host: &str, tokens: &Tokens) -> Result<Tokens, Failure> {
        self.renew(host, tokens).await
    }

    fn can_refresh(&self, tokens: &Tokens) -> bool {
        tokens.refresh.is_some() && tokens.refresh_expires_at.is_none_or(|end| end > self.clock.now())
    }

    async fn revoke(&self, host: &str, _subject: &str, tokens: &Tokens) -> Result<Revoked, Failure> {
        self.end_consent(host, tokens).await.map(|()| Revoked::Ended)
    }

    async fn profile(&self, access: &Access) -> Result<RemoteAccount, Failure> {
        same_host(&access.host, self.settings.api_base.as_str())?;
        self.me(&access.token, !access.handle.is_empty()).await
    }

    async fn prepare(
        &self,
        _: &Access,
        _: &Payload,
        _: &dyn MediaSource,
        _: &Progress,
    ) -> Result<Prepare, Failure> {
        Err(not_offered(Platform::TikTok))
    }

    async fn commit(&self, _: &Access, _: &Payload, _: &Progress) -> Result<RemotePost, Failure> {
        Err(not_offered(Platform::TikTok))
    }

    async fn look(&self, _: &Access, _: &Payload, _: &Progress, _: DateTime<Utc>) -> Result<Look, Failure> {
        Err(not_offered(Platform::TikTok))
    }

    async fn permalink(&self, _: &Access, _: &str) -> Result<Option<String>, Failure> {
        // It comes with each video.
        Ok(None)
    }

    async fn delete(&self, _: &Access, _: &str) -> Result<Deleted, Failure> {
        // "No API": videos are deleted in the app.
        Ok(Deleted::Unsupported)
    }

    fn settle_window(&self) -> Duration {
        Duration::ZERO
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
