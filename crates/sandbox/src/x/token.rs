//! Tokens: 7200 s of access, refresh tokens good once. A refresh token used again ends its whole family, as seen in
//! <https://github.com/trypostit/trypost/issues/126>.

use crate::clock::{DAY, SECOND};
use crate::form::Params;
use crate::oauth::client::{self, ClientError};
use crate::oauth::{spend_code, verifies};
use crate::state::{App, Entry, Platform, Token, TokenKind};
use crate::world::{Ledger, World};
use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use serde_json::json;

const ACCESS_LIFE: i64 = 7_200 * SECOND;
const REFRESH_LIFE: i64 = 182 * DAY;

/// A refusal of the token endpoint, in the form of RFC 6749 section 5.2.
#[derive(Debug)]
struct TokenError(StatusCode, &'static str, &'static str);

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1, "error_description": self.2}))).into_response()
    }
}

const fn invalid(description: &'static str) -> TokenError {
    TokenError(StatusCode::BAD_REQUEST, "invalid_request", description)
}

const NO_HEADER: TokenError =
    TokenError(StatusCode::UNAUTHORIZED, "unauthorized_client", "Missing valid authorization header");
const BAD_TOKEN: TokenError = invalid("Value passed for the token was invalid.");
const BAD_CODE: TokenError = invalid("Value passed for the authorization code was invalid.");

pub(super) async fn exchange(State(world): State<World>, headers: HeaderMap, request: Request) -> Response {
    let Ok(params) = Params::read(request).await else {
        return invalid("The request body is not a form.").into_response();
    };
    let now = world.now();
    let mut ledger = world.ledger();
    let answer = caller(&ledger, &headers, &params).and_then(|app| match params.get("grant_type") {
        Some("authorization_code") => from_code(&mut ledger, &app, &params, now),
        Some("refresh_token") => refresh(&mut ledger, &app, &params, now),
        Some(_) => Err(TokenError(
            StatusCode::BAD_REQUEST,
            "unsupported_grant_type",
            "Value passed for the grant type was invalid.",
        )),
        None => Err(invalid("Missing required parameter [grant_type].")),
    });
    answer.unwrap_or_else(IntoResponse::into_response)
}

/// A confidential client by Basic, a public one by its id in the body.
fn caller(ledger: &Ledger, headers: &HeaderMap, params: &Params) -> Result<App, TokenError> {
    match client::basic(ledger, Platform::X, headers) {
        Ok(Some(app)) => Ok(app),
        Err(ClientError::Missing | ClientError::UnknownId | ClientError::BadSecret) => Err(NO_HEADER),
        Ok(None) => {
            let id = params.get("client_id").ok_or(NO_HEADER)?;
            let app = ledger.apps.get(&(Platform::X, id.to_owned())).ok_or(NO_HEADER)?;
            if app.public { Ok(app.clone()) } else { Err(NO_HEADER) }
        }
    }
}

fn from_code(ledger: &mut Ledger, app: &App, params: &Params, now: i64) -> Result<Response, TokenError> {
    let value = params.get("code").ok_or(invalid("Missing required parameter [code]."))?;
    let redirect = params.get("redirect_uri").ok_or(invalid("Missing required parameter [redirect_uri]."))?;
    let verifier =
        params.get("code_verifier").ok_or(invalid("Missing required parameter [code_verifier]."))?;
    let code = spend_code(ledger, value, now).filter(|c| c.platform == Platform::X).ok_or(BAD_CODE)?;
    if code.client_id != app.client_id || code.redirect_uri != redirect {
        return Err(invalid(
            "Value passed for the redirect uri did not match the uri of the authorization code.",
        ));
    }
    if !code.challenge.as_ref().is_some_and(|c| verifies(c, verifier)) {
        return Err(invalid("Value passed for the code verifier did not match the code challenge."));
    }
    Ok(issue(ledger, &app.client_id, &code.account, &code.scopes, &code.family, now))
}

fn refresh(ledger: &mut Ledger, app: &App, params: &Params, now: i64) -> Result<Response, TokenError> {
    let value = params.get("refresh_token").ok_or(invalid("Missing required parameter [refresh_token]."))?;
    let token = ledger.tokens.get(value).cloned().ok_or(BAD_TOKEN)?;
    if token.platform != Platform::X || token.kind != TokenKind::Refresh || token.client_id != app.client_id {
        return Err(BAD_TOKEN);
    }
    if token.used_at.is_some() {
        ledger.record(Entry::FamilyRevoked(token.family));
        return Err(BAD_TOKEN);
    }
    if token.expired(now) || ledger.is_revoked(&token) {
        return Err(BAD_TOKEN);
    }
    let spent = Token { used_at: Some(now), ..token.clone() };
    ledger.record(Entry::Token(Box::new(spent)));
    Ok(issue(ledger, &app.client_id, &token.account, &token.scopes, &token.family, now))
}

/// The values of a fresh pair; no refresh token without `offline.access`.
pub(crate) fn mint(
    ledger: &mut Ledger,
    client_id: &str,
    account: &str,
    scopes: &[String],
    family: &str,
    now: i64,
) -> (String, Option<String>) {
    let mut make = |kind, life| {
        let value = ledger.ids.secret(88);
        ledger.record(Entry::Token(Box::new(Token {
            value: value.clone(),
            platform: Platform::X,
            kind,
            client_id: client_id.to_owned(),
            account: account.to_owned(),
            scopes: scopes.to_vec(),
            family: family.to_owned(),
            issued_at: now,
            expires_at: Some(now + life),
            revoked: false,
            used_at: None,
        })));
        value
    };
    let access = make(TokenKind::Access, ACCESS_LIFE);
    let offline = scopes.iter().any(|s| s == "offline.access");
    (access, offline.then(|| make(TokenKind::Refresh, REFRESH_LIFE)))
}

fn issue(
    ledger: &mut Ledger,
    client: &str,
    account: &str,
    scopes: &[String],
    family: &str,
    now: i64,
) -> Response {
    let (access, refresh) = mint(ledger, client, account, scopes, family, now);
    let mut body = json!({
        "token_type": "bearer",
        "expires_in": ACCESS_LIFE / SECOND,
        "access_token": access,
        "scope": scopes.join(" "),
    });
    if let Some(refresh) = refresh {
        body["refresh_token"] = refresh.into();
    }
    ([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

pub(super) async fn revoke(State(world): State<World>, headers: HeaderMap, request: Request) -> Response {
    let Ok(params) = Params::read(request).await else {
        return invalid("The request body is not a form.").into_response();
    };
    let mut ledger = world.ledger();
    let app = match caller(&ledger, &headers, &params) {
        Ok(app) => app,
        Err(error) => return error.into_response(),
    };
    let Some(value) = params.get("token") else {
        return invalid("Missing required parameter [token].").into_response();
    };
    let token = ledger.tokens.get(value).filter(|t| t.client_id == app.client_id).cloned();
    match token {
        // A refresh token takes its family along; an access token only itself (RFC 7009 section 2.1).
        Some(token) if token.kind == TokenKind::Refresh => ledger.record(Entry::FamilyRevoked(token.family)),
        Some(token) => ledger.record(Entry::Token(Box::new(Token { revoked: true, ..token }))),
        None => return BAD_TOKEN.into_response(),
    }
    Json(json!({"revoked": true})).into_response()
}
