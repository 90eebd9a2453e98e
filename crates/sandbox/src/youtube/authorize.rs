//! The authorization page, <https://developers.google.com/youtube/v3/guides/auth/server-side-web-apps>.

use super::auth::{ANALYTICS, MANAGE, READ, UPLOAD};
use crate::clock::SECOND;
use crate::form::Params;
use crate::oauth::{self, Ask};
use crate::state::{Challenge, Platform, Refreshing};
use crate::world::World;
use axum::extract::{OriginalUri, Request, State};
use axum::response::Response;
use http::HeaderMap;

const SCOPES: [&str; 4] = [UPLOAD, READ, ANALYTICS, MANAGE];

pub(super) async fn show(
    State(world): State<World>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    match read(&world, &Params::from_query(uri.query())) {
        Ok(ask) => oauth::ask(&world, &ask, &headers, &uri.to_string()),
        Err(why) => oauth::refused(why),
    }
}

pub(super) async fn decide(State(world): State<World>, request: Request) -> Response {
    let ask = match read(&world, &Params::from_query(request.uri().query())) {
        Ok(ask) => ask,
        Err(why) => return oauth::refused(why),
    };
    match Params::read(request).await {
        Ok(form) => oauth::answer(&world, &ask, &form),
        Err(_) => oauth::refused("the form is not readable"),
    }
}

fn read(world: &World, query: &Params) -> Result<Ask, &'static str> {
    if query.get("response_type") != Some("code") {
        return Err("Error 400: invalid_request (response_type)");
    }
    let client_id = query.get("client_id").ok_or("Error 401: invalid_client")?;
    let redirect_uri = query.get("redirect_uri").ok_or("Error 400: redirect_uri_mismatch")?;
    {
        let ledger = world.ledger();
        let app = ledger.apps.get(&(Platform::Youtube, client_id.to_owned()));
        if !app.ok_or("Error 401: invalid_client")?.allows_redirect(redirect_uri) {
            return Err("Error 400: redirect_uri_mismatch");
        }
    }
    let scopes: Vec<String> =
        query.get("scope").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    if scopes.is_empty() || scopes.iter().any(|scope| !SCOPES.contains(&scope.as_str())) {
        return Err("Error 400: invalid_scope");
    }
    let prompted = query.get("prompt").is_some_and(|prompt| prompt.split(' ').any(|one| one == "consent"));
    let refreshing = match query.get("access_type") {
        Some("offline") if prompted => Refreshing::Always,
        Some("offline") => Refreshing::AtFirstConsent,
        _ => Refreshing::Never,
    };
    let challenge = query.get("code_challenge").map(|value| Challenge {
        value: value.to_owned(),
        s256: query.get("code_challenge_method") == Some("S256"),
    });
    Ok(Ask {
        platform: Platform::Youtube,
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        scopes,
        state: query.get("state").map(str::to_owned),
        challenge,
        code_life: 600 * SECOND,
        refreshing,
        fragment: None,
        partial: true,
        denial: &[("error", "access_denied")],
        persona: query.get("persona").map(str::to_owned),
    })
}
