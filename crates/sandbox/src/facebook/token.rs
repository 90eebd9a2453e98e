//! Tokens: code → short-lived → 60 days → Page tokens, which outlive the long-lived user token.
//! <https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived>

use crate::clock::{DAY, HOUR, Millis, SECOND};
use crate::form::Params;
use crate::meta::error::GraphError;
use crate::meta::token::{Grant, LONG_LIFE, live};
use crate::oauth::client::{self, ClientError};
use crate::oauth::spend_code;
use crate::state::{Account, App, Platform, TokenKind};
use crate::world::{Ledger, World};
use axum::Json;
use axum::extract::Request;
use serde_json::{Value, json};

const SHORT_LIFE: Millis = 2 * HOUR;

pub(super) async fn access_token(world: &World, request: Request) -> Result<Json<Value>, GraphError> {
    let params = Params::read(request).await.map_err(|e| GraphError::param(&e.to_string()))?;
    let now = world.now();
    let mut ledger = world.ledger();
    let app = client::posted(&ledger, Platform::Facebook, &params).map_err(refused)?;
    match params.get("grant_type") {
        None | Some("authorization_code") => from_code(&mut ledger, &app, &params, now),
        Some("fb_exchange_token") => exchange(&mut ledger, &app, &params, now),
        Some("client_credentials") => Ok(Json(
            json!({"access_token": format!("{}|{}", app.client_id, app.client_secret), "token_type": "bearer"}),
        )),
        Some(_) => Err(GraphError::new(1, None, "Invalid grant_type")),
    }
}

fn refused(error: ClientError) -> GraphError {
    match error {
        ClientError::Missing => GraphError::new(101, None, "Missing client_id or client_secret parameter."),
        ClientError::UnknownId => GraphError::new(
            101,
            None,
            "Error validating application. Cannot get application info due to a system error.",
        ),
        ClientError::BadSecret => GraphError::new(1, None, "Error validating client secret."),
    }
}

fn from_code(
    ledger: &mut Ledger,
    app: &App,
    params: &Params,
    now: Millis,
) -> Result<Json<Value>, GraphError> {
    let value = params.get("code").ok_or_else(|| GraphError::new(1, None, "Missing authorization code"))?;
    let redirect = params
        .get("redirect_uri")
        .ok_or_else(|| GraphError::new(191, None, "Missing redirect_uri parameter."))?;
    let known = ledger.codes.get(value).filter(|c| c.platform == Platform::Facebook).cloned();
    let known = known.ok_or_else(|| GraphError::new(100, None, "Invalid verification code format."))?;
    if known.redirect_uri != redirect || known.client_id != app.client_id {
        return Err(GraphError::new(
            100,
            Some(36_008),
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
        ));
    }
    if known.used {
        return Err(GraphError::new(100, Some(36_009), "This authorization code has been used."));
    }
    let code = spend_code(ledger, value, now)
        .ok_or_else(|| GraphError::new(100, Some(36_007), "This authorization code has expired."))?;
    let token = Grant::from(&code).token(ledger, TokenKind::ShortLived, Some(SHORT_LIFE), now);
    Ok(Json(json!({"access_token": token, "token_type": "bearer", "expires_in": SHORT_LIFE / SECOND})))
}

fn exchange(ledger: &mut Ledger, app: &App, params: &Params, now: Millis) -> Result<Json<Value>, GraphError> {
    let value = params
        .get("fb_exchange_token")
        .ok_or_else(|| GraphError::param("The parameter fb_exchange_token is required"))?;
    let old = live(ledger, Platform::Facebook, value, now)?;
    if old.client_id != app.client_id || old.kind == TokenKind::Page {
        return Err(GraphError::bad_token());
    }
    let token = Grant::of(&old).long_lived(ledger, now);
    Ok(Json(json!({"access_token": token, "token_type": "bearer", "expires_in": LONG_LIFE / SECOND})))
}

/// The Page's token under a user token: the same one each time; without an end if that user token is long-lived.
pub(crate) fn page_token(
    ledger: &mut Ledger,
    user_token: &str,
    page: &Account,
    now: Millis,
) -> Option<String> {
    let user = ledger.tokens.get(user_token)?.clone();
    let lasting = user.kind == TokenKind::LongLived;
    let known = ledger
        .tokens_of(Platform::Facebook, &page.id)
        .find(|t| t.family == user.family && !t.expired(now) && t.expires_at.is_none() == lasting)
        .map(|t| t.value.clone());
    let life = user.expires_at.map(|at| at - now).filter(|_| !lasting);
    let grant = Grant { account: &page.id, ..Grant::of(&user) };
    Some(known.unwrap_or_else(|| grant.token(ledger, TokenKind::Page, life, now)))
}

/// <https://developers.facebook.com/docs/graph-api/reference/debug_token>
pub(super) fn debug(world: &World, query: Option<&str>) -> Result<Json<Value>, GraphError> {
    let params = Params::from_query(query);
    let now = world.now();
    let ledger = world.ledger();
    let caller = params.get("access_token").ok_or_else(GraphError::no_token)?;
    let by_app = caller.split_once('|').is_some_and(|(id, secret)| {
        ledger.apps.get(&(Platform::Facebook, id.to_owned())).is_some_and(|app| app.client_secret == secret)
    });
    if !by_app {
        live(&ledger, Platform::Facebook, caller, now)?;
    }
    let input = params
        .get("input_token")
        .ok_or_else(|| GraphError::param("The parameter input_token is required"))?;
    let Some(token) = ledger.tokens.get(input).filter(|t| t.platform == Platform::Facebook) else {
        let error = json!({"code": 190, "message": "Invalid OAuth access token."});
        return Ok(Json(json!({"data": {"error": error, "is_valid": false, "scopes": []}})));
    };
    Ok(Json(json!({"data": {
        "app_id": token.client_id,
        "type": if token.kind == TokenKind::Page { "PAGE" } else { "USER" },
        "application": "Sandbox app",
        "data_access_expires_at": (token.issued_at + 90 * DAY) / SECOND,
        "expires_at": token.expires_at.map_or(0, |at| at / SECOND),
        "is_valid": !token.expired(now) && !ledger.is_revoked(token),
        "issued_at": token.issued_at / SECOND,
        "scopes": token.scopes,
        "user_id": token.account,
    }})))
}
