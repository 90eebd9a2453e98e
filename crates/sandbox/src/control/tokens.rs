//! Tokens that expire or are revoked at the platform's side.

use super::{ControlError, platform, read};
use crate::state::{Entry, Token, TokenKind};
use crate::world::World;
use axum::Json;
use axum::extract::{Request, State};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Whose {
    platform: String,
    /// Identifier or handle; `all` (the default) means every account.
    #[serde(default = "all")]
    account: String,
    /// Refresh tokens too.
    #[serde(default)]
    refresh: bool,
}

fn all() -> String {
    "all".to_owned()
}

fn tokens(world: &World, whose: &Whose) -> Result<Vec<Token>, ControlError> {
    let platform = platform(&whose.platform)?;
    let ledger = world.ledger();
    if whose.account == "all" {
        return Ok(ledger.tokens.values().filter(|t| t.platform == platform).cloned().collect());
    }
    let account = ledger
        .find_account(platform, &whose.account)
        .ok_or_else(|| ControlError::Account(whose.account.clone()))?;
    Ok(ledger.tokens_of(platform, &account.id).cloned().collect())
}

/// Expires access tokens (with `refresh: true`, refresh tokens as well).
pub(super) async fn expire(
    State(world): State<World>,
    request: Request,
) -> Result<Json<Value>, ControlError> {
    let whose: Whose = read(request).await?;
    let found = tokens(&world, &whose)?;
    let now = world.now();
    let mut ledger = world.ledger();
    let mut expired = 0;
    for token in found {
        if !token.expired(now) && (whose.refresh || token.kind != TokenKind::Refresh) {
            ledger.record(Entry::Token(Box::new(Token { expires_at: Some(now), ..token })));
            expired += 1;
        }
    }
    Ok(Json(json!({"expired": expired})))
}

/// Ends the grants of an account, as if the person had removed the app.
pub(super) async fn revoke(
    State(world): State<World>,
    request: Request,
) -> Result<Json<Value>, ControlError> {
    let whose: Whose = read(request).await?;
    let families: std::collections::BTreeSet<String> =
        tokens(&world, &whose)?.into_iter().map(|t| t.family).collect();
    let mut ledger = world.ledger();
    for family in &families {
        ledger.record(Entry::FamilyRevoked(family.clone()));
    }
    Ok(Json(json!({"revoked": families.len()})))
}
