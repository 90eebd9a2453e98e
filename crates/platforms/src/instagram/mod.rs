//! Instagram professional accounts, by the Instagram API with Instagram Login:
//! <https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login>.

mod errors;
mod oauth;
mod publish;
mod statistics;

use crate::contract::{
    Access, AuthorizeRequest, ConnectFailure, Consent, Deleted, Failure, Look, MediaSource, Network, Payload,
    Prepare, Progress, RemoteAccount, RemotePost, Revoked, Tokens, no_password_sign_in, same_host,
};
use crate::failure::Call;
use crate::http::{Answer, Http};
use crate::secret::Secret;
use crate::settings::InstagramSettings;
use crate::statistics::{AccountCounters, DayCounters, Posts};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use model::Platform;
use model::clock::SharedClock;
use model::statistics::{Counts, Metric};
use reqwest::RequestBuilder;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use std::time::Duration;
use url::Url;

pub(crate) struct Instagram {
    settings: InstagramSettings,
    http: Http,
    clock: SharedClock,
}

#[derive(Deserialize)]
struct Me {
    /// Of the professional account, which publishing takes; `id` is the same account as this app sees it.
    #[serde(default, deserialize_with = "id")]
    user_id: Option<String>,
    #[serde(default, deserialize_with = "id")]
    id: Option<String>,
    username: String,
    name: Option<String>,
    profile_picture_url: Option<String>,
}

/// An id as text or as a number: both occur.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id {
        Text(String),
        Number(u64),
    }
    Ok(Option::<Id>::deserialize(deserializer)?.map(|id| match id {
        Id::Text(text) => text,
        Id::Number(number) => number.to_string(),
    }))
}

impl Instagram {
    pub(crate) fn new(settings: InstagramSettings, http: Http, clock: SharedClock) -> Self {
        Self { settings, http, clock }
    }

    fn graph(&self, path: &str) -> String {
        self.settings.graph_base.at(&format!("/{}{path}", self.settings.version))
    }

    async fn send(&self, request: RequestBuilder, call: Call) -> Result<Answer, Failure> {
        let answer = self.http.send(request).await.map_err(|error| call.no_answer(&error))?;
        if answer.is_success() { Ok(answer) } else { Err(errors::failure(&answer, call, self.clock.now())) }
    }

    fn check(&self, access: &Access) -> Result<(), Failure> {
        same_host(&access.host, self.settings.graph_base.as_str())
    }

    async fn get<T: DeserializeOwned>(
        &self,
        access: &Access,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<T, Failure> {
        self.check(access)?;
        let token = [("access_token", access.token.expose())];
        let request = self.http.get(self.graph(path)).query(query).query(&token);
        let answer = self.send(request, Call::Repeatable).await?;
        answer.json().map_err(|_| Call::Repeatable.unreadable(&answer))
    }

    async fn me(&self, token: &Secret) -> Result<RemoteAccount, Failure> {
        let request = self.http.get(self.graph("/me")).query(&[
            ("fields", "user_id,username,name,account_type,profile_picture_url"),
            ("access_token", token.expose()),
        ]);
        let answer = self.send(request, Call::Repeatable).await?;
        let me: Me = answer.json().map_err(|_| Call::Repeatable.unreadable(&answer))?;
        Ok(RemoteAccount {
            remote_id: me.user_id.or(me.id).ok_or_else(|| Call::Repeatable.unreadable(&answer))?,
            name: me.name.filter(|name| !name.is_empty()).unwrap_or_else(|| me.username.clone()),
            url: Some(self.settings.authorize_base.at(&format!("/{}/", me.username))),
            handle: me.username,
            avatar_url: me.profile_picture_url,
            token: None,
        })
    }
}

#[async_trait]
impl Network for Instagram {
    fn platform(&self) -> Platform {
        Platform::Instagram
    }

    fn host(&self) -> String {
        self.settings.graph_base.as_str().to_owned()
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
        Err(no_password_sign_in(Platform::Instagram))
    }

    async fn refresh(&self, host: &str, tokens: &Tokens) -> Result<Tokens, Failure> {
        self.renew(host, tokens).await
    }

    fn can_refresh(&self, tokens: &Tokens) -> bool {
        // There is no refresh token: the access token renews itself, while it lives.
        tokens.access_expires_at.is_none_or(|end| end > self.clock.now())
    }

    fn refresh_ahead(&self) -> Option<Duration> {
        // An expired token can't be renewed: ten days leave room for an instance that is switched off for a while.
        Some(Duration::from_secs(10 * 24 * 60 * 60))
    }

    async fn revoke(&self, _host: &str, _subject: &str, _tokens: &Tokens) -> Result<Revoked, Failure> {
        // No endpoint is documented: the person removes the app in Instagram's settings, and the token ends by itself.
        Ok(Revoked::NotOffered)
    }

    async fn profile(&self, access: &Access) -> Result<RemoteAccount, Failure> {
        self.check(access)?;
        self.me(&access.token).await
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
        _payload: &Payload,
        progress: &Progress,
    ) -> Result<RemotePost, Failure> {
        self.publish(access, progress).await
    }

    async fn look(
        &self,
        access: &Access,
        payload: &Payload,
        progress: &Progress,
        since: DateTime<Utc>,
    ) -> Result<Look, Failure> {
        self.find(access, payload, progress, since).await
    }

    async fn permalink(&self, access: &Access, remote_id: &str) -> Result<Option<String>, Failure> {
        self.link_of(access, remote_id).await
    }

    async fn delete(&self, _access: &Access, _remote_id: &str) -> Result<Deleted, Failure> {
        // `DELETE /{media}` is for accounts connected by Facebook Login only.
        Ok(Deleted::Unsupported)
    }

    fn settle_window(&self) -> Duration {
        // The container's status follows the publication at once, the list of media within seconds.
        Duration::from_secs(20)
    }

    fn metrics(&self) -> &'static [Metric] {
        &statistics::METRICS
    }

    async fn counters(&self, access: &Access) -> Result<AccountCounters, Failure> {
        self.totals(access).await
    }

    async fn days(
        &self,
        access: &Access,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<DayCounters>, Failure> {
        self.by_day(access, from, to).await
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
