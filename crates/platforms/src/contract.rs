//! What every platform's adapter offers. Publishing is cut into steps so that the caller can store each id that the
//! platform returned before the next call: see `docs/PUBLISHING.md`.

use crate::secret::Secret;
use crate::statistics::{AccountCounters, DayCounters, Posts};
use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, NaiveDate, Utc};
use model::statistics::{Counts, Metric};
use model::{MediaId, Platform};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use url::Url;

/// Tokens of one consent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tokens {
    pub access: Secret,
    pub refresh: Option<Secret>,
    /// When the access token ends; `None`: never, or not told.
    pub access_expires_at: Option<DateTime<Utc>>,
    /// When it can't be renewed any more without the person; `None`: not told.
    pub refresh_expires_at: Option<DateTime<Utc>>,
}

/// What a person's consent gave.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Where the tokens may be sent: the origin of the API, stored with the grant.
    pub host: String,
    /// The platform's id of the person or app user who consented.
    pub subject: String,
    pub tokens: Tokens,
    pub granted_scopes: Vec<String>,
    /// Asked for, and not granted.
    pub missing_scopes: Vec<String>,
    /// Profiles that can be connected.
    pub accounts: Vec<RemoteAccount>,
}

/// A profile at the platform.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemoteAccount {
    pub remote_id: String,
    /// Without `@`; empty where the platform gives none.
    pub handle: String,
    pub name: String,
    pub avatar_url: Option<String>,
    /// Its public page.
    pub url: Option<String>,
    /// A token of its own, where the platform gives one (Facebook Pages).
    pub token: Option<Secret>,
}

/// What a call for one account needs.
#[derive(Clone, Debug)]
pub struct Access {
    /// The grant's host; an adapter sends the token nowhere else.
    pub host: String,
    /// The account's own token where there is one, else the grant's.
    pub token: Secret,
    /// Grows with each new pair of tokens of the grant, or with each token of the account's own: what is learnt with one says
    /// nothing about the next.
    pub version: i64,
    pub remote_id: String,
    pub handle: String,
}

/// What goes out, frozen when the attempt begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Payload {
    pub text: String,
    pub media: Vec<PayloadMedia>,
    /// Fixed for the life of the target: Bluesky's record key (a TID). Other platforms take no key.
    pub publish_key: String,
    /// Fixed when the target is first claimed; Bluesky's `createdAt`.
    pub created_at: DateTime<Utc>,
}

/// A rendition made for the platform.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PayloadMedia {
    pub media: MediaId,
    /// Names the rendition in the store.
    pub key: String,
    pub mime: String,
    pub bytes: u64,
    pub width: u32,
    pub height: u32,
    pub alt: String,
}

/// Where an adapter gets the bytes, or an address from which the platform may fetch them.
#[async_trait]
pub trait MediaSource: Send + Sync {
    async fn bytes(&self, media: &PayloadMedia) -> Result<Bytes, Failure>;
    /// A signed public address of ours, good for at least an hour.
    fn public_url(&self, media: &PayloadMedia) -> Result<Url, Failure>;
}

/// What has been made at the platform so far: ids of uploads and containers. Opaque to the caller, who stores it after
/// every step; each adapter keeps its own type in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Progress(pub serde_json::Value);

impl Progress {
    /// An adapter's own type, kept as JSON.
    pub(crate) fn of(made: &impl Serialize) -> Self {
        Self(serde_json::json!(made))
    }

    /// Back to the adapter's own type. Progress that isn't there or can't be read means that nothing is made yet: making
    /// it again harms nobody.
    pub(crate) fn read<T: DeserializeOwned + Default>(&self) -> T {
        T::deserialize(&self.0).unwrap_or_default()
    }
}

/// The result of one step of preparation.
#[derive(Clone, Debug)]
pub enum Prepare {
    /// One call was made: store the progress, then call `prepare` again.
    Stored(Progress),
    /// The platform is still working on it: store the progress, call again after the wait.
    Wait { progress: Progress, check_after: Duration },
    /// Nothing left but the commit.
    Ready,
}

