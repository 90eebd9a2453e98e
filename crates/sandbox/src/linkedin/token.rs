//! Tokens: 60 days, and refresh tokens of 365 days only for apps of approved partners
//! (<https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens>).

use crate::clock::{DAY, Millis, SECOND};
use crate::form::Params;
use crate::oauth::{client, spend_code};
use crate::state::{App, Entry, Platform, Token, TokenKind};
use crate::world::{Ledger, World};
use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::{Value, json};

const ACCESS_LIFE: Millis = 60 * DAY;
const REFRESH_LIFE: Millis = 365 * DAY;

struct Refused(StatusCode, &'static str, &'static str);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1, "error_description": self.2}))).into_response()
    }
}

const BAD_CLIENT: Refused =
    Refused(StatusCode::UNAUTHORIZED, "invalid_client", "Client authentication failed");
const BAD_CODE: Refused = Refused(
    StatusCode::BAD_REQUEST,
    "invalid_request",
    "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists",
);
const BAD_REFRESH: Refused = Refused(
    StatusCode::BAD_REQUEST,
    "invalid_grant",
    "The provided authorization grant or refresh token is invalid, expired or revoked.",
);

const fn missing(description: &'static str) -> Refused {
    Refused(StatusCode::BAD_REQUEST, "invalid_request", description)
}

pub(super) async fn exchange(State(world): State<World>, request: Request) -> Response {
    let Ok(params) = Params::read(request).await else { return BAD_CLIENT.into_response() };
    let now = world.now();
    let mut ledger = world.ledger();
    let answer = caller(&ledger, &params).and_then(|app| match params.get("grant_type") {
        Some("authorization_code") => from_code(&mut ledger, &app, &params, now),
        Some("refresh_token") if app.refresh_tokens => refresh(&mut ledger, &app, &params, now),
        Some("refresh_token") => {
            Err(Refused(StatusCode::BAD_REQUEST, "unauthorized_client", "The app may not use refresh tokens"))
        }
        _ => Err(missing("A required parameter \"grant_type\" is missing")),
    });
    answer.map_or_else(IntoResponse::into_response, |body| Json(body).into_response())
}

fn caller(ledger: &Ledger, params: &Params) -> Result<App, Refused> {
    client::posted(ledger, Platform::Linkedin, params).map_err(|error| match error {
        client::ClientError::Missing => {
            missing("A required parameter \"client_id\" or \"client_secret\" is missing")
        }
        client::ClientError::UnknownId | client::ClientError::BadSecret => BAD_CLIENT,
    })
}

fn from_code(ledger: &mut Ledger, app: &App, params: &Params, now: Millis) -> Result<Value, Refused> {
    let value = params.get("code").ok_or(missing("A required parameter \"code\" is missing"))?;
    let redirect =
        params.get("redirect_uri").ok_or(missing("A required parameter \"redirect_uri\" is missing"))?;
    let code = spend_code(ledger, value, now).filter(|c| c.platform == Platform::Linkedin).ok_or(BAD_CODE)?;
    if code.client_id != app.client_id || code.redirect_uri != redirect {
        return Err(BAD_CODE);
    }
    let (access, refresh) = mint(ledger, &app.client_id, &code.account, &code.scopes, &code.family, now);
    let mut body = json!({
        "access_token": access,
        "expires_in": ACCESS_LIFE / SECOND,
        "scope": code.scopes.join(","),
        "token_type": "Bearer",
    });
    if let Some(refresh) = refresh {
        body["refresh_token"] = json!(refresh);
        body["refresh_token_expires_in"] = json!(REFRESH_LIFE / SECOND);
    }
    Ok(body)
}

