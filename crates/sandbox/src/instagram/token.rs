//! Tokens: an hour, then 60 days, renewed when at least a day old:
//! <https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token>.

use crate::clock::{DAY, HOUR, Millis, SECOND};
use crate::form::Params;
use crate::meta::error::GraphError;
use crate::meta::token::{Grant, LONG_LIFE, live};
use crate::oauth::{client, spend_code};
use crate::state::{Platform, TokenKind};
use crate::world::World;
use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::{Value, json};

const SHORT_LIFE: Millis = HOUR;

/// `api.instagram.com` refuses in a shape of its own.
fn refused(message: &str) -> Response {
    let body = json!({"error_type": "OAuthException", "code": 400, "error_message": message});
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

pub(super) async fn from_code(State(world): State<World>, request: Request) -> Response {
    let Ok(params) = Params::read(request).await else { return refused("Invalid request") };
    let now = world.now();
    let mut ledger = world.ledger();
    let app = match client::posted(&ledger, Platform::Instagram, &params) {
        Ok(app) => app,
        Err(client::ClientError::BadSecret) => return refused("Invalid client_secret"),
        Err(_) => return refused("Invalid platform app"),
    };
    if params.get("grant_type") != Some("authorization_code") {
        return refused("Invalid grant_type");
    }
    let value = params.get("code").unwrap_or_default().trim_end_matches("#_");
    let known = ledger.codes.get(value).filter(|c| c.platform == Platform::Instagram).cloned();
    let Some(known) = known else { return refused("Invalid authorization code") };
    if known.client_id != app.client_id || params.get("redirect_uri") != Some(known.redirect_uri.as_str()) {
        return refused(
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
        );
    }
    if known.used {
        return refused("This authorization code has been used");
    }
    let Some(code) = spend_code(&mut ledger, value, now) else {
        return refused("This authorization code has expired");
    };
    let token = Grant::from(&code).token(&mut ledger, TokenKind::ShortLived, Some(SHORT_LIFE), now);
    let user: Value = code.account.parse::<u64>().map_or_else(|_| json!(code.account), |n| json!(n));
    Json(json!({"access_token": token, "user_id": user, "permissions": code.scopes})).into_response()
}

/// Short-lived → 60 days.
pub(super) fn exchange(world: &World, query: Option<&str>) -> Result<Json<Value>, GraphError> {
    let params = Params::from_query(query);
    if params.get("grant_type") != Some("ig_exchange_token") {
        return Err(GraphError::param("Param grant_type must be one of {IG_EXCHANGE_TOKEN}"));
    }
    let now = world.now();
    let mut ledger = world.ledger();
    let old = live(
        &ledger,
        Platform::Instagram,
        params.get("access_token").ok_or_else(GraphError::no_token)?,
        now,
    )?;
    let secret =
        ledger.apps.get(&(Platform::Instagram, old.client_id.clone())).map(|a| a.client_secret.clone());
    if params.get("client_secret").map(str::to_owned) != secret {
        return Err(GraphError::new(1, None, "Error validating client secret."));
    }
    if old.kind != TokenKind::ShortLived {
        return Err(GraphError::new(
            452,
            None,
            "Session key invalid. This could be because the session key has an incorrect format",
        ));
    }
    let token = Grant::of(&old).long_lived(&mut ledger, now);
    Ok(Json(json!({"access_token": token, "token_type": "bearer", "expires_in": LONG_LIFE / SECOND})))
}

/// A long-lived token for another 60 days; the one given goes on until its own end.
pub(super) fn refresh(world: &World, query: Option<&str>) -> Result<Json<Value>, GraphError> {
    let params = Params::from_query(query);
    if params.get("grant_type") != Some("ig_refresh_token") {
        return Err(GraphError::param("Param grant_type must be one of {IG_REFRESH_TOKEN}"));
    }
    let now = world.now();
    let mut ledger = world.ledger();
    let old = live(
        &ledger,
        Platform::Instagram,
        params.get("access_token").ok_or_else(GraphError::no_token)?,
        now,
    )?;
    if old.kind != TokenKind::LongLived || !old.has_scope("instagram_business_basic") {
        return Err(GraphError::new(
            452,
            None,
            "Session key invalid. This could be because the session key has an incorrect format",
        ));
    }
    if now - old.issued_at < DAY {
        return Err(GraphError::new(
            10,
            None,
            "(#10) The access token is less than 24 hours old and cannot be refreshed yet",
        ));
    }
    let token = Grant::of(&old).long_lived(&mut ledger, now);
    Ok(Json(json!({
        "access_token": token,
        "token_type": "bearer",
        "expires_in": LONG_LIFE / SECOND,
        "permissions": old.scopes.join(","),
    })))
}
