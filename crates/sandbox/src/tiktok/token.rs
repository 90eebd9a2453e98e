//! Tokens: two hours of access, half a year of refresh; a refresh gives a new pair and the old token stops working
//! (<https://developers.tiktok.com/doc/oauth-user-access-token-management>). Refusals come with status 200.

use super::error::TiktokError;
use crate::clock::{DAY, Millis, SECOND};
use crate::form::{Params, bearer};
use crate::limits::Limit;
use crate::oauth::{client, spend_code};
use crate::state::{App, Entry, Platform, Token, TokenKind};
use crate::world::{Ledger, World};
use axum::Json;
use axum::extract::{Request, State};
use http::HeaderMap;
use serde_json::{Value, json};

const ACCESS_LIFE: Millis = 7_200 * SECOND;
const REFRESH_LIFE: Millis = 180 * DAY;

/// `error` and `error_description`.
struct Refused(&'static str, &'static str);

impl From<Refused> for Json<Value> {
    fn from(Refused(error, description): Refused) -> Self {
        let log_id = crate::ids::stable_digits(description, 32);
        Self(json!({"error": error, "error_description": description, "log_id": log_id}))
    }
}

pub(super) async fn exchange(State(world): State<World>, request: Request) -> Json<Value> {
    let Ok(params) = Params::read(request).await else {
        return Refused("invalid_request", "Request is malformed.").into();
    };
    let now = world.now();
    let mut ledger = world.ledger();
    let answer = caller(&ledger, &params).and_then(|app| match params.get("grant_type") {
        Some("authorization_code") => from_code(&mut ledger, &app, &params, now),
        Some("refresh_token") => refresh(&mut ledger, &app, &params, now),
        _ => Err(Refused("unsupported_grant_type", "The grant type is not supported.")),
    });
    answer.map_or_else(Into::into, Json)
}

fn caller(ledger: &Ledger, params: &Params) -> Result<App, Refused> {
    client::named(ledger, Platform::Tiktok, params, "client_key")
        .map_err(|_| Refused("invalid_client", "Client key or secret is incorrect."))
}

fn from_code(ledger: &mut Ledger, app: &App, params: &Params, now: Millis) -> Result<Value, Refused> {
    let expired = Refused("invalid_grant", "Authorization code is expired.");
    let code = params.get("code").and_then(|code| spend_code(ledger, code, now)).ok_or(expired)?;
    let same = code.platform == Platform::Tiktok && code.client_id == app.client_id;
    if !same || params.get("redirect_uri") != Some(code.redirect_uri.as_str()) {
        return Err(Refused(
            "invalid_request",
            "Redirect_uri is not matched with the uri when requesting code.",
        ));
    }
    Ok(issue(ledger, &app.client_id, &code.account, &code.scopes, &code.family, now))
}

fn refresh(ledger: &mut Ledger, app: &App, params: &Params, now: Millis) -> Result<Value, Refused> {
    let bad = || Refused("invalid_grant", "Refresh token is invalid or expired.");
    let token = params.get("refresh_token").and_then(|value| ledger.tokens.get(value)).cloned();
    let token = token.filter(|t| t.platform == Platform::Tiktok && t.kind == TokenKind::Refresh);
    let token = token.filter(|t| t.client_id == app.client_id).ok_or_else(bad)?;
    if token.used_at.is_some() || token.expired(now) || ledger.is_revoked(&token) {
        return Err(bad());
    }
    ledger.record(Entry::Token(Box::new(Token { used_at: Some(now), ..token.clone() })));
    Ok(issue(ledger, &app.client_id, &token.account, &token.scopes, &token.family, now))
}

/// The values of a fresh pair.
pub(crate) fn mint(
    ledger: &mut Ledger,
    client_id: &str,
    account: &str,
    scopes: &[String],
    family: &str,
    now: Millis,
) -> (String, String) {
    let mut make = |prefix, kind, life| {
        let value = format!("{prefix}.{}", ledger.ids.secret(60));
        ledger.record(Entry::Token(Box::new(Token {
            value: value.clone(),
            platform: Platform::Tiktok,
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
    (make("act", TokenKind::Access, ACCESS_LIFE), make("rft", TokenKind::Refresh, REFRESH_LIFE))
}

fn issue(
    ledger: &mut Ledger,
    client: &str,
    account: &str,
    scopes: &[String],
    family: &str,
    now: Millis,
) -> Value {
    let (access, refresh) = mint(ledger, client, account, scopes, family, now);
    json!({
        "access_token": access,
        "expires_in": ACCESS_LIFE / SECOND,
        "open_id": account,
        "refresh_expires_in": REFRESH_LIFE / SECOND,
        "refresh_token": refresh,
        "scope": scopes.join(","),
        "token_type": "Bearer",
    })
}

pub(super) async fn revoke(State(world): State<World>, request: Request) -> Json<Value> {
    let Ok(params) = Params::read(request).await else {
        return Refused("invalid_request", "Request is malformed.").into();
    };
    let mut ledger = world.ledger();
    let app = match caller(&ledger, &params) {
        Ok(app) => app,
        Err(refused) => return refused.into(),
    };
    let token =
        params.get("token").and_then(|t| ledger.tokens.get(t)).filter(|t| t.client_id == app.client_id);
    let Some(family) = token.map(|token| token.family.clone()) else {
        return Refused("invalid_request", "The token is invalid.").into();
    };
    ledger.record(Entry::FamilyRevoked(family));
    Json(json!({}))
}

/// The live token of a call, which has this scope; 600 calls a minute for each API.
pub(super) fn caller_of(
    world: &World,
    headers: &HeaderMap,
    scope: &str,
    api: &str,
) -> Result<Token, TiktokError> {
    let now = world.now();
    let token = {
        let ledger = world.ledger();
        let token = bearer(headers).and_then(|value| ledger.tokens.get(value));
        let good = |t: &&Token| {
            t.platform == Platform::Tiktok
                && t.kind == TokenKind::Access
                && !t.expired(now)
                && !ledger.is_revoked(t)
        };
        token.filter(good).cloned().ok_or_else(TiktokError::invalid_token)?
    };
    if !token.has_scope(scope) {
        return Err(TiktokError::scope());
    }
    let limit = Limit { points: 600, window: 60 * SECOND };
    let usage = world.limits.spend(format!("tiktok/{api}/{}", token.account), limit, 1, now);
    if usage.exceeded { Err(TiktokError::limited()) } else { Ok(token) }
}
