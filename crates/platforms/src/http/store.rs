//! A client for the media store that the operator named; it may lie in the local network, which a platform never does.

use super::HttpSetupError;
use reqwest::redirect;
use std::time::Duration;

/// `request` bounds each request as a whole.
///
/// # Errors
/// When TLS can't be set up.
#[expect(clippy::disallowed_methods, reason = "the address is the configuration's, not a person's")]
pub fn client_for_store(request: Duration) -> Result<reqwest::Client, HttpSetupError> {
    // An error only says that the process has a TLS provider already.
    drop(rustls::crypto::ring::default_provider().install_default());
    Ok(reqwest::Client::builder()
        .user_agent(concat!("Fanfare/", env!("CARGO_PKG_VERSION")))
        // Requests are signed for one host.
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .timeout(request)
        .connect_timeout(super::CONNECT.min(request))
        .pool_idle_timeout(super::IDLE)
        .tcp_nodelay(true)
        .build()?)
}