/// The refresh token stays the same and its life is not renewed.
fn refresh(ledger: &mut Ledger, app: &App, params: &Params, now: Millis) -> Result<Value, Refused> {
    let value =
        params.get("refresh_token").ok_or(missing("A required parameter \"refresh_token\" is missing"))?;
    let token = ledger.tokens.get(value).cloned().ok_or(BAD_REFRESH)?;
    let good = token.kind == TokenKind::Refresh
        && token.platform == Platform::Linkedin
        && token.client_id == app.client_id
        && !token.expired(now)
        && !ledger.is_revoked(&token);
    if !good {
        return Err(BAD_REFRESH);
    }
    let access = put(
        ledger,
        TokenKind::Access,
        ACCESS_LIFE,
        (&token.client_id, &token.account),
        &token.scopes,
        &token.family,
        now,
    );
    let left = token.expires_at.map_or(0, |at| (at - now) / SECOND);
    Ok(json!({
        "access_token": access,
        "expires_in": ACCESS_LIFE / SECOND,
        "refresh_token": token.value,
        "refresh_token_expires_in": left,
        "scope": token.scopes.join(","),
        "token_type": "Bearer",
    }))
}

/// An access token, and a refresh token if the app may have one.
pub(crate) fn mint(
    ledger: &mut Ledger,
    client_id: &str,
    account: &str,
    scopes: &[String],
    family: &str,
    now: Millis,
) -> (String, Option<String>) {
    let partner =
        ledger.apps.get(&(Platform::Linkedin, client_id.to_owned())).is_some_and(|a| a.refresh_tokens);
    let whose = (client_id, account);
    let access = put(ledger, TokenKind::Access, ACCESS_LIFE, whose, scopes, family, now);
    let refresh = partner.then(|| put(ledger, TokenKind::Refresh, REFRESH_LIFE, whose, scopes, family, now));
    (access, refresh)
}

fn put(
    ledger: &mut Ledger,
    kind: TokenKind,
    life: Millis,
    (client_id, account): (&str, &str),
    scopes: &[String],
    family: &str,
    now: Millis,
) -> String {
    let value = format!("AQ{}", ledger.ids.secret(200));
    ledger.record(Entry::Token(Box::new(Token {
        value: value.clone(),
        platform: Platform::Linkedin,
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
}

pub(super) async fn revoke(State(world): State<World>, request: Request) -> Response {
    let Ok(params) = Params::read(request).await else { return BAD_CLIENT.into_response() };
    let mut ledger = world.ledger();
    let app = match caller(&ledger, &params) {
        Ok(app) => app,
        Err(refused) => return refused.into_response(),
    };
    let token =
        params.get("token").and_then(|t| ledger.tokens.get(t)).filter(|t| t.client_id == app.client_id);
    if let Some(family) = token.map(|t| t.family.clone()) {
        ledger.record(Entry::FamilyRevoked(family));
    }
    StatusCode::OK.into_response()
}

/// <https://learn.microsoft.com/en-us/linkedin/shared/authentication/token-introspection>
pub(super) async fn introspect(State(world): State<World>, request: Request) -> Response {
    let Ok(params) = Params::read(request).await else { return BAD_CLIENT.into_response() };
    let now = world.now();
    let ledger = world.ledger();
    let app = match caller(&ledger, &params) {
        Ok(app) => app,
        Err(refused) => return refused.into_response(),
    };
    let token =
        params.get("token").and_then(|t| ledger.tokens.get(t)).filter(|t| t.client_id == app.client_id);
    let Some(token) = token else { return Json(json!({"active": false})).into_response() };
    let status = if ledger.is_revoked(token) {
        "revoked"
    } else if token.expired(now) {
        "expired"
    } else {
        "active"
    };
    Json(json!({
        "active": status == "active",
        "status": status,
        "client_id": token.client_id,
        "authorized_at": token.issued_at / SECOND,
        "created_at": token.issued_at / SECOND,
        "expires_at": token.expires_at.unwrap_or_default() / SECOND,
        "scope": token.scopes.join(","),
        "auth_type": "3L",
    }))
    .into_response()
}
