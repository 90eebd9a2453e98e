//! OAuth 2.0 as RFC 6749 has it (X, LinkedIn), by the `oauth2` crate over our own client. Meta's ways differ and stand
//! in its platforms' folders. `state` and the PKCE pair are made and kept by the caller.

use crate::contract::{Failure, FailureKind, Tokens};
use crate::failure::{Call, is_server_fault, retry_after};
use crate::http::{Answer, Http, HttpError};
use crate::secret::Secret;
use chrono::{DateTime, TimeDelta, Utc};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AccessToken, AuthType, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope,
    StandardRevocableToken, TokenUrl,
};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::pin::Pin;
use std::time::Duration;

/// The answer of a token endpoint. LinkedIn leaves `token_type` out
/// (<https://learn.microsoft.com/linkedin/shared/authentication/authorization-code-flow>) and separates scopes by commas.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TokenAnswer {
    access_token: AccessToken,
    #[serde(skip, default = "bearer")]
    token_type: BasicTokenType,
    expires_in: Option<u64>,
    refresh_token: Option<RefreshToken>,
    refresh_token_expires_in: Option<u64>,
    #[serde(default, rename = "scope", deserialize_with = "scopes")]
    scopes: Option<Vec<Scope>>,
}

fn bearer() -> BasicTokenType {
    BasicTokenType::Bearer
}

fn scopes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Scope>>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    Ok(text.map(|text| split_scopes(&text).map(Scope::new).collect()))
}

/// Scopes of an answer, separated by spaces or commas.
pub(crate) fn split_scopes(text: &str) -> impl Iterator<Item = String> {
    text.split([' ', ',']).filter(|scope| !scope.is_empty()).map(str::to_owned)
}

impl oauth2::TokenResponse for TokenAnswer {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }

    fn expires_in(&self) -> Option<Duration> {
        self.expires_in.map(Duration::from_secs)
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        self.scopes.as_ref()
    }
}

impl TokenAnswer {
    pub(crate) fn tokens(&self, now: DateTime<Utc>) -> Tokens {
        Tokens {
            access: Secret::new(self.access_token.secret()),
            refresh: self.refresh_token.as_ref().map(|token| Secret::new(token.secret())),
            access_expires_at: self.expires_in.and_then(|seconds| after(now, seconds)),
            refresh_expires_at: self.refresh_token_expires_in.and_then(|seconds| after(now, seconds)),
        }
    }

    /// What was granted; an answer without `scope` grants all that was asked (RFC 6749, section 5.1).
    pub(crate) fn granted(&self, asked: &[String]) -> Vec<String> {
        match &self.scopes {
            Some(scopes) => scopes.iter().map(|scope| scope.to_string()).collect(),
            None => asked.to_vec(),
        }
    }
}

/// `seconds` after `now`.
pub(crate) fn after(now: DateTime<Utc>, seconds: u64) -> Option<DateTime<Utc>> {
    now.checked_add_signed(TimeDelta::try_seconds(i64::try_from(seconds).ok()?)?)
}

/// Asked for and not granted.
pub(crate) fn missing(asked: &[String], granted: &[String]) -> Vec<String> {
    asked.iter().filter(|scope| !granted.contains(scope)).cloned().collect()
}

type Client = oauth2::Client<
    BasicErrorResponse,
    TokenAnswer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// One platform's token endpoint.
pub(crate) struct TokenEndpoint<'a> {
    pub(crate) http: &'a Http,
    pub(crate) url: String,
    pub(crate) client_id: &'a str,
    pub(crate) client_secret: &'a Secret,
    /// Where the platform wants id and secret.
    pub(crate) auth: AuthType,
    pub(crate) now: DateTime<Utc>,
}

