//! Login Kit: <https://developers.tiktok.com/doc/login-kit-web/>, tokens:
//! <https://developers.tiktok.com/doc/oauth-user-access-token-management>. TikTok says `client_key`, separates scopes by commas,
//! and may answer a refusal with status 200, so the `oauth2` crate doesn't fit. PKCE is for apps on devices.

use super::TikTok;
use crate::contract::{
    AuthorizeRequest, ConnectFailure, Consent, Failure, FailureKind, Tokens, consent_url, same_host,
};
use crate::failure::{Call, is_server_fault};
use crate::oauth::{after, missing, split_scopes};
use crate::secret::Secret;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use url::Url;

/// `username` needs `user.info.profile`, the counts `user.info.stats`.
pub(super) const SCOPES: [&str; 4] =
    ["user.info.basic", "user.info.profile", "user.info.stats", "video.list"];

#[derive(Deserialize)]
#[serde(untagged)]
enum TokenAnswer {
    Granted(Granted),
    Refused { error: String, error_description: Option<String> },
}

#[derive(Deserialize)]
struct Granted {
    open_id: String,
    scope: String,
    access_token: Secret,
    expires_in: Option<u64>,
    refresh_token: Option<Secret>,
    refresh_expires_in: Option<u64>,
}

impl Granted {
    fn tokens(self, now: DateTime<Utc>) -> Tokens {
        Tokens {
            access: self.access_token,
            refresh: self.refresh_token,
            access_expires_at: self.expires_in.and_then(|seconds| after(now, seconds)),
            refresh_expires_at: self.refresh_expires_in.and_then(|seconds| after(now, seconds)),
        }
    }
}

impl TikTok {
    pub(super) fn consent_page(&self, request: &AuthorizeRequest) -> Result<Url, ConnectFailure> {
        if self.settings.client_key.is_empty() || self.settings.client_secret.is_empty() {
            return Err(ConnectFailure::NotConfigured);
        }
        consent_url(
            &self.settings.authorize_base.at("/v2/auth/authorize/"),
            &[
                ("client_key", &self.settings.client_key),
                ("scope", &SCOPES.join(",")),
                ("response_type", "code"),
                ("redirect_uri", &request.redirect_uri),
                ("state", &request.state),
            ],
        )
    }

    async fn token(&self, values: &[(&str, &str)]) -> Result<Granted, Failure> {
        let form = [
            ("client_key", self.settings.client_key.as_str()),
            ("client_secret", self.settings.client_secret.expose()),
        ];
        let form: Vec<_> = form.iter().chain(values).collect();
        let request = self.http.post(self.api("/v2/oauth/token/")).form(&form);
        let answer = self.http.send(request).await.map_err(|error| Call::Repeatable.no_answer(&error))?;
        match answer.json::<TokenAnswer>() {
            Ok(TokenAnswer::Granted(granted)) => Ok(granted),
            Ok(TokenAnswer::Refused { error, error_description }) => {
                let kind = match error.as_str() {
                    "invalid_grant" | "access_denied" => FailureKind::ReconnectRequired,
                    "rate_limit_exceeded" => FailureKind::RateLimited { until: None },
                    "server_error" | "temporarily_unavailable" => FailureKind::Transient,
                    _ => FailureKind::Rejected,
                };
                let words = error_description.unwrap_or_else(|| error.clone());
                Err(Failure::new(kind, Some(error), words))
            }
            // The body may hold tokens: it is not shown.
            Err(_) if is_server_fault(&answer) || answer.is_success() => Err(Failure::new(
                FailureKind::Transient,
                Some("token_answer".to_owned()),
                "TikTok's token answer could not be read.",
            )),
            Err(_) => Err(super::errors::failure(&answer, self.clock.now())
                .unwrap_or_else(|| Call::Repeatable.unreadable(&answer))),
        }
    }

    pub(super) async fn consent(&self, code: &str, redirect_uri: &str) -> Result<Consent, Failure> {
        let values = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect_uri)];
        let granted = self.token(&values).await?;
        let asked = SCOPES.map(str::to_owned);
        let scopes: Vec<String> = split_scopes(&granted.scope).collect();
        let has = |scope: &str| scopes.iter().any(|granted| granted == scope);
        let accounts = if has("user.info.basic") {
            vec![self.me(&granted.access_token, has("user.info.profile")).await?]
        } else {
            vec![]
        };
        Ok(Consent {
            host: self.settings.api_base.as_str().to_owned(),
            subject: granted.open_id.clone(),
            missing_scopes: missing(&asked, &scopes),
            granted_scopes: scopes,
            tokens: granted.tokens(self.clock.now()),
            accounts,
        })
    }

    /// "If the returned refresh_token is different than the one passed, use the newly-returned token": the old one is dead then.
    pub(super) async fn renew(&self, host: &str, tokens: &Tokens) -> Result<Tokens, Failure> {
        same_host(host, self.settings.api_base.as_str())?;
        let none = || Failure::reconnect("TikTok gave no refresh token: connect again.");
        let refresh = tokens.refresh.as_ref().ok_or_else(none)?;
        let values = [("grant_type", "refresh_token"), ("refresh_token", refresh.expose())];
        let renewed = self.token(&values).await?.tokens(self.clock.now());
        Ok(Tokens { refresh: renewed.refresh.or_else(|| tokens.refresh.clone()), ..renewed })
    }

    pub(super) async fn end_consent(&self, host: &str, tokens: &Tokens) -> Result<(), Failure> {
        same_host(host, self.settings.api_base.as_str())?;
        let request = self.http.post(self.api("/v2/oauth/revoke/")).form(&[
            ("client_key", self.settings.client_key.as_str()),
            ("client_secret", self.settings.client_secret.expose()),
            ("token", tokens.access.expose()),
        ]);
        let answer = self.http.send(request).await.map_err(|error| Call::Repeatable.no_answer(&error))?;
        match answer.json::<TokenAnswer>() {
            Ok(TokenAnswer::Refused { error, error_description }) => {
                let words = error_description.unwrap_or_else(|| error.clone());
                Err(Failure::new(FailureKind::Rejected, Some(error), words))
            }
            _ if answer.is_success() => Ok(()),
            _ => Err(Call::Repeatable.unreadable(&answer)),
        }
    }
}
