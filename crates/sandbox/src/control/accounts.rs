//! Accounts with ready tokens, for benches and tests that start after the sign-in; apps.

use super::profile::{Page, Profile, begin_anew, put};
use super::{ControlError, platform, read};
use crate::meta::token::Grant;
use crate::oauth::create as create_account;
use crate::state::{Account, App, Entry, Kind, Platform};
use crate::world::{Ledger, World};
use crate::{bluesky, facebook, linkedin, permalink, x};
use axum::Json;
use axum::extract::{RawQuery, Request, State};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

/// Everybody on a platform, with Bluesky's app passwords; `?platform=`.
pub(super) async fn list(
    State(world): State<World>,
    RawQuery(query): RawQuery,
) -> Result<Json<Vec<Value>>, ControlError> {
    let params = crate::form::Params::from_query(query.as_deref());
    let of = params.get("platform").map(platform).transpose()?;
    let ledger = world.ledger();
    let platforms = Platform::ALL.into_iter().filter(|p| of.is_none_or(|of| of == *p));
    let show = |a: &Account| {
        json!({
            "platform": a.platform, "id": a.id, "handle": a.handle, "name": a.name, "kind": a.kind,
            "owner": a.owner, "password": a.password,
        })
    };
    Ok(Json(platforms.flat_map(|p| ledger.accounts_of(p).map(show).collect::<Vec<_>>()).collect()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    platform: String,
    #[serde(default = "one")]
    count: u32,
    /// Handles are this and a number.
    #[serde(default = "prefix")]
    prefix: String,
    /// The app the tokens belong to; the default app when absent.
    client_id: Option<String>,
    /// All that publishing and statistics need when absent.
    scopes: Option<Vec<String>>,
    /// How they show themselves; made up when absent.
    profile: Option<Profile>,
    /// On Facebook, with a profile: the person's Pages.
    #[serde(default)]
    pages: Vec<Page>,
    /// Whoever was there already loses their posts.
    #[serde(default)]
    anew: bool,
}

fn one() -> u32 {
    1
}

fn prefix() -> String {
    "bench".to_owned()
}

/// Makes `count` accounts with ready tokens. On Facebook each is a person with Pages; the first Page and its token
/// are given besides.
pub(super) async fn create(
    State(world): State<World>,
    request: Request,
) -> Result<(StatusCode, Json<Vec<Value>>), ControlError> {
    let wanted: Wanted = read(request).await?;
    let platform = platform(&wanted.platform)?;
    if wanted.count > 100_000 {
        return Err(ControlError::Unreadable("count must be at most 100000".to_owned()));
    }
    let client = wanted.client_id.clone().unwrap_or_else(|| App::default_of(platform).client_id);
    let scopes = wanted.scopes.clone().unwrap_or_else(|| usual_scopes(platform));
    let now = world.now();
    let mut ledger = world.ledger();
    let made = (0..wanted.count)
        .map(|n| {
            let name =
                if wanted.count == 1 { wanted.prefix.clone() } else { format!("{}{n}", wanted.prefix) };
            let account = match &wanted.profile {
                Some(profile) => put(&mut ledger, platform, &name, profile, &wanted.pages, now),
                None => ledger
                    .find_account(platform, &name)
                    .cloned()
                    .unwrap_or_else(|| create_account(&mut ledger, platform, &name)),
            };
            if wanted.anew {
                begin_anew(&mut ledger, &account);
            }
            with_tokens(&world, &mut ledger, &account, &client, &scopes, now)
        })
        .collect();
    Ok((StatusCode::CREATED, Json(made)))
}

fn with_tokens(
    world: &World,
    ledger: &mut Ledger,
    account: &Account,
    client: &str,
    scopes: &[String],
    now: i64,
) -> Value {
    let address = |account| world.address(&permalink::of_account(account));
    let family = ledger.ids.secret(16);
    let (access, refresh) = match account.platform {
        Platform::X => x::mint(ledger, client, &account.id, scopes, &family, now),
        Platform::Facebook | Platform::Instagram => {
            let platform = account.platform;
            let grant = Grant { platform, client_id: client, account: &account.id, scopes, family: &family };
            (grant.long_lived(ledger, now), None)
        }
        Platform::Linkedin => linkedin::mint(ledger, client, &account.id, scopes, &family, now),
        Platform::Bluesky => {
            let (access, refresh) = bluesky::mint(ledger, &account.id, &family, now);
            (access, Some(refresh))
        }
    };
    let mut out = json!({
        "platform": account.platform,
        "id": account.id,
        "handle": account.handle,
        "name": account.name,
        "url": address(account),
        "password": account.password,
        "access_token": access,
        "refresh_token": refresh,
        "scopes": scopes,
    });
    if account.platform == Platform::Facebook {
        let pages: Vec<Account> = ledger
            .accounts_of(Platform::Facebook)
            .filter(|a| a.kind == Kind::Page && a.owner.as_deref() == Some(account.id.as_str()))
            .cloned()
            .collect();
        let pages: Vec<Value> = pages
            .iter()
            .map(|page| {
                let token = facebook::page_token(ledger, &access, page, now);
                json!({
                    "id": page.id, "name": page.name, "handle": page.handle, "url": address(page),
                    "access_token": token,
                })
            })
            .collect();
        out["pages"] = Value::Array(pages);
    }
    out
}

fn usual_scopes(platform: Platform) -> Vec<String> {
    let scopes: &[&str] = match platform {
        Platform::X => &["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"],
        Platform::Facebook => &[
            "pages_show_list",
            "pages_manage_posts",
            "pages_read_engagement",
            "read_insights",
            "public_profile",
        ],
        Platform::Instagram => &[
            "instagram_business_basic",
            "instagram_business_content_publish",
            "instagram_business_manage_insights",
        ],
        Platform::Linkedin => &[
            "openid",
            "profile",
            "email",
            "w_member_social",
            "r_member_postAnalytics",
            "r_member_profileAnalytics",
        ],
        Platform::Bluesky => &["com.atproto.appPass"],
    };
    scopes.iter().map(|s| (*s).to_owned()).collect()
}

/// Registers an app, or changes one.
pub(super) async fn app(
    State(world): State<World>,
    request: Request,
) -> Result<(StatusCode, Json<App>), ControlError> {
    let app: App = read(request).await?;
    world.ledger().record(Entry::App(app.clone()));
    Ok((StatusCode::CREATED, Json(app)))
}
