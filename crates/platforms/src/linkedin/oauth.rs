//! <https://learn.microsoft.com/linkedin/shared/authentication/authorization-code-flow>. No PKCE: it belongs to the flow for
//! native apps only.

use super::LinkedIn;
use crate::contract::{AuthorizeRequest, ConnectFailure, Consent, Failure, Tokens, consent_url, same_host};
use crate::failure::Call;
use crate::oauth::{TokenEndpoint, missing};
use crate::secret::Secret;
use oauth2::AuthType;
use url::Url;

/// What self-serve apps get with the products "Sign In with LinkedIn using OpenID Connect" and "Share on LinkedIn".
const SCOPES: [&str; 3] = ["openid", "profile", "w_member_social"];

/// "Restricted to members", and to apps that LinkedIn lets have them.
const ANALYTICS: [&str; 2] = ["r_member_postAnalytics", "r_member_profileAnalytics"];

impl LinkedIn {
    pub(super) fn asked_scopes(&self) -> Vec<String> {
        let analytics = if self.settings.analytics { &ANALYTICS[..] } else { &[] };
        SCOPES.iter().chain(analytics).map(|scope| (*scope).to_owned()).collect()
    }

    pub(super) fn consent_page(&self, request: &AuthorizeRequest) -> Result<Url, ConnectFailure> {
        if self.settings.client_id.is_empty() || self.settings.client_secret.is_empty() {
            return Err(ConnectFailure::NotConfigured);
        }
        consent_url(
            &self.settings.www_base.at("/oauth/v2/authorization"),
            &[
                ("response_type", "code"),
                ("client_id", &self.settings.client_id),
                ("redirect_uri", &request.redirect_uri),
                ("state", &request.state),
                ("scope", &self.asked_scopes().join(" ")),
            ],
        )
    }

    fn token_endpoint(&self) -> TokenEndpoint<'_> {
        TokenEndpoint {
            http: &self.http,
            url: self.settings.www_base.at("/oauth/v2/accessToken"),
            client_id: &self.settings.client_id,
            client_secret: &self.settings.client_secret,
            auth: AuthType::RequestBody,
            now: self.clock.now(),
        }
    }

    pub(super) async fn consent(&self, code: &str, redirect_uri: &str) -> Result<Consent, Failure> {
        let answer = self.token_endpoint().exchange(code, None, redirect_uri).await?;
        let asked = self.asked_scopes();
        let granted = answer.granted(&asked);
        let tokens = answer.tokens(self.clock.now());
        let account = self.me(&tokens.access).await?;
        Ok(Consent {
            host: self.settings.api_base.as_str().to_owned(),
            subject: account.remote_id.clone(),
            missing_scopes: missing(&asked, &granted),
            granted_scopes: granted,
            tokens,
            accounts: vec![account],
        })
    }

    pub(super) async fn renew(&self, host: &str, tokens: &Tokens) -> Result<Tokens, Failure> {
        same_host(host, self.settings.api_base.as_str())?;
        let none = || Failure::reconnect("LinkedIn gave no refresh token: connect again.");
        let refresh: &Secret = tokens.refresh.as_ref().ok_or_else(none)?;
        let renewed = self.token_endpoint().refresh(refresh).await?.tokens(self.clock.now());
        Ok(Tokens {
            refresh: renewed.refresh.or_else(|| tokens.refresh.clone()),
            // Its life is never extended.
            refresh_expires_at: renewed.refresh_expires_at.or(tokens.refresh_expires_at),
            ..renewed
        })
    }

    pub(super) async fn end_consent(&self, host: &str, tokens: &Tokens) -> Result<(), Failure> {
        same_host(host, self.settings.api_base.as_str())?;
        let request = self.http.post(self.settings.www_base.at("/oauth/v2/revoke")).form(&[
            ("client_id", self.settings.client_id.as_str()),
            ("client_secret", self.settings.client_secret.expose()),
            ("token", tokens.access.expose()),
        ]);
        self.send(request, Call::Repeatable).await.map(drop)
    }
}
