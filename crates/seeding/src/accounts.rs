//! A workspace, and accounts with ready tokens of the sandbox.

use crate::Error;
use crate::sandbox_control::Control;
use chrono::TimeDelta;
use model::{AccountId, Actor, Platform, Role, UserId, WorkspaceId};
use platforms::{Consent, RemoteAccount, Secret, Tokens};
use serde::Deserialize;
use serde_json::json;
use service::Context;
use storage::persons::Person;
use storage::workspaces::Workspace;

/// A connected account and its name at the sandbox.
#[derive(Clone, Debug)]
pub struct Seeded {
    pub id: AccountId,
    pub platform: Platform,
    pub handle: String,
    /// The platform's id, as the sandbox names it.
    pub remote_id: String,
}

/// An owner and a workspace in UTC with a lateness window of an hour.
pub async fn people(context: &Context) -> Result<Actor, Error> {
    let now = context.db.clock().now();
    let user: UserId = storage::new_id(now);
    let workspace: WorkspaceId = storage::new_id(now);
    let mut tx = context.db.begin().await?;
    let person = Person {
        id: user,
        name: String::from("Inès Caron"),
        email: format!("{user}@example.test"),
        password_hash: String::from("none"),
        created_at: now,
    };
    storage::persons::insert(&mut tx, &person).await?;
    let place = Workspace {
        id: workspace,
        name: String::from("Maison Verte"),
        zone: String::from("UTC"),
        lateness_window_min: 60,
        created_at: now,
    };
    storage::workspaces::insert(&mut tx, &place).await?;
    storage::members::insert(&mut tx, workspace, user, Role::Owner, now).await?;
    tx.commit().await?;
    Ok(Actor { user, workspace, role: Role::Owner })
}

#[derive(Deserialize)]
struct Made {
    id: String,
    handle: String,
    name: String,
    access_token: String,
    refresh_token: Option<String>,
    scopes: Vec<String>,
    #[serde(default)]
    pages: Vec<Page>,
}

#[derive(Deserialize)]
struct Page {
    id: String,
    name: String,
    handle: String,
    access_token: String,
}

/// Connects `count` new accounts of the sandbox; on Facebook one Page each of as many people.
pub async fn accounts(
    context: &Context,
    control: &Control,
    actor: Actor,
    platform: Platform,
    count: usize,
    prefix: &str,
) -> Result<Vec<Seeded>, Error> {
    let wanted = json!({"platform": platform.key(), "count": count, "prefix": prefix});
    let made: Vec<Made> = serde_json::from_value(control.post("control/accounts", &wanted).await?)?;
    let mut seeded = Vec::with_capacity(count);
    for one in made {
        let (mut account, handle) = match one.pages.first() {
            Some(page) => {
                (remote(&page.id, &page.handle, &page.name, Some(&page.access_token)), page.handle.clone())
            }
            None => (remote(&one.id, &one.handle, &one.name, None), one.handle.clone()),
        };
        if platform == Platform::LinkedIn {
            // Its API tells none.
            account.handle.clear();
        }
        let consent = Consent {
            host: context.registry.get(platform).host(),
            subject: one.id,
            tokens: Tokens {
                access: Secret::new(one.access_token),
                refresh: one.refresh_token.map(Secret::new),
                access_expires_at: Some(context.db.clock().now() + token_life(platform)),
                refresh_expires_at: None,
            },
            granted_scopes: one.scopes,
            missing_scopes: Vec::new(),
            accounts: vec![account.clone()],
        };
        let ids = service::accounts::adopt_all(context, actor, platform, &consent).await?;
        let id = *ids.first().ok_or("no account was connected")?;
        seeded.push(Seeded { id, platform, handle, remote_id: account.remote_id });
    }
    Ok(seeded)
}

/// As the platforms give them: two hours, or sixty days.
const fn token_life(platform: Platform) -> TimeDelta {
    match platform {
        Platform::X | Platform::Bluesky => TimeDelta::seconds(7200),
        Platform::Instagram | Platform::Facebook | Platform::LinkedIn => TimeDelta::days(60),
    }
}

fn remote(id: &str, handle: &str, name: &str, token: Option<&str>) -> RemoteAccount {
    RemoteAccount {
        remote_id: id.to_owned(),
        handle: handle.to_owned(),
        name: name.to_owned(),
        avatar_url: None,
        url: None,
        token: token.map(Secret::new),
    }
}
