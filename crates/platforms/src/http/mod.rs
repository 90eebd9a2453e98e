//! The one way out: every request to a platform, or to a host that a person named, goes through [`Http`].

mod policy;
mod resolver;
mod store;

pub use policy::{BadAllowEntry, OutboundPolicy};
pub use store::client_for_store;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use model::error::HostProblem;
use model::timing::Timing;
use reqwest::{ClientBuilder, RequestBuilder, redirect, retry};
use resolver::{FilteredResolver, PrivateName};
use serde::de::DeserializeOwned;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// The largest answer that is read, in bytes. The platforms' answers are a few kilobytes.
pub const MAX_ANSWER_BYTES: usize = 4 * 1024 * 1024;
/// A connection that isn't there after this long won't come.
const CONNECT: Duration = Duration::from_secs(10);
/// Kept open between bursts. Below the idle limits of common front ends (60 s), so that a request is seldom written to a
/// connection which the other side is just closing.
const IDLE: Duration = Duration::from_secs(45);
const IDLE_PER_HOST: usize = 64;

/// A client can't be set up; only at start.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client can't be set up: {0}")]
pub struct HttpSetupError(#[from] reqwest::Error);

/// Why there is no answer. What matters is whether the other side may have acted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// The address may not be called; nothing was sent.
    #[error("the address may not be called: {0:?}")]
    Blocked(HostProblem),
    /// No connection was made: surely nothing was sent.
    #[error("no connection: {0}")]
    NotSent(String),
    /// Sent, at least in part, and no whole answer: the other side may have acted.
    #[error("no answer: {0}")]
    MaybeSent(String),
    /// The answer was longer than we read; the other side has acted.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge { limit: usize },
}

/// A whole answer, whatever its status.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn is_success(&self) -> bool {
        self.status.is_success()
    }

    /// The body read as JSON.
    ///
    /// # Errors
    /// When it is something else.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The client. Cloning is cheap and shares the connections.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    policy: Arc<OutboundPolicy>,
}

impl Http {
    /// `timing.request` bounds each request as a whole.
    ///
    /// # Errors
    /// When TLS can't be set up.
    pub fn new(policy: OutboundPolicy, timing: &Timing) -> Result<Self, HttpSetupError> {
        let policy = Arc::new(policy);
        Ok(Self { client: build(Arc::clone(&policy), timing.request)?, policy })
    }

    /// The rule that addresses are checked against.
    pub fn policy(&self) -> &OutboundPolicy {
        &self.policy
    }

    pub fn get(&self, url: impl reqwest::IntoUrl) -> RequestBuilder {
        self.client.get(url)
    }

    pub fn post(&self, url: impl reqwest::IntoUrl) -> RequestBuilder {
        self.client.post(url)
    }

    pub fn put(&self, url: impl reqwest::IntoUrl) -> RequestBuilder {
        self.client.put(url)
    }

    pub fn delete(&self, url: impl reqwest::IntoUrl) -> RequestBuilder {
        self.client.delete(url)
    }

    /// Sends a request once and reads the whole answer, at most [`MAX_ANSWER_BYTES`]. Redirects are not followed.
    ///
    /// # Errors
    /// When there is no whole answer.
    pub async fn send(&self, request: RequestBuilder) -> Result<Answer, HttpError> {
        self.send_capped(request, MAX_ANSWER_BYTES).await
    }

    /// Fetches a file such as an avatar, at most `limit` bytes, following up to three redirects, each checked.
    ///
    /// # Errors
    /// When there is no whole answer.
    pub async fn fetch(&self, url: Url, limit: usize) -> Result<Answer, HttpError> {
        let mut url = url;
        for _ in 0..3 {
            let answer = self.send_capped(self.get(url.clone()), limit).await?;
            match answer.header("location").map(|next| url.join(next)) {
                Some(Ok(next)) if answer.status.is_redirection() => url = next,
                _ => return Ok(answer),
            }
        }
        self.send_capped(self.get(url), limit).await
    }

    async fn send_capped(&self, request: RequestBuilder, limit: usize) -> Result<Answer, HttpError> {
        let (client, request) = request.build_split();
        let request = request.map_err(|error| HttpError::NotSent(words(error)))?;
        self.policy.check(request.url()).map_err(HttpError::Blocked)?;
        let (method, host) = (request.method().clone(), request.url().authority().to_owned());
        let mut response = client.execute(request).await.map_err(classify)?;
        let (status, headers) = (response.status(), response.headers().clone());
        // Neither path nor query: both may hold what must not be logged.
        tracing::debug!(http.method = %method, http.host = %host, http.status = status.as_u16(), "http.answered");
        let mut body = BytesMut::new();
        while let Some(part) = response.chunk().await.map_err(|error| HttpError::MaybeSent(words(error)))? {
            if body.len() + part.len() > limit {
                return Err(HttpError::TooLarge { limit });
            }
            body.extend_from_slice(&part);
        }
        Ok(Answer { status, headers, body: body.freeze() })
    }
}

