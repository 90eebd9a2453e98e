//! Sessions by app password: <https://docs.bsky.app/docs/api/com-atproto-server-create-session>.

use super::auth::{sign, spend_sign_in, token};
use super::error::XrpcError;
use crate::clock::{DAY, HOUR, Millis, SECOND};
use crate::form::read_body;
use crate::ids::sha256_hex;
use crate::state::{Account, Entry, Platform, Token, TokenKind};
use crate::world::{Ledger, World};
use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use serde_json::{Value, json};

const ACCESS_LIFE: Millis = 2 * HOUR;
const REFRESH_LIFE: Millis = 90 * DAY;
/// How long a refresh token still works after it was used, as `@atproto/pds` does.
const GRACE: Millis = 2 * HOUR;

pub(super) async fn create(State(world): State<World>, request: Request) -> Result<Response, XrpcError> {
    let body = json_body(request).await?;
    let word = |name: &str| {
        body[name]
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| XrpcError::invalid(format!("Input must have the property \"{name}\"")))
    };
    let (identifier, password) = (word("identifier")?, word("password")?);
    let usage = spend_sign_in(&world, &identifier)?;
    let now = world.now();
    let mut ledger = world.ledger();
    let account = ledger
        .find_account(Platform::Bluesky, &identifier)
        .filter(|a| a.password.as_deref() == Some(password.as_str()))
        .cloned()
        .ok_or_else(|| XrpcError::unauthorized("AuthenticationRequired", "Invalid identifier or password"))?;
    let family = ledger.ids.secret(16);
    let (access, refresh) = mint(&mut ledger, &account.id, &family, now);
    drop(ledger);
    let mut answer = describe(&world, &account);
    answer["accessJwt"] = json!(access);
    answer["refreshJwt"] = json!(refresh);
    Ok(sign(Json(answer).into_response(), usage, 300))
}

pub(super) async fn refresh(State(world): State<World>, headers: HeaderMap) -> Result<Response, XrpcError> {
    let old = token(&world, &headers, TokenKind::Refresh)?;
    let now = world.now();
    if old.used_at.is_some_and(|at| now > at + GRACE) {
        return Err(XrpcError::bad("ExpiredToken", "Token has been revoked"));
    }
    let mut ledger = world.ledger();
    let account = ledger.account(Platform::Bluesky, &old.account).cloned().ok_or_else(XrpcError::internal)?;
    let (access, refresh) = mint(&mut ledger, &account.id, &old.family, now);
    let used_at = old.used_at.or(Some(now));
    ledger.record(Entry::Token(Box::new(Token { used_at, ..old })));
    drop(ledger);
    let mut answer = describe(&world, &account);
    answer["accessJwt"] = json!(access);
    answer["refreshJwt"] = json!(refresh);
    Ok(Json(answer).into_response())
}

pub(super) async fn delete(State(world): State<World>, headers: HeaderMap) -> Result<Response, XrpcError> {
    let token = token(&world, &headers, TokenKind::Refresh)?;
    world.ledger().record(Entry::FamilyRevoked(token.family));
    Ok(().into_response())
}

pub(super) async fn show(State(world): State<World>, headers: HeaderMap) -> Result<Json<Value>, XrpcError> {
    let did = super::auth::did(&world, &headers)?;
    let account = world.ledger().account(Platform::Bluesky, &did).cloned().ok_or_else(XrpcError::internal)?;
    Ok(Json(describe(&world, &account)))
}

fn describe(world: &World, account: &Account) -> Value {
    json!({
        "handle": account.handle,
        "did": account.id,
        "didDoc": did_document(world, account),
        "email": format!("{}@mail.sandbox.test", account.handle.split('.').next().unwrap_or_default()),
        "emailConfirmed": true,
        "emailAuthFactor": false,
        "active": true,
    })
}

/// The DID document, whose `#atproto_pds` service leads back here.
pub(super) fn did_document(world: &World, account: &Account) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/did/v1"],
        "id": account.id,
        "alsoKnownAs": [format!("at://{}", account.handle)],
        "service": [{
            "id": "#atproto_pds",
            "type": "AtprotoPersonalDataServer",
            "serviceEndpoint": world.address("/bluesky"),
        }],
    })
}

/// A pair of session tokens.
pub(crate) fn mint(ledger: &mut Ledger, did: &str, family: &str, now: Millis) -> (String, String) {
    let mut make = |kind, life: Millis| {
        let scope = if kind == TokenKind::Access { "com.atproto.appPass" } else { "com.atproto.refresh" };
        let id = ledger.ids.secret(43);
        let value = jwt(did, scope, &id, now, now + life);
        ledger.record(Entry::Token(Box::new(Token {
            value: value.clone(),
            platform: Platform::Bluesky,
            kind,
            client_id: String::new(),
            account: did.to_owned(),
            scopes: vec![scope.to_owned()],
            family: family.to_owned(),
            issued_at: now,
            expires_at: Some(now + life),
            revoked: false,
            used_at: None,
        })));
        value
    };
    (make(TokenKind::Access, ACCESS_LIFE), make(TokenKind::Refresh, REFRESH_LIFE))
}

/// A JWT in form, for clients that read `exp`; this server knows its tokens by their whole value.
fn jwt(did: &str, scope: &str, id: &str, issued: Millis, expires: Millis) -> String {
    let typ = if scope == "com.atproto.refresh" { "refresh+jwt" } else { "at+jwt" };
    let header = URL_SAFE_NO_PAD.encode(json!({"typ": typ, "alg": "HS256"}).to_string());
    let claims = json!({
        "scope": scope, "aud": "did:web:sandbox.test", "sub": did, "jti": id,
        "iat": issued / SECOND, "exp": expires / SECOND,
    });
    let claims = URL_SAFE_NO_PAD.encode(claims.to_string());
    let signature = sha256_hex(format!("{header}.{claims}").as_bytes());
    format!("{header}.{claims}.{}", URL_SAFE_NO_PAD.encode(&signature[..32]))
}

/// The JSON object in the body.
pub(super) async fn json_body(request: Request) -> Result<Value, XrpcError> {
    let kind = crate::form::content_type(request.headers());
    if !kind.starts_with("application/json") {
        return Err(XrpcError::invalid(format!("Wrong request encoding (Content-Type): {kind}")));
    }
    let body = read_body(request).await.map_err(|e| XrpcError::invalid(e.to_string()))?;
    serde_json::from_slice(&body)
        .ok()
        .filter(Value::is_object)
        .ok_or_else(|| XrpcError::invalid("Unable to parse the request body as JSON"))
}
