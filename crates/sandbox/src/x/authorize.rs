//! The authorization page, <https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code>.

use crate::clock::SECOND;
use crate::form::Params;
use crate::oauth::{self, Ask};
use crate::state::{Challenge, Platform, Refreshing};
use crate::world::World;
use axum::extract::{OriginalUri, Request, State};
use axum::response::Response;
use http::HeaderMap;

/// Scopes of <https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code#scopes>.
const SCOPES: [&str; 23] = [
    "tweet.read",
    "tweet.write",
    "tweet.moderate.write",
    "users.email",
    "users.read",
    "follows.read",
    "follows.write",
    "offline.access",
    "space.read",
    "mute.read",
    "mute.write",
    "like.read",
    "like.write",
    "list.read",
    "list.write",
    "block.read",
    "block.write",
    "bookmark.read",
    "bookmark.write",
    "dm.read",
    "dm.write",
    "media.write",
    "timeline.read",
];

pub(super) async fn show(
    State(world): State<World>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let query = Params::from_query(uri.query());
    match read(&world, &query) {
        Ok(ask) => oauth::ask(&world, &ask, &headers, &uri.to_string()),
        Err(why) => oauth::refused(why),
    }
}

pub(super) async fn decide(State(world): State<World>, request: Request) -> Response {
    let query = Params::from_query(request.uri().query());
    let ask = match read(&world, &query) {
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
        return Err("response_type must be code");
    }
    let client_id = query.get("client_id").ok_or("client_id is missing")?;
    let redirect_uri = query.get("redirect_uri").ok_or("redirect_uri is missing")?;
    {
        let ledger = world.ledger();
        let app = ledger.apps.get(&(Platform::X, client_id.to_owned())).ok_or("the client_id is unknown")?;
        if !app.allows_redirect(redirect_uri) {
            return Err("the redirect_uri is not registered for this app");
        }
    }
    let state = query.get("state").ok_or("state is missing")?;
    if state.len() > 500 {
        return Err("state is longer than 500 characters");
    }
    let value = query.get("code_challenge").ok_or("code_challenge is missing")?;
    let s256 = match query.get("code_challenge_method") {
        Some("S256" | "s256") => true,
        Some("plain") => false,
        _ => return Err("code_challenge_method must be S256 or plain"),
    };
    let scopes: Vec<String> =
        query.get("scope").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    if scopes.is_empty() || scopes.iter().any(|s| !SCOPES.contains(&s.as_str())) {
        return Err("a scope is missing or unknown");
    }
    Ok(Ask {
        platform: Platform::X,
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        scopes,
        state: Some(state.to_owned()),
        challenge: Some(Challenge { value: value.to_owned(), s256 }),
        code_life: 30 * SECOND,
        refreshing: Refreshing::Never,
        fragment: None,
        partial: true,
        denial: &[("error", "access_denied")],
        persona: query.get("persona").map(str::to_owned),
    })
}
