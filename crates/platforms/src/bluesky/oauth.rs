//! Sessions by app password: <https://docs.bsky.app/docs/api/com-atproto-server-create-session>.

use super::{Bluesky, errors, method, read, server_address};
use crate::contract::{ConnectFailure, Consent, Failure, FailureKind, Tokens};
use crate::failure::Call;
use crate::http::HttpError;
use crate::secret::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    access_jwt: Secret,
    refresh_jwt: Secret,
    did: String,
    handle: String,
}

#[derive(Deserialize)]
struct Claims {
    exp: i64,
}

#[derive(Deserialize)]
struct Resolved {
    did: String,
}

#[derive(Deserialize)]
struct DidDocument {
    #[serde(default)]
    service: Vec<Service>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Service {
    id: String,
    service_endpoint: String,
}

/// When a token ends, as it says itself. The signature is the server's business.
fn expiry(jwt: &Secret) -> Option<DateTime<Utc>> {
    let claims = URL_SAFE_NO_PAD.decode(jwt.expose().split('.').nth(1)?).ok()?;
    DateTime::from_timestamp(serde_json::from_slice::<Claims>(&claims).ok()?.exp, 0)
}

impl From<&Session> for Tokens {
    fn from(session: &Session) -> Self {
        Self {
            access: session.access_jwt.clone(),
            access_expires_at: expiry(&session.access_jwt),
            refresh_expires_at: expiry(&session.refresh_jwt),
            refresh: Some(session.refresh_jwt.clone()),
        }
    }
}

impl Bluesky {
    pub(super) async fn open_session(
        &self,
        host: &str,
        handle: &str,
        app_password: &Secret,
    ) -> Result<Consent, ConnectFailure> {
        let host = server_address(host, self.http.policy())
            .map_err(|problem| ConnectFailure::Said { message: format!("{host}: {problem:?}") })?;
        let handle = handle.trim().trim_start_matches('@').to_owned();
        match self.create_session(&host, &handle, app_password).await {
            Ok(session) => self.consent(host, &session).await,
            // The offered server signs its own accounts in only; others have theirs, which their identity names.
            Err(ConnectFailure::WrongCredentials) if host == self.settings.default_host.as_str() => {
                let Some(own) = self.own_server(&host, &handle).await.filter(|own| *own != host) else {
                    return Err(ConnectFailure::WrongCredentials);
                };
                let session = self.create_session(&own, &handle, app_password).await?;
                self.consent(own, &session).await
            }
            Err(problem) => Err(problem),
        }
    }

    async fn create_session(
        &self,
        host: &str,
        handle: &str,
        app_password: &Secret,
    ) -> Result<Session, ConnectFailure> {
        let body = json!({ "identifier": handle, "password": app_password.expose() });
        let request = self.http.post(method(host, "com.atproto.server.createSession")).json(&body);
        let answer = self.http.send(request).await.map_err(|error| match error {
            HttpError::Blocked(problem) => ConnectFailure::Said { message: format!("{host}: {problem:?}") },
            _ => ConnectFailure::Unreachable,
        })?;
        if answer.is_success() {
            return answer
                .json()
                .map_err(|_| ConnectFailure::Said { message: format!("{host} is not a Bluesky server.") });
        }
        let failure = errors::failure(&answer, Call::Repeatable);
        Err(match failure.code.as_deref() {
            Some("AuthFactorTokenRequired") => ConnectFailure::SecondFactor,
            Some("AuthenticationRequired") => ConnectFailure::WrongCredentials,
            // A refusal without a name comes from something else than a server of the protocol.
            Some(code) if code.parse::<u16>().is_ok() && failure.kind == FailureKind::Rejected => {
                ConnectFailure::Said { message: format!("{host} is not a Bluesky server.") }
            }
            _ => failure.into_connect(self.clock.now()),
        })
    }

    async fn consent(&self, host: String, session: &Session) -> Result<Consent, ConnectFailure> {
        let account = self
            .whoami(&host, &session.did, &session.access_jwt)
            .await
            .map_err(|failure| failure.into_connect(self.clock.now()))?;
        Ok(Consent {
            host,
            subject: session.did.clone(),
            tokens: session.into(),
            granted_scopes: Vec::new(),
            missing_scopes: Vec::new(),
            // `handle.invalid` is what an AppView shows while it can't verify a handle.
            accounts: vec![match account.handle.as_str() {
                "handle.invalid" => {
                    crate::contract::RemoteAccount { handle: session.handle.clone(), ..account }
                }
                _ => account,
            }],
        })
    }

    /// The server of an account: handle → DID → its document's `#atproto_pds`
    /// (<https://atproto.com/specs/did#did-documents>). `None` where a step fails.
    async fn own_server(&self, host: &str, handle: &str) -> Option<String> {
        if self.settings.sandbox || !handle.contains('.') || handle.contains('@') {
            return None;
        }
        let request =
            self.http.get(method(host, "com.atproto.identity.resolveHandle")).query(&[("handle", handle)]);
        let did = self.send(request, Call::Repeatable).await.ok()?.json::<Resolved>().ok()?.did;
        let document = match did.strip_prefix("did:web:") {
            Some(domain) if !domain.contains([':', '/', '%']) => {
                format!("https://{domain}/.well-known/did.json")
            }
            Some(_) => return None,
            None => self.settings.plc_base.at(&format!("/{did}")),
        };
        let document =
            self.send(self.http.get(document), Call::Repeatable).await.ok()?.json::<DidDocument>().ok()?;
        let pds = document.service.into_iter().find(|service| service.id.ends_with("#atproto_pds"))?;
        server_address(&pds.service_endpoint, self.http.policy()).ok()
    }

    pub(super) async fn renew(&self, host: &str, tokens: &Tokens) -> Result<Tokens, Failure> {
        let refresh = tokens
            .refresh
            .as_ref()
            .ok_or_else(|| Failure::reconnect("There is no refresh token: connect again."))?;
        let request = self.http.post(method(host, "com.atproto.server.refreshSession"));
        match self.ask(refresh, request, Call::Repeatable).await {
            Ok(answer) => Ok((&read::<Session>(&answer, Call::Repeatable)?).into()),
            Err(failure) if failure.kind == FailureKind::TokenRefused => {
                Err(Failure { kind: FailureKind::ReconnectRequired, ..failure })
            }
            Err(failure) => Err(failure),
        }
    }

    pub(super) async fn close_session(&self, host: &str, tokens: &Tokens) -> Result<(), Failure> {
        // Sessions are closed with the refresh token.
        let Some(refresh) = &tokens.refresh else { return Ok(()) };
        let request = self.http.post(method(host, "com.atproto.server.deleteSession"));
        match self.ask(refresh, request, Call::Repeatable).await {
            Ok(_) => Ok(()),
            // It is over already.
            Err(failure)
                if matches!(failure.kind, FailureKind::TokenRefused | FailureKind::ReconnectRequired) =>
            {
                Ok(())
            }
            Err(failure) => Err(failure),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_tells_its_end() {
        let claims = URL_SAFE_NO_PAD.encode(r#"{"scope":"com.atproto.access","exp":1763000000}"#);
        assert_eq!(expiry(&Secret::new(format!("h.{claims}.s"))), DateTime::from_timestamp(1_763_000_000, 0));
        assert_eq!(expiry(&Secret::new("opaque")), None);
    }
}
