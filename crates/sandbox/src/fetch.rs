//! Fetches media from the address a client gave, as Meta does: `HEAD`, then `GET` with `Range`, under the user agent
//! of its crawler (<https://developers.facebook.com/docs/sharing/webmasters/web-crawlers>).

use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use http::header;
use std::time::Duration;

const USER_AGENT: &str = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)";
/// Bytes asked for in one range.
const RANGE: u64 = 1 << 20;

/// Why nothing could be fetched.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    #[error("the address is not http or https")]
    BadAddress,
    #[error("the server answered {0}")]
    Status(u16),
    #[error("the medium is larger than {0} bytes")]
    TooLarge(u64),
    #[error("{0}")]
    Http(#[from] reqwest::Error),
}

/// What was fetched.
#[derive(Debug)]
pub(crate) struct Fetched {
    pub(crate) bytes: Bytes,
    pub(crate) content_type: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Fetcher {
    client: reqwest::Client,
}

impl Fetcher {
    pub(crate) fn new() -> Result<Self, reqwest::Error> {
        // An error only says that the process has a TLS provider already.
        drop(rustls::crypto::ring::default_provider().install_default());
        Ok(Self { client: build()? })
    }

    /// Fetches `url`, at most `limit` bytes.
    pub(crate) async fn fetch(&self, url: &str, limit: u64) -> Result<Fetched, FetchError> {
        let url = url::Url::parse(url)
            .ok()
            .filter(|u| matches!(u.scheme(), "http" | "https"))
            .ok_or(FetchError::BadAddress)?;
        let head = self.client.head(url.clone()).send().await?;
        if !head.status().is_success() {
            return Err(FetchError::Status(head.status().as_u16()));
        }
        let declared = head.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok());
        if declared.and_then(|v| v.parse::<u64>().ok()).is_some_and(|len| len > limit) {
            return Err(FetchError::TooLarge(limit));
        }
        let content_type =
            head.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).map(str::to_owned);
        Ok(Fetched { bytes: self.ranges(&url, limit).await?, content_type })
    }

    async fn ranges(&self, url: &url::Url, limit: u64) -> Result<Bytes, FetchError> {
        let mut out = BytesMut::new();
        loop {
            let from = u64::try_from(out.len()).unwrap_or(u64::MAX);
            let range = format!("bytes={from}-{}", from + RANGE - 1);
            let answer = self.client.get(url.clone()).header(header::RANGE, range).send().await?;
            let status = answer.status().as_u16();
            let total = answer
                .headers()
                .get(header::CONTENT_RANGE)
                .and_then(|v| v.to_str().ok())
                .and_then(|v| v.rsplit('/').next())
                .and_then(|v| v.parse::<u64>().ok());
            match status {
                206 => {}
                // A server without ranges sends everything at once.
                200 if from == 0 => {}
                _ => return Err(FetchError::Status(status)),
            }
            let mut body = answer.bytes_stream();
            while let Some(part) = body.next().await {
                out.extend_from_slice(&part?);
                if u64::try_from(out.len()).unwrap_or(u64::MAX) > limit {
                    return Err(FetchError::TooLarge(limit));
                }
            }
            let have = u64::try_from(out.len()).unwrap_or(u64::MAX);
            if status == 200 || have == from || total.is_none_or(|t| have >= t) {
                return Ok(out.freeze());
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the sandbox plays Meta's crawler and stands apart from platforms::http"
)]
fn build() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder().user_agent(USER_AGENT).timeout(Duration::from_secs(20)).build()
}
