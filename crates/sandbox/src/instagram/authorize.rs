//! The authorization page,
//! <https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login>.

use crate::clock::HOUR;
use crate::form::Params;
use crate::oauth::{self, Ask};
use crate::state::{Platform, Refreshing};
use crate::world::World;
use axum::extract::{OriginalUri, Request, State};
use axum::response::Response;
use http::HeaderMap;

const SCOPES: [&str; 5] = [
    "instagram_business_basic",
    "instagram_business_content_publish",
    "instagram_business_manage_insights",
    "instagram_business_manage_comments",
    "instagram_business_manage_messages",
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
        return Err("Invalid response_type");
    }
    let client_id = query.get("client_id").ok_or("Invalid platform app")?;
    let redirect_uri = query.get("redirect_uri").ok_or("Invalid redirect_uri")?;
    {
        let ledger = world.ledger();
        let app =
            ledger.apps.get(&(Platform::Instagram, client_id.to_owned())).ok_or("Invalid platform app")?;
        if !app.allows_redirect(redirect_uri) {
            return Err("Invalid redirect_uri");
        }
    }
    let scopes: Vec<String> = query
        .get("scope")
        .unwrap_or_default()
        .split([',', ' '])
        .filter(|s| !s.is_empty())
        .map(str::to_owned)
        .collect();
    let known = scopes.iter().all(|s| SCOPES.contains(&s.as_str()));
    if !known || !scopes.iter().any(|s| s == SCOPES[0]) {
        return Err("Invalid scope");
    }
    Ok(Ask {
        platform: Platform::Instagram,
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        scopes,
        state: query.get("state").map(str::to_owned),
        challenge: None,
        // "Authorization codes are valid for 1 hour and can only be used once."
        code_life: HOUR,
        refreshing: Refreshing::Never,
        // "#_ will be appended to the end of the redirect URI."
        fragment: Some("_"),
        partial: true,
        denial: &[
            ("error", "access_denied"),
            ("error_reason", "user_denied"),
            ("error_description", "The user denied your request"),
        ],
        persona: query.get("persona").map(str::to_owned),
    })
}
