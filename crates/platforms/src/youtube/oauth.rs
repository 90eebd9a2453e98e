//! Google's sign-in for web servers: <https://developers.google.com/identity/protocols/oauth2/web-server>.

use super::YouTube;
use crate::contract::{AuthorizeRequest, ConnectFailure, Consent, Failure, Tokens, consent_url, same_host};
use crate::failure::Call;
use crate::oauth::{TokenEndpoint, missing};
use crate::secret::Secret;
use oauth2::AuthType;
use url::Url;

const READ: &str = "https://www.googleapis.com/auth/youtube.readonly";
pub(super) const SCOPES: [&str; 2] = [READ, "https://www.googleapis.com/auth/yt-analytics.readonly"];

impl YouTube {
    pub(super) fn consent_page(&self, request: &AuthorizeRequest) -> Result<Url, ConnectFailure> {
        if self.settings.client_id.is_empty() || self.settings.client_secret.is_empty() {
            return Err(ConnectFailure::NotConfigured);
        }
        consent_url(
            &self.settings.accounts_base.at("/o/oauth2/v2/auth"),
            &[
                ("client_id", &self.settings.client_id),
                ("redirect_uri", &request.redirect_uri),
                ("response_type", "code"),
                ("scope", &SCOPES.join(" ")),
                // A refresh token, and at a second consent too.
                ("access_type", "offline"),
                ("prompt", "consent"),
                ("state", &request.state),
                ("code_challenge", &request.pkce_challenge),
                ("code_challenge_method", "S256"),
            ],
        )
    }

    fn token_endpoint(&self) -> TokenEndpoint<'_> {
        TokenEndpoint {
            http: &self.http,
            url: self.settings.token_base.at("/token"),
            client_id: &self.settings.client_id,
            client_secret: &self.settings.client_secret,
            auth: AuthType::RequestBody,
            now: self.clock.now(),
        }
    }

    pub(super) async fn consent(
        &self,
        code: &str,
        pkce_verifier: &Secret,
        redirect_uri: &str,
    ) -> Result<Consent, Failure> {
        let answer = self.token_endpoint().exchange(code, Some(pkce_verifier), redirect_uri).await?;
        let asked = SCOPES.map(str::to_owned);
        // People may untick what they don't want to grant.
        let granted = answer.granted(&asked);
        let tokens = answer.tokens(self.clock.now());
        let accounts = if granted.iter().any(|scope| scope == READ) {
            self.channel(&tokens.access).await?.into_iter().collect()
        } else {
            vec![]
        };
        Ok(Consent {
            host: self.settings.api_base.as_str().to_owned(),
            subject: accounts.first().map(|channel| channel.remote_id.clone()).unwrap_or_default(),
            missing_scopes: missing(&asked, &granted),
            granted_scopes: granted,
            tokens,
            accounts,
        })
    }

    /// The refresh token stays the same and isn't told again.
    pub(super) async fn renew(&self, host: &str, tokens: &Tokens) -> Result<Tokens, Failure> {
        same_host(host, self.settings.api_base.as_str())?;
        let none = || Failure::reconnect("Google gave no refresh token: connect again.");
        let refresh = tokens.refresh.as_ref().ok_or_else(none)?;
        let renewed = self.token_endpoint().refresh(refresh).await?.tokens(self.clock.now());
        Ok(Tokens { refresh: renewed.refresh.or_else(|| tokens.refresh.clone()), ..renewed })
    }

    pub(super) async fn end_consent(&self, host: &str, tokens: &Tokens) -> Result<(), Failure> {
        same_host(host, self.settings.api_base.as_str())?;
        let token = tokens.refresh.as_ref().unwrap_or(&tokens.access);
        let request =
            self.http.post(self.settings.token_base.at("/revoke")).form(&[("token", token.expose())]);
        let answer = self.http.send(request).await.map_err(|error| Call::Repeatable.no_answer(&error))?;
        // 400: it was over already.
        if answer.is_success() || answer.status.as_u16() == 400 {
            return Ok(());
        }
        Err(super::errors::failure(&answer, self.clock.now()))
    }
}
