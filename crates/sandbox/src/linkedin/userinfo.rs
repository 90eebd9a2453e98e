//! OpenID userinfo,
//! <https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2>.

use super::auth::token;
use super::error::LinkedinError;
use crate::state::Platform;
use crate::world::World;
use axum::Json;
use axum::extract::State;
use http::HeaderMap;
use serde_json::{Value, json};

pub(super) async fn show(
    State(world): State<World>,
    headers: HeaderMap,
) -> Result<Json<Value>, LinkedinError> {
    let token = token(&world, &headers)?;
    if !token.has_scope("openid") {
        return Err(LinkedinError::denied("Not enough permissions to access: userinfo.GET.NO_VERSION"));
    }
    let ledger = world.ledger();
    let account =
        ledger.account(Platform::Linkedin, &token.account).ok_or_else(LinkedinError::invalid_token)?;
    let mut out = json!({"sub": account.id});
    if token.has_scope("profile") {
        let (given, family) = account.name.split_once(' ').unwrap_or((&account.name, ""));
        out["name"] = json!(account.name);
        out["given_name"] = json!(given);
        out["family_name"] = json!(family);
        out["picture"] = json!(world.address(&format!("/avatar/linkedin/{}.svg", account.id)));
        out["locale"] = json!({"country": "US", "language": "en"});
    }
    if token.has_scope("email") {
        out["email"] = json!(format!("{}@mail.sandbox.test", account.handle));
        out["email_verified"] = json!(true);
    }
    Ok(Json(out))
}
