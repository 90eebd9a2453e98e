//! The authorization page,
//! <https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow>.

use crate::clock::SECOND;
use crate::form::Params;
use crate::oauth::{self, Ask};
use crate::state::{Platform, Refreshing};
use crate::world::World;
use axum::extract::{OriginalUri, Request, State};
use axum::response::Response;
use http::HeaderMap;

const SCOPES: [&str; 12] = [
    "openid",
    "profile",
    "email",
    "w_member_social",
    "r_basicprofile",
    "r_member_social",
    "w_organization_social",
    "r_organization_social",
    "rw_organization_admin",
    "r_organization_admin",
    "r_member_postAnalytics",
    "r_member_profileAnalytics",
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
        return Err("response_type must be code");
    }
    let client_id = query.get("client_id").ok_or("you need to pass the client_id parameter")?;
    let redirect_uri = query.get("redirect_uri").ok_or("you need to pass the redirect_uri parameter")?;
    {
        let ledger = world.ledger();
        let app = ledger.apps.get(&(Platform::Linkedin, client_id.to_owned()));
        let app = app.ok_or("the passed in client_id is invalid")?;
        if !app.allows_redirect(redirect_uri) {
            return Err("the redirect_uri does not match the registered value");
        }
    }
    let scopes: Vec<String> = query
        .get("scope")
        .unwrap_or_default()
        .split([' ', ','])
        .filter(|s| !s.is_empty())
        .map(str::to_owned)
        .collect();
    if scopes.is_empty() || scopes.iter().any(|s| !SCOPES.contains(&s.as_str())) {
        return Err("a scope is missing or not authorized for this app");
    }
    Ok(Ask {
        platform: Platform::Linkedin,
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        scopes,
        state: query.get("state").map(str::to_owned),
        challenge: None,
        code_life: 1_800 * SECOND,
        refreshing: Refreshing::Never,
        fragment: None,
        // LinkedIn grants all or nothing.
        partial: false,
        denial: &[
            ("error", "user_cancelled_authorize"),
            ("error_description", "The user cancelled the authorization"),
        ],
        persona: query.get("persona").map(str::to_owned),
    })
}
