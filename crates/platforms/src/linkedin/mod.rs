//! LinkedIn members, by "Share on LinkedIn": <https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/share-on-linkedin>.

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
use crate::settings::LinkedInSettings;
use crate::statistics::{AccountCounters, DayCounters};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use model::Platform;
use model::clock::SharedClock;
use model::statistics::{Counts, Metric};
use reqwest::RequestBuilder;
use serde::Deserialize;
use std::time::Duration;
use url::Url;

pub(crate) struct LinkedIn {
    settings: LinkedInSettings,
    http: Http,
    clock: SharedClock,
}

/// The answer of OpenID Connect's userinfo.
#[derive(Deserialize)]
struct UserInfo {
    sub: String,
    name: Option<String>,
    given_name: Option<String>,
    family_name: Option<String>,
    picture: Option<String>,
}

impl LinkedIn {
    pub(crate) fn new(settings: LinkedInSettings, http: Http, clock: SharedClock) -> Self {
        Self { settings, http, clock }
    }

    async fn send(&self, request: RequestBuilder, call: Call) -> Result<Answer, Failure> {
        let answer = self.http.send(request).await.map_err(|error| call.no_answer(&error))?;
        if answer.is_success() { Ok(answer) } else { Err(errors::failure(&answer, call, self.clock.now())) }
    }

    /// Sends to the versioned APIs with the account's token.
    async fn ask(&self, access: &Access, request: RequestBuilder, call: Call) -> Result<Answer, Failure> {
        same_host(&access.host, self.settings.api_base.as_str())?;
        let request = request
            .bearer_auth(access.token.expose())
            .header("LinkedIn-Version", &self.settings.version)
            .header("X-Restli-Protocol-Version", "2.0.0");
        self.send(request, call).await
    }

    async fn me(&self, token: &Secret) -> Result<RemoteAccount, Failure> {
        let request = self.http.get(self.settings.api_base.at("/v2/userinfo")).bearer_auth(token.expose());
        let answer = self.send(request, Call::Repeatable).await?;
        let user: UserInfo = answer.json().map_err(|_| Call::Repeatable.unreadable(&answer))?;
        let name = user.name.filter(|name| !name.is_empty()).unwrap_or_else(|| {
            [user.given_name, user.family_name].into_iter().flatten().collect::<Vec<_>>().join(" ")
        });
        Ok(RemoteAccount {
            remote_id: user.sub,
            // The public name in the profile's address is not told to self-serve apps.
            handle: String::new(),
            name,
            avatar_url: user.picture,
            url: None,
            token: None,
        })
    }

    fn public_url(&self, urn: &str) -> String {
        self.settings.www_base.at(&format!("/feed/update/{urn}"))
    }
}

#[async_trait]
impl Network for LinkedIn {
    fn platform(&self) -> Platform {
        Platform::LinkedIn
    }

    fn host(&self) -> String {
        self.settings.api_base.as_str().to_owned()
    }

    fn scopes(&self) -> Vec<String> {
        self.asked_scopes()
    }

    fn authorize_url(&self, request: &AuthorizeRequest) -> Result<Url, ConnectFailure> {
        self.consent_page(request)
    }

    async fn exchange(&self, code: &str, _: &Secret, redirect_uri: &str) -> Result<Consent, ConnectFailure> {
        self.consent(code, redirect_uri).await.map_err(|failure| failure.into_connect(self.clock.now()))
    }

    async fn sign_in(&self, _: &str, _: &str, _: &Secret) -> Result<Consent, ConnectFailure> {
        Err(no_password_sign_in(Platform::LinkedIn))
    }

    async fn refresh(&self, host: &str, tokens: &Tokens) -> Result<Tokens, Failure> {
        self.renew(host, tokens).await
    }

    fn can_refresh(&self, tokens: &Tokens) -> bool {
        // Only approved partners get refresh tokens.
        tokens.refresh.is_some() && tokens.refresh_expires_at.is_none_or(|end| end > self.clock.now())
    }

    async fn revoke(&self, host: &str, _subject: &str, tokens: &Tokens) -> Result<Revoked, Failure> {
        self.end_consent(host, tokens).await.map(|()| Revoked::Ended)
    }

    async fn profile(&self, access: &Access) -> Result<RemoteAccount, Failure> {
        same_host(&access.host, self.settings.api_base.as_str())?;
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
        progress: &Progress,
        since: DateTime<Utc>,
    ) -> Result<Look, Failure> {
        self.send_again(access, payload, progress, since).await
    }

    fn looks_by_sending(&self) -> bool {
        true
    }

    async fn permalink(&self, _access: &Access, remote_id: &str) -> Result<Option<String>, Failure> {
        Ok(Some(self.public_url(remote_id)))
    }

    async fn delete(&self, access: &Access, remote_id: &str) -> Result<Deleted, Failure> {
        self.remove(access, remote_id).await
    }

    fn settle_window(&self) -> Duration {
        // The refusal of doubles is what tells; it knows a post as soon as it is accepted.
        Duration::from_secs(5)
    }

    fn metrics(&self) -> &'static [Metric] {
        if self.settings.analytics { &statistics::METRICS } else { &statistics::UNTOLD }
    }

    async fn counters(&self, access: &Access) -> Result<AccountCounters, Failure> {
        if !self.settings.analytics {
            return Ok(AccountCounters::default());
        }
        self.totals(access).await
    }

    async fn days(
        &self,
        access: &Access,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<DayCounters>, Failure> {
        if !self.settings.analytics {
            return Ok(Vec::new());
        }
        self.by_day(access, from, to).await
    }

    fn lists_posts(&self) -> bool {
        false
    }

    async fn count(&self, access: &Access, ids: &[String]) -> Result<Vec<(String, Counts)>, Failure> {
        if !self.settings.analytics {
            return Ok(Vec::new());
        }
        self.count_known(access, ids).await
    }
}
