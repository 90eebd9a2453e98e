//! The authorization page, <https://developers.tiktok.com/doc/login-kit-web/>.

use crate::clock::SECOND;
use crate::form::Params;
use crate::oauth::{self, Ask};
use crate::state::{Platform, Refreshing};
use crate::world::World;
use axum::extract::{OriginalUri, Request, State};
use axum::response::Response;
use http::HeaderMap;

/// <https://developers.tiktok.com/doc/tiktok-api-scopes/>
const SCOPES: [&str; 6] = [
    "user.info.basic",
    "user.info.profile",
    "user.info.stats",
    "video.list",
    "video.publish",
    "video.upload",
];

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
        return Err("response_type");
    }
    let client_key = query.get("client_key").ok_or("client_key")?;
    let redirect_uri = query.get("redirect_uri").ok_or("redirect_uri")?;
    {
        let ledger = world.ledger();
        let app = ledger.apps.get(&(Platform::Tiktok, client_key.to_owned())).ok_or("client_key")?;
        if !app.allows_redirect(redirect_uri) {
            return Err("redirect_uri");
        }
    }
    let scopes: Vec<String> = query
        .get("scope")
        .unwrap_or_default()
        .split(',')
        .filter(|scope| !scope.is_empty())
        .map(str::to_owned)
        .collect();
    if scopes.is_empty() || scopes.iter().any(|scope| !SCOPES.contains(&scope.as_str())) {
        return Err("scope");
    }
    Ok(Ask {
        platform: Platform::Tiktok,
        client_id: client_key.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        scopes,
        state: Some(query.get("state").ok_or("state")?.to_owned()),
        challenge: None,
        code_life: 600 * SECOND,
        refreshing: Refreshing::Never,
        fragment: None,
        partial: true,
        denial: &[("error", "access_denied"), ("error_description", "User cancelled the authorization")],
        persona: query.get("persona").map(str::to_owned),
    })
}
