//! People, Pages, permissions: <https://developers.facebook.com/docs/graph-api/reference/user/accounts>,
//! <https://developers.facebook.com/docs/graph-api/reference/user/permissions>.

use super::feed;
use super::token::page_token;
use crate::meta::call::GraphCall;
use crate::meta::error::GraphError;
use crate::meta::list::fields;
use crate::permalink;
use crate::state::{Account, Entry, Kind, Platform, TokenKind};
use crate::world::World;
use serde_json::{Value, json};

/// A person, a Page, or a post.
pub(super) fn node(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    if call.node.contains('_') {
        return feed::read(world, call);
    }
    let account = world.ledger().account(Platform::Facebook, &call.node).cloned();
    let Some(account) = account else { return feed::read(world, call) };
    let mine =
        account.id == call.token.account || account.owner.as_deref() == Some(call.token.account.as_str());
    if !mine {
        return Err(GraphError::missing("get", &call.node));
    }
    let asked = fields(&call.params);
    let asked = if asked.is_empty() { vec!["id".to_owned(), "name".to_owned()] } else { asked };
    show(world, call, &account, &asked)
}

fn show(world: &World, call: &GraphCall, account: &Account, asked: &[String]) -> Result<Value, GraphError> {
    let page = account.kind == Kind::Page;
    let mut out = json!({"id": account.id});
    for field in asked {
        let value = match field.as_str() {
            "id" => continue,
            "name" => json!(account.name),
            "picture" => json!({"data": {
                "url": world.address(&format!("/avatar/facebook/{}.svg", account.id)),
                "height": 50, "width": 50, "is_silhouette": false,
            }}),
            "username" if page => json!(account.handle),
            "link" if page => json!(world.address(&permalink::of_account(account))),
            "followers_count" | "fan_count" if page => {
                let ledger = world.ledger();
                json!(world.figures(&ledger).followers(account))
            }
            "category" if page => json!("Local business"),
            "about" if page => json!(account.bio),
            "tasks" if page => {
                json!(["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"])
            }
            // Known, but nobody here has filled them in.
            "instagram_business_account" | "website" | "phone" | "emails" | "cover" | "location" if page => {
                continue;
            }
            "access_token" if page => {
                let user = call.token.value.clone();
                let now = world.now();
                json!(page_token(&mut world.ledger(), &user, account, now))
            }
            "email" if !page && call.token.has_scope("email") => {
                json!(format!("{}@mail.sandbox.test", account.handle))
            }
            "email" if !page => continue,
            unknown => {
                let kind = if page { "Page" } else { "User" };
                return Err(GraphError::param(&format!(
                    "Tried accessing nonexisting field ({unknown}) on node type ({kind})"
                )));
            }
        };
        out[field] = value;
    }
    Ok(out)
}

/// The Pages of the person, each with its token.
pub(super) fn accounts(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    if call.token.kind == TokenKind::Page {
        return Err(GraphError::param("Tried accessing nonexisting field (accounts) on node type (Page)"));
    }
    let mut pages: Vec<Account> = Vec::new();
    if call.token.has_scope("pages_show_list") {
        let ledger = world.ledger();
        let owned =
            |a: &&Account| a.kind == Kind::Page && a.owner.as_deref() == Some(call.token.account.as_str());
        pages = ledger.accounts_of(Platform::Facebook).filter(owned).cloned().collect();
    }
    let asked = fields(&call.params);
    let usual = ["access_token", "category", "name", "id", "tasks"];
    let asked = if asked.is_empty() { usual.iter().map(|f| (*f).to_owned()).collect() } else { asked };
    let shown: Result<Vec<Value>, GraphError> = pages.iter().map(|p| show(world, call, p, &asked)).collect();
    Ok(call.paged(world, "accounts", shown?))
}

pub(super) fn permissions(call: &GraphCall) -> Result<Value, GraphError> {
    let granted: Vec<Value> =
        call.token.scopes.iter().map(|s| json!({"permission": s, "status": "granted"})).collect();
    Ok(json!({"data": granted}))
}

/// The person's grant ends, with every token of it.
pub(super) fn remove_app(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    if call.token.account != call.node || call.token.kind == TokenKind::Page {
        return Err(GraphError::missing("delete", &call.node));
    }
    world.ledger().record(Entry::FamilyRevoked(call.token.family.clone()));
    Ok(json!({"success": true}))
}
