//! OAuth 2.0 with PKCE, as a confidential client:
//! <https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code>.

use super::X;
use crate::contract::{AuthorizeRequest, ConnectFailure, Consent, Failure, Tokens, same_host};
use crate::failure::Call;
use crate::oauth::{TokenEndpoint, missing};
use crate::secret::Secret;
use oauth2::AuthType;
use url::Url;

/// `offline.access` gives a refresh token, `media.write` lets us upload images.
pub(super) const SCOPES: [&str; 5] =
    ["tweet.read", "tweet.write", "users.read", "offline.access", "media.write"];
/// What telling whose account it is needs: <https://docs.x.com/x-api/users/get-my-user>.
const WHO: [&str; 2] = ["tweet.read", "users.read"];

impl X {
    pub(super) fn consent_page(&self, request: &AuthorizeRequest) -> Result<Url, ConnectFailure> {
        if self.settings.client_id.is_empty() || self.settings.client_secret.is_empty() {
            return Err(ConnectFailure::NotConfigured);
        }
        crate::contract::consent_url(
            &self.settings.authorize_base.at("/i/oauth2/authorize"),
            &[
                ("response_type", "code"),
                ("client_id", &self.settings.client_id),
                ("redirect_uri", &request.redirect_uri),
                ("scope", &SCOPES.join(" ")),
                ("state", &request.state),
                ("code_challenge", &request.pkce_challenge),
                ("code_challenge_method", "S256"),
            ],
        )
    }

    fn token_endpoint(&self) -> TokenEndpoint<'_> {
        TokenEndpoint {
            http: &self.http,
            url: self.api("/2/oauth2/token"),
            client_id: &self.settings.client_id,
            client_secret: &self.settings.client_secret,
            auth: AuthType::BasicAuth,
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
        let granted = answer.granted(&asked);
        let tokens = answer.tokens(self.clock.now());
        let accounts = if WHO.iter().all(|scope| granted.iter().any(|granted| granted == scope)) {
            vec![self.me(&tokens.access).await?]
        } else {
            vec![]
        };
        Ok(Consent {
            host: self.settings.api_base.as_str().to_owned(),
            subject: accounts.first().map(|account| account.remote_id.clone()).unwrap_or_default(),
            missing_scopes: missing(&asked, &granted),
            granted_scopes: granted,
            tokens,
            accounts,
        })
    }

    /// A refresh token works once, and using it twice ends the whole family of tokens
    /// (<https://github.com/trypostit/trypost/issues/126>): the caller stores the new pair before it uses it.
    pub(super) async fn renew(&self, host: &str, tokens: &Tokens) -> Result<Tokens, Failure> {
        same_host(host, self.settings.api_base.as_str())?;
        let refresh = tokens
            .refresh
            .as_ref()
            .ok_or_else(|| Failure::reconnect("X gave no refresh token: connect again."))?;
        let renewed = self.token_endpoint().refresh(refresh).await?.tokens(self.clock.now());
        // Without a new one the old one stays valid (RFC 6749, section 6).
        Ok(Tokens { refresh: renewed.refresh.or_else(|| tokens.refresh.clone()), ..renewed })
    }

    pub(super) async fn end_consent(&self, host: &str, tokens: &Tokens) -> Result<(), Failure> {
        same_host(host, self.settings.api_base.as_str())?;
        let token = tokens.refresh.as_ref().unwrap_or(&tokens.access);
        let request = self
            .http
            .post(self.api("/2/oauth2/revoke"))
            .basic_auth(&self.settings.client_id, Some(self.settings.client_secret.expose()))
            .form(&[("token", token.expose()), ("client_id", &self.settings.client_id)]);
        self.send(request, Call::Repeatable).await.map(drop)
    }
}
