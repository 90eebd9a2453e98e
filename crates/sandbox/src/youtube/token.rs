//! Tokens: an hour of access; a refresh token at the first consent, or when consent is asked for anew, and never a second one
//! by refreshing (<https://developers.google.com/identity/protocols/oauth2/web-server>).

use crate::clock::{Millis, SECOND};
use crate::form::Params;
use crate::oauth::{client, spend_code, verifies};
use crate::state::{App, Code, Entry, Platform, Refreshing, Token, TokenKind};
use crate::world::{Ledger, World};
use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::{Value, json};

const ACCESS_LIFE: Millis = 3_599 * SECOND;

struct Refused(StatusCode, &'static str, &'static str);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1, "error_description": self.2}))).into_response()
    }
}

const fn bad(error: &'static str, description: &'static str) -> Refused {
    Refused(StatusCode::BAD_REQUEST, error, description)
}

const ENDED: Refused = bad("invalid_grant", "Token has been expired or revoked.");

pub(super) async fn exchange(State(world): State<World>, request: Request) -> Response {
    let Ok(params) = Params::read(request).await else {
        return bad("invalid_request", "The request is malformed.").into_response();
    };
    let now = world.now();
    let mut ledger = world.ledger();
    let answer = caller(&ledger, &params).and_then(|app| match params.get("grant_type") {
        Some("authorization_code") => from_code(&mut ledger, &app, &params, now),
        Some("refresh_token") => refresh(&mut ledger, &app, &params, now),
        _ => Err(bad("unsupported_grant_type", "Invalid grant_type")),
    });
    answer.map_or_else(IntoResponse::into_response, |body| Json(body).into_response())
}

fn caller(ledger: &Ledger, params: &Params) -> Result<App, Refused> {
    client::posted(ledger, Platform::Youtube, params).map_err(|error| match error {
        client::ClientError::Missing => bad("invalid_request", "Could not determine client ID from request."),
        client::ClientError::UnknownId => {
            Refused(StatusCode::UNAUTHORIZED, "invalid_client", "The OAuth client was not found.")
        }
        client::ClientError::BadSecret => {
            Refused(StatusCode::UNAUTHORIZED, "invalid_client", "The provided client secret is invalid.")
        }
    })
}

fn from_code(ledger: &mut Ledger, app: &App, params: &Params, now: Millis) -> Result<Value, Refused> {
    let malformed = bad("invalid_grant", "Malformed auth code.");
    let code = params.get("code").and_then(|code| spend_code(ledger, code, now)).ok_or(malformed)?;
    if code.platform != Platform::Youtube || code.client_id != app.client_id {
        return Err(bad("invalid_grant", "Bad Request"));
    }
    if params.get("redirect_uri") != Some(code.redirect_uri.as_str()) {
        return Err(bad("redirect_uri_mismatch", "Bad Request"));
    }
    if let Some(challenge) = &code.challenge
        && !params.get("code_verifier").is_some_and(|verifier| verifies(challenge, verifier))
    {
        return Err(bad("invalid_grant", "Invalid code verifier."));
    }
    let lasting = gets_refresh_token(ledger, &code, now);
    let (access, refresh) =
        mint(ledger, &app.client_id, &code.account, &code.scopes, &code.family, lasting, now);
    let mut body = answer(&access, &code.scopes);
    if let Some(refresh) = refresh {
        body["refresh_token"] = json!(refresh);
    }
    Ok(body)
}

fn gets_refresh_token(ledger: &Ledger, code: &Code, now: Millis) -> bool {
    let earlier = |t: &Token| {
        t.kind == TokenKind::Refresh
            && t.client_id == code.client_id
            && !t.expired(now)
            && !ledger.is_revoked(t)
    };
    match code.refreshing {
        Refreshing::Never => false,
        Refreshing::AtFirstConsent => !ledger.tokens_of(Platform::Youtube, &code.account).any(earlier),
        Refreshing::Always => true,
    }
}

fn refresh(ledger: &mut Ledger, app: &App, params: &Params, now: Millis) -> Result<Value, Refused> {
    let token = params.get("refresh_token").and_then(|value| ledger.tokens.get(value)).cloned();
    let token = token.filter(|t| t.platform == Platform::Youtube && t.kind == TokenKind::Refresh);
    let token = token.filter(|t| t.client_id == app.client_id).ok_or(ENDED)?;
    if token.expired(now) || ledger.is_revoked(&token) {
        return Err(ENDED);
    }
    let (access, _) =
        mint(ledger, &token.client_id, &token.account, &token.scopes, &token.family, false, now);
    Ok(answer(&access, &token.scopes))
}

fn answer(access: &str, scopes: &[String]) -> Value {
    json!({
        "access_token": access, "expires_in": ACCESS_LIFE / SECOND, "scope": scopes.join(" "),
        "token_type": "Bearer",
    })
}

/// An access token, and a refresh token without an end where there is to be one.
pub(crate) fn mint(
    ledger: &mut Ledger,
    client_id: &str,
    account: &str,
    scopes: &[String],
    family: &str,
    lasting: bool,
    now: Millis,
) -> (String, Option<String>) {
    let mut make = |prefix, kind, life: Option<Millis>| {
        let value = format!("{prefix}{}", ledger.ids.secret(90));
        ledger.record(Entry::Token(Box::new(Token {
            value: value.clone(),
            platform: Platform::Youtube,
            kind,
            client_id: client_id.to_owned(),
            account: account.to_owned(),
            scopes: scopes.to_vec(),
            family: family.to_owned(),
            issued_at: now,
            expires_at: life.map(|life| now + life),
            revoked: false,
            used_at: None,
        })));
        value
    };
    let access = make("ya29.", TokenKind::Access, Some(ACCESS_LIFE));
    (access, lasting.then(|| make("1//0", TokenKind::Refresh, None)))
}

/// Either token ends the grant.
pub(super) async fn revoke(State(world): State<World>, request: Request) -> Response {
    let Ok(params) = Params::read(request).await else {
        return bad("invalid_request", "The request is malformed.").into_response();
    };
    let mut ledger = world.ledger();
    let token = params.get("token").and_then(|value| ledger.tokens.get(value));
    let family = token.filter(|t| t.platform == Platform::Youtube && !ledger.is_revoked(t));
    let Some(family) = family.map(|token| token.family.clone()) else {
        return bad("invalid_token", "Token expired or revoked").into_response();
    };
    ledger.record(Entry::FamilyRevoked(family));
    Json(json!({})).into_response()
}
