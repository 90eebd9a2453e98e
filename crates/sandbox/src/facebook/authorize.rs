//! The login dialog,
//! <https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow>.

use crate::clock::SECOND;
use crate::form::Params;
use crate::oauth::{self, Ask};
use crate::state::{Platform, Refreshing};
use crate::world::World;
use axum::extract::{OriginalUri, Request, State};
use axum::response::Response;
use http::HeaderMap;

const SCOPES: [&str; 14] = [
    "public_profile",
    "email",
    "pages_show_list",
    "pages_manage_posts",
    "pages_read_engagement",
    "pages_manage_engagement",
    "pages_read_user_content",
    "pages_manage_metadata",
    "read_insights",
    "publish_video",
    "business_management",
    "instagram_basic",
    "instagram_content_publish",
    "instagram_manage_insights",
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
    if query.get("response_type").is_some_and(|t| t != "code") {
        return Err("the sandbox knows response_type=code only");
    }
    let client_id = query.get("client_id").ok_or("client_id is missing")?;
    let redirect_uri = query.get("redirect_uri").ok_or("redirect_uri is missing")?;
    {
        let ledger = world.ledger();
        let app = ledger.apps.get(&(Platform::Facebook, client_id.to_owned())).ok_or("Invalid App ID")?;
        if !app.allows_redirect(redirect_uri) {
            return Err("URL blocked: the redirect URI is not white-listed in the app's settings");
        }
    }
    let mut scopes = vec!["public_profile".to_owned()];
    for scope in query.get("scope").unwrap_or_default().split([',', ' ']).filter(|s| !s.is_empty()) {
        if !SCOPES.contains(&scope) {
            return Err("Invalid Scopes");
        }
        if scope != "public_profile" {
            scopes.push(scope.to_owned());
        }
    }
    Ok(Ask {
        platform: Platform::Facebook,
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        scopes,
        state: query.get("state").map(str::to_owned),
        challenge: None,
        code_life: 600 * SECOND,
        refreshing: Refreshing::Never,
        // Facebook puts this after every redirect.
        fragment: Some("_=_"),
        partial: true,
        denial: &[
            ("error", "access_denied"),
            ("error_code", "200"),
            ("error_description", "Permissions error"),
            ("error_reason", "user_denied"),
        ],
        persona: query.get("persona").map(str::to_owned),
    })
}
