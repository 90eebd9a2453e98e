//! Which app is calling.

use crate::form::Params;
use crate::state::{App, Platform};
use crate::world::Ledger;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, header};

/// Why a client was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClientError {
    /// No credentials where the platform wants them.
    Missing,
    /// Unknown id.
    UnknownId,
    /// Wrong secret.
    BadSecret,
}

/// The client of `Authorization: Basic`, id and secret form-encoded as RFC 6749 section 2.3.1 says.
pub(crate) fn basic(
    ledger: &Ledger,
    platform: Platform,
    headers: &HeaderMap,
) -> Result<Option<App>, ClientError> {
    let Some(value) = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()) else {
        return Ok(None);
    };
    let decoded = value
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
        .and_then(|(_, text)| STANDARD.decode(text.trim()).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or(ClientError::Missing)?;
    let (id, secret) = decoded.split_once(':').ok_or(ClientError::Missing)?;
    let plain = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    check(ledger, platform, &plain(id), &plain(secret)).map(Some)
}

/// The client of `client_id` and `client_secret` in body or query.
pub(crate) fn posted(ledger: &Ledger, platform: Platform, params: &Params) -> Result<App, ClientError> {
    named(ledger, platform, params, "client_id")
}

/// The same where the platform has a name of its own for the id.
pub(crate) fn named(
    ledger: &Ledger,
    platform: Platform,
    params: &Params,
    name: &str,
) -> Result<App, ClientError> {
    let id = params.get(name).ok_or(ClientError::Missing)?;
    let secret = params.get("client_secret").ok_or(ClientError::Missing)?;
    check(ledger, platform, id, secret)
}

fn check(ledger: &Ledger, platform: Platform, id: &str, secret: &str) -> Result<App, ClientError> {
    let app = ledger.apps.get(&(platform, id.to_owned())).ok_or(ClientError::UnknownId)?;
    if app.client_secret == secret { Ok(app.clone()) } else { Err(ClientError::BadSecret) }
}