fn classify(error: reqwest::Error) -> HttpError {
    if caused_by::<PrivateName>(&error) {
        return HttpError::Blocked(HostProblem::PrivateAddress);
    }
    // `is_connect` covers name resolution, TCP and TLS: the request itself is written only afterwards.
    if error.is_connect() || error.is_builder() {
        return HttpError::NotSent(words(error));
    }
    HttpError::MaybeSent(words(error))
}

fn caused_by<E: Error + 'static>(error: &(dyn Error + 'static)) -> bool {
    error.is::<E>() || error.source().is_some_and(|cause| caused_by::<E>(cause))
}

/// The chain of causes, without the address: its query may hold a token.
fn words(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut out = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        out.push_str(": ");
        out.push_str(&cause.to_string());
        source = cause.source();
    }
    out
}

fn build(policy: Arc<OutboundPolicy>, request: Duration) -> Result<reqwest::Client, HttpSetupError> {
    let builder = bounded(request)
        .dns_resolver(FilteredResolver(policy))
        // By default requests are sent again after some HTTP/2 refusals; only the publisher decides that.
        .retry(retry::never());
    Ok(builder.build()?)
}

/// What every client of ours has in common.
#[expect(clippy::disallowed_methods, reason = "the guarded client, and the media store's, are made of this")]
fn bounded(request: Duration) -> ClientBuilder {
    // An error only says that the process has a TLS provider already.
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::builder()
        .user_agent(concat!("Fanfare/", env!("CARGO_PKG_VERSION")))
        // A redirect would need its own check, and a new signature where requests are signed; no API call here has one.
        .redirect(redirect::Policy::none())
        // A proxy from the environment would resolve names itself, past our filter.
        .no_proxy()
        .referer(false)
        .timeout(request)
        .connect_timeout(CONNECT.min(request))
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(IDLE_PER_HOST)
        .tcp_nodelay(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    fn http(allow: &[String], request: Duration) -> Http {
        let timing = Timing { request, ..Timing::default() };
        Http::new(OutboundPolicy::new(allow).unwrap(), &timing).unwrap()
    }

    /// A server that reads one request and then answers with `answer` and closes.
    async fn server(answer: &'static [u8]) -> std::net::SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut buffer = [0; 4096];
                let read = stream.read(&mut buffer).await.unwrap();
                assert!(read > 0);
                stream.write_all(answer).await.unwrap();
            }
        });
        addr
    }

    #[tokio::test]
    async fn a_refused_connection_is_surely_not_sent() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        drop(listener);
        let http = http(&[addr.to_string()], Duration::from_secs(5));
        let error = http.send(http.post(format!("http://{addr}/"))).await.unwrap_err();
        assert!(matches!(error, HttpError::NotSent(_)), "{error:?}");
    }

    #[tokio::test]
    async fn an_answer_that_never_comes_or_breaks_off_may_have_been_sent() {
        for answer in [&b""[..], b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"] {
            let addr = server(answer).await;
            let http = http(&[addr.to_string()], Duration::from_secs(5));
            let error =
                http.send(http.post(format!("http://{addr}/?access_token=s3cret"))).await.unwrap_err();
            assert!(matches!(error, HttpError::MaybeSent(_)), "{error:?}");
            assert!(!error.to_string().contains("s3cret"), "{error}");
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let http = http(&[addr.to_string()], Duration::from_millis(100));
        let error = http.send(http.post(format!("http://{addr}/"))).await.unwrap_err();
        assert!(matches!(error, HttpError::MaybeSent(_)), "{error:?}");
    }

    #[tokio::test]
    async fn names_that_lead_inside_are_blocked() {
        let http = http(&[], Duration::from_secs(5));
        for url in ["https://localhost/", "https://127.0.0.1/"] {
            let error = http.send(http.get(url)).await.unwrap_err();
            assert_eq!(error, HttpError::Blocked(HostProblem::PrivateAddress), "{url}");
        }
    }

    #[tokio::test]
    async fn a_redirect_of_a_fetch_is_checked_again() {
        let addr =
            server(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n").await;
        let http = http(&[addr.to_string()], Duration::from_secs(5));
        let url = Url::parse(&format!("http://{addr}/avatar")).unwrap();
        let error = http.fetch(url, 1000).await.unwrap_err();
        assert_eq!(error, HttpError::Blocked(HostProblem::PortNotAllowed));
    }

    #[tokio::test]
    async fn long_answers_are_cut_off() {
        let addr = server(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789").await;
        let http = http(&[addr.to_string()], Duration::from_secs(5));
        let url = Url::parse(&format!("http://{addr}/")).unwrap();
        assert_eq!(http.fetch(url, 9).await.unwrap_err(), HttpError::TooLarge { limit: 9 });
    }
}
