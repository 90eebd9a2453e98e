//! A client for the media store that the operator named; it may lie in the local network, which a platform never does.

use super::{HttpSetupError, bounded};
use std::time::Duration;

/// `request` bounds each request as a whole.
///
/// # Errors
/// When TLS can't be set up.
pub fn client_for_store(request: Duration) -> Result<reqwest::Client, HttpSetupError> {
    Ok(bounded(request).build()?)
}