impl TokenEndpoint<'_> {
    pub(crate) async fn exchange(
        &self,
        code: &str,
        pkce_verifier: Option<&Secret>,
        redirect_uri: &str,
    ) -> Result<TokenAnswer, Failure> {
        let redirect = RedirectUrl::new(redirect_uri.to_owned())
            .map_err(|error| Failure::rejected(format!("The redirect address is not valid: {error}")))?;
        let client = self.client()?;
        let mut request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .set_redirect_uri(Cow::Borrowed(&redirect));
        if let Some(verifier) = pkce_verifier {
            request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier.expose().to_owned()));
        }
        request.request_async(&Adapter(self.http.clone())).await.map_err(|error| self.failure(error))
    }

    pub(crate) async fn refresh(&self, token: &Secret) -> Result<TokenAnswer, Failure> {
        let token = RefreshToken::new(token.expose().to_owned());
        let client = self.client()?;
        let request = client.exchange_refresh_token(&token);
        request.request_async(&Adapter(self.http.clone())).await.map_err(|error| self.failure(error))
    }

    fn client(&self) -> Result<Client, Failure> {
        let url = TokenUrl::new(self.url.clone())
            .map_err(|error| Failure::rejected(format!("The token address is not valid: {error}")))?;
        Ok(oauth2::Client::new(ClientId::new(self.client_id.to_owned()))
            .set_client_secret(ClientSecret::new(self.client_secret.expose().to_owned()))
            .set_auth_type(self.auth.clone())
            .set_token_uri(url))
    }

    fn failure(&self, error: RequestTokenError<NoToken, BasicErrorResponse>) -> Failure {
        match error {
            RequestTokenError::ServerResponse(said) => {
                let code = said.error().as_ref().to_owned();
                let message = said.error_description().cloned().unwrap_or_else(|| code.clone());
                Failure::new(kind_of(&code), Some(code), message)
            }
            RequestTokenError::Request(NoToken::Http(error)) => Call::Repeatable.no_answer(&error),
            RequestTokenError::Request(NoToken::Busy(answer)) if answer.status.as_u16() == 429 => {
                let until = retry_after(&answer, self.now)
                    .or_else(|| crate::failure::epoch_header(&answer, "x-rate-limit-reset"));
                Failure::new(
                    FailureKind::RateLimited { until },
                    Some("429".to_owned()),
                    "The platform asks to wait before signing in again.",
                )
            }
            RequestTokenError::Request(NoToken::Busy(answer)) => Call::Repeatable.server_fault(
                &answer,
                "The platform could not issue a token because of a fault on its side.",
            ),
            RequestTokenError::Request(NoToken::Assembled) => {
                Failure::transient("The token request could not be assembled.")
            }
            // The body may hold tokens: it is not shown.
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Failure::new(
                FailureKind::Transient,
                Some("token_answer".to_owned()),
                "The platform's token answer could not be read.",
            ),
        }
    }
}

/// What the error codes of RFC 6749, section 5.2, ask for.
fn kind_of(code: &str) -> FailureKind {
    match code {
        // X answers a dead refresh token with `invalid_request`.
        "invalid_grant" | "invalid_request" | "access_denied" => FailureKind::ReconnectRequired,
        "temporarily_unavailable" | "server_error" => FailureKind::Transient,
        _ => FailureKind::Rejected,
    }
}

/// Why there is no answer that the `oauth2` crate could read.
#[derive(Debug, thiserror::Error)]
enum NoToken {
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Rate limited or a server fault: its body is not OAuth's.
    #[error("HTTP {}", .0.status)]
    Busy(Box<Answer>),
    #[error("the request could not be assembled")]
    Assembled,
}

/// Lets the `oauth2` crate send through [`Http`].
struct Adapter(Http);

impl<'c> oauth2::AsyncHttpClient<'c> for Adapter {
    type Error = NoToken;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoToken>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let request = self.0.post(parts.uri.to_string()).headers(parts.headers).body(body);
            let answer = self.0.send(request).await?;
            if answer.status.as_u16() == 429 || is_server_fault(&answer) {
                return Err(NoToken::Busy(Box::new(answer)));
            }
            let mut response = http::Response::builder().status(answer.status);
            if let Some(headers) = response.headers_mut() {
                headers.extend(answer.headers);
            }
            response.body(answer.body.to_vec()).map_err(|_| NoToken::Assembled)
        })
    }
}
