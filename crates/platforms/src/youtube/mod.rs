//! YouTube channels, by the Data API v3 and the Analytics API v2: <https://developers.google.com/youtube>. Channels are connected for
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
use crate::settings::YouTubeSettings;
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

pub(crate) struct YouTube {
    settings: YouTubeSettings,
    http: Http,
    clock: SharedClock,
}

/// A list of the Data API.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List<T> {
    /// Left out when there is nothing.
    #[serde(default = "Vec::new")]
    items: Vec<T>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct Channel {
    id: String,
    snippet: ChannelSnippet,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ChannelSnippet {
    title: String,
    /// The handle with its `@`, in small letters.
    custom_url: Option<String>,
    thumbnails: Option<Thumbnails>,
}

#[derive(Deserialize)]
struct Thumbnails {
    default: Option<Thumbnail>,
}

#[derive(Deserialize)]
struct Thumbnail {
    url: Option<String>,
}

impl YouTube {
    pub(crate) fn new(settings: YouTubeSettings, http: Http, clock: SharedClock) -> Self {
        Self { settings, http, clock }
    }

    fn api(&self, path: &str) -> String {
        self.settings.api_base.at(&format!("/youtube/v3{path}"))
    }

    /// Sends a request with the account's token, if its grant was made with the configured host.
    async fn ask(&self, access: &Access, request: RequestBuilder) -> Result<Answer, Failure> {
        same_host(&access.host, self.settings.api_base.as_str())?;
        self.send(request.bearer_auth(access.token.expose())).await
    }

    async fn send(&self, request: RequestBuilder) -> Result<Answer, Failure> {
        let call = Call::Repeatable;
        let answer = self.http.send(request).await.map_err(|error| call.no_answer(&error))?;
        if answer.is_success() { Ok(answer) } else { Err(errors::failure(&answer, self.clock.now())) }
    }

    /// The person's channel; a Google account may have none.
    async fn channel(&self, token: &Secret) -> Result<Option<RemoteAccount>, Failure> {
        let request = self
            .http
            .get(self.api("/channels"))
            .query(&[("part", "snippet"), ("mine", "true")])
            .bearer_auth(token.expose());
        let answer = self.send(request).await?;
        let list: List<Channel> = answer.json().map_err(|_| Call::Repeatable.unreadable(&answer))?;
        Ok(list.items.into_iter().next().map(|channel| self.account(channel)))
    }

    fn account(&self, Channel { id, snippet }: Channel) -> RemoteAccount {
        let handle = snippet.custom_url.unwrap_or_default().trim_start_matches('@').to_owned();
        let path = if handle.is_empty() { format!("/channel/{id}") } else { format!("/@{handle}") };
        RemoteAccount {
            url: Some(self.settings.web_base.at(&path)),
            remote_id: id,
            handle,
            name: snippet.title,
            avatar_url: snippet.thumbnails.and_then(|thumbnails| thumbnails.default?.url),
            token: None,
        }
    }

    fn public_url(&self, video: &str) -> String {
        self.settings.web_base.at(&format!("/watch?v={video}"))
    }
}

#[async_trait]
impl Network for YouTube {
    fn platform(&self) -> Platform {
        Platform::YouTube
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
        Err(no_password_sign_in(Platform::YouTube))
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
        same_host(&access.host, self.settings.api_base.as_str())?;
        let none = || Failure::reconnect("The Google account has no YouTube channel any more.");
        self.channel(&access.token).await?.ok_or_else(none)
    }

    async fn prepare(
        &self,
        _: &Access,
        _: &Payload,
        _: &dyn MediaSource,
        _: &Progress,
    ) -> Result<Prepare, Failure> {
        Err(not_offered(Platform::YouTube))
    }

    async fn commit(&self, _: &Access, _: &Payload, _: &Progress) -> Result<RemotePost, Failure> {
        Err(not_offered(Platform::YouTube))
    }

    async fn look(&self, _: &Access, _: &Payload, _: &Progress, _: DateTime<Utc>) -> Result<Look, Failure> {
        Err(not_offered(Platform::YouTube))
    }

    async fn permalink(&self, _: &Access, remote_id: &str) -> Result<Option<String>, Failure> {
        Ok(Some(self.public_url(remote_id)))
    }

    async fn delete(&self, _: &Access, _: &str) -> Result<Deleted, Failure> {
        // It would need a permission to manage the channel, which isn't asked for.
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
        let mut counted = Vec::with_capacity(ids.len());
        for batch in ids.chunks(statistics::BATCH) {
            let videos = self.videos(access, batch).await?;
            counted.extend(videos.into_iter().map(|video| (video.id().to_owned(), video.counts())));
        }
        Ok(counted)
    }
}