/// A post as it exists at the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemotePost {
    pub id: String,
    /// Its public address, where known.
    pub url: Option<String>,
    pub published_at: Option<DateTime<Utc>>,
}

/// What looking for a post after a lost answer found.
#[derive(Clone, Debug)]
pub enum Look {
    /// Posts that match, oldest first, all newer than the start of the commit (with the platform's clock tolerance). One of
    /// them is ours unless another target of ours owns it.
    Found(Vec<RemotePost>),
    /// It isn't there now. The caller looks twice, the second time after the settle window.
    Absent,
    /// Still being processed: look again.
    Processing,
    /// The platform can't tell; the reason in plain words.
    Undecidable(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    Gone,
    /// The platform has no such call for this account; the person has to do it there.
    Unsupported,
}

/// A call that failed, as a decision.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{kind:?}: {message}")]
pub struct Failure {
    pub kind: FailureKind,
    /// The platform's own code, such as `190/463` or `DUPLICATE_POST`.
    pub code: Option<String>,
    /// In the platform's words or ours, without secrets, fit to be shown to a person.
    pub message: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum FailureKind {
    /// Nothing was made, and it may pass.
    Transient,
    RateLimited {
        until: Option<DateTime<Utc>>,
    },
    /// The access token was refused, and nothing was made. Refresh once if [`Network::can_refresh`], then try again; else
    /// the person has to reconnect.
    TokenRefused,
    /// The tokens are dead, or a permission is gone.
    ReconnectRequired,
    /// Nothing was made, and it won't pass.
    Rejected,
    /// It may or may not have been made. Only a commit (or delete) returns this: time-out, reset, 5xx after sending.
    Unknown,
    /// The platform refused it as a double of an earlier post. `remote_id` where it names that post.
    Duplicate {
        remote_id: Option<String>,
    },
}

/// What became of a consent that we gave back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoked {
    Ended,
    /// The platform offers no way to end it but in its own settings.
    NotOffered,
}

/// Why connecting failed, for the person who waits.
pub type ConnectFailure = model::error::PlatformProblem;

/// Values for the consent page's address.
#[derive(Clone, Debug)]
pub struct AuthorizeRequest {
    pub redirect_uri: String,
    pub state: String,
    /// S256 challenge; ignored by platforms without PKCE.
    pub pkce_challenge: String,
}

/// One platform.
#[async_trait]
pub trait Network: Send + Sync {
    fn platform(&self) -> Platform;

    /// The origin that new grants get; Bluesky's is only the default.
    fn host(&self) -> String;

    /// Scopes that are asked for; empty where the platform has none.
    fn scopes(&self) -> Vec<String>;

    /// The consent page's address.
    fn authorize_url(&self, request: &AuthorizeRequest) -> Result<Url, ConnectFailure>;

    /// Trades the code for tokens (long-lived where there are such) and finds the accounts.
    async fn exchange(
        &self,
        code: &str,
        pkce_verifier: &Secret,
        redirect_uri: &str,
    ) -> Result<Consent, ConnectFailure>;

    /// By host, handle and app password; only Bluesky.
    async fn sign_in(
        &self,
        host: &str,
        handle: &str,
        app_password: &Secret,
    ) -> Result<Consent, ConnectFailure>;

    /// A new pair of tokens; the old refresh token may be dead afterwards.
    async fn refresh(&self, host: &str, tokens: &Tokens) -> Result<Tokens, Failure>;

    /// Whether tokens can be refreshed without the person at all.
    fn can_refresh(&self, tokens: &Tokens) -> bool;

    /// How long before its end an access token is to be refreshed, where the usual wait is too short.
    fn refresh_ahead(&self) -> Option<Duration> {
        None
    }

    /// Ends the consent at the platform.
    async fn revoke(&self, host: &str, subject: &str, tokens: &Tokens) -> Result<Revoked, Failure>;

