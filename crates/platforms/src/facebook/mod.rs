//! Facebook Pages, by the Graph API: <https://developers.facebook.com/docs/pages-api>.

mod errors;
mod oauth;
mod publish;
mod statistics;

pub(crate) use publish::graph_time;

use crate::contract::{
    Access, AuthorizeRequest, ConnectFailure, Consent, Deleted, Failure, Look, MediaSource, Network, Payload,
    Prepare, Progress, RemoteAccount, RemotePost, Revoked, Tokens, no_password_sign_in, same_host,
};
use crate::failure::Call;
use crate::http::{Answer, Http};
use crate::secret::Secret;
use crate::settings::FacebookSettings;
use crate::statistics::{AccountCounters, DayCounters, Posts};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use model::Platform;
use model::clock::SharedClock;
use model::statistics::{Counts, Metric};
use reqwest::RequestBuilder;
use serde::Deserialize;
use std::time::Duration;
use url::Url;

pub(crate) struct Facebook {
    settings: FacebookSettings,
    http: Http,
    clock: SharedClock,
}

/// A Page's fields that we read; `access_token` only in the list of a person's Pages.
const PAGE_FIELDS: &str = "id,name,username,picture{url},link";

#[derive(Deserialize)]
struct Page {
    id: String,
    name: String,
    username: Option<String>,
    access_token: Option<Secret>,
    picture: Option<Picture>,
    link: Option<String>,
    /// What the person may do there.
    tasks: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Picture {
    data: PictureData,
}

#[derive(Deserialize)]
struct PictureData {
    url: Option<String>,
}

impl Facebook {
    pub(crate) fn new(settings: FacebookSettings, http: Http, clock: SharedClock) -> Self {
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

    fn account(&self, page: Page) -> RemoteAccount {
        RemoteAccount {
            url: Some(page.link.unwrap_or_else(|| self.settings.dialog_base.at(&format!("/{}", page.id)))),
            handle: page.username.unwrap_or_default(),
            remote_id: page.id,
            name: page.name,
            avatar_url: page.picture.and_then(|picture| picture.data.url),
            token: page.access_token,
        }
    }
}

#[async_trait]
impl Network for Facebook {
    fn platform(&self) -> Platform {
        Platform::Facebook
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
        Err(no_password_sign_in(Platform::Facebook))
    }

    async fn refresh(&self, _: &str, _: &Tokens) -> Result<Tokens, Failure> {
        Err(Failure::reconnect("Facebook renews permissions only with the person: connect again."))
    }

    fn can_refresh(&self, _: &Tokens) -> bool {
        false
    }

    async fn revoke(&self, host: &str, subject: &str, tokens: &Tokens) -> Result<Revoked, Failure> {
        self.end_consent(host, subject, tokens).await.map(|()| Revoked::Ended)
    }

    async fn profile(&self, access: &Access) -> Result<RemoteAccount, Failure> {
        self.check(access)?;
        let request = self
            .http
            .get(self.graph(&format!("/{}", access.remote_id)))
            .query(&[("fields", PAGE_FIELDS), ("access_token", access.token.expose())]);
        let answer = self.send(request, Call::Repeatable).await?;
        Ok(self.account(answer.json().map_err(|_| Call::Repeatable.unreadable(&answer))?))
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
        self.link_of(access, remote_id).await
    }

    async fn delete(&self, access: &Access, remote_id: &str) -> Result<Deleted, Failure> {
        self.remove(access, remote_id).await
    }

    fn settle_window(&self) -> Duration {
        // No figure is documented; the list of a Page follows within seconds.
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