    /// The account as the platform shows it now; tells whether the connection works.
    async fn profile(&self, access: &Access) -> Result<RemoteAccount, Failure>;

    /// Makes the next upload or container that is missing in `progress`. Never anything a reader could see.
    async fn prepare(
        &self,
        access: &Access,
        payload: &Payload,
        media: &dyn MediaSource,
        progress: &Progress,
    ) -> Result<Prepare, Failure>;

    /// The one request that makes it public.
    async fn commit(
        &self,
        access: &Access,
        payload: &Payload,
        progress: &Progress,
    ) -> Result<RemotePost, Failure>;

    /// Looks for the post after a lost answer; `since` is when the first commit of this content
    /// began. Never makes a second post.
    async fn look(
        &self,
        access: &Access,
        payload: &Payload,
        progress: &Progress,
        since: DateTime<Utc>,
    ) -> Result<Look, Failure>;

    /// `look` sends the post again and goes by the platform's refusal of doubles. So it must wait until the first request can't
    /// arrive any more, and must not happen when the post is no longer wanted.
    fn looks_by_sending(&self) -> bool {
        false
    }

    /// The public address, asked for after publishing where the commit's answer has none. Best effort.
    async fn permalink(&self, access: &Access, remote_id: &str) -> Result<Option<String>, Failure>;

    async fn delete(&self, access: &Access, remote_id: &str) -> Result<Deleted, Failure>;

    /// How long the platform may take until its lists show a new post.
    fn settle_window(&self) -> Duration;

    /// What the platform tells at all, of accounts or of posts; the rest is "not available" there.
    fn metrics(&self) -> &'static [Metric] {
        &[]
    }

    /// The account's totals now. One call.
    async fn counters(&self, _access: &Access) -> Result<AccountCounters, Failure> {
        Ok(AccountCounters::default())
    }

    /// What the platform itself tells per day, in order of time, both ends included; days of which it tells nothing (yet: it
    /// may be two or three days late) are left out. A few calls, but on Instagram one for each day.
    async fn days(
        &self,
        _access: &Access,
        _from: NaiveDate,
        _to: NaiveDate,
    ) -> Result<Vec<DayCounters>, Failure> {
        Ok(Vec::new())
    }

    /// Whether [`Network::posts`] finds anything. Where not, only posts whose ids we know can be counted.
    fn lists_posts(&self) -> bool {
        true
    }

    /// A page of the account's posts published at or after `since`, with their counters; `cursor` is the page before's
    /// [`Posts::next`]. One to three calls.
    async fn posts(
        &self,
        _access: &Access,
        _since: DateTime<Utc>,
        _cursor: Option<String>,
    ) -> Result<Posts, Failure> {
        Ok(Posts::default())
    }

    /// Counters of posts by their ids, however many; asked in the platform's batches. A post that is gone, or of which the
    /// platform tells nothing, is absent.
    async fn count(&self, _access: &Access, _ids: &[String]) -> Result<Vec<(String, Counts)>, Failure> {
        Ok(Vec::new())
    }
}

/// Refuses to send a token anywhere but where the grant was made.
pub(crate) fn same_host(granted: &str, configured: &str) -> Result<(), Failure> {
    if granted.trim_end_matches('/') == configured {
        return Ok(());
    }
    Err(Failure::new(
        FailureKind::ReconnectRequired,
        Some("other_host".to_owned()),
        format!(
            "The account was connected at {granted}, and the settings now name {configured}: connect it again."
        ),
    ))
}

/// The answer of platforms that have a consent page.
pub(crate) fn no_password_sign_in(platform: Platform) -> ConnectFailure {
    ConnectFailure::Said {
        message: format!("{} is connected by its consent page, not by password.", platform.name()),
    }
}

/// A consent page's address.
pub(crate) fn consent_url(page: &str, query: &[(&str, &str)]) -> Result<Url, ConnectFailure> {
    Url::parse_with_params(page, query).map_err(|error| ConnectFailure::Said { message: error.to_string() })
}
