//! A workspace, and accounts with ready tokens of the sandbox.

use crate::Error;
use crate::sandbox_control::Control;
use chrono::TimeDelta;
use demo::sandbox_accounts::{connect, make};
use model::operations::Schedule;
use model::{AccountId, Actor, Platform, Role, UserId, WorkspaceId};
use serde_json::json;
use service::Context;
use storage::persons::Person;
use storage::schedule_runs;
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

/// An owner and a workspace in UTC with a lateness window of an hour. Its accounts are synced only where a test asks for it.
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
    for day in [now, now + TimeDelta::days(1)] {
        schedule_runs::note(&mut tx, workspace, Schedule::SyncAccounts.key(), day.date_naive(), now).await?;
    }
    tx.commit().await?;
    Ok(Actor { user, workspace, role: Role::Owner })
}

/// Connects `count` new accounts of the sandbox, as if their past had been read already; on Facebook one Page each of as many people.
pub async fn accounts(
    context: &Context,
    control: &Control,
    actor: Actor,
    platform: Platform,
    count: usize,
    prefix: &str,
) -> Result<Vec<Seeded>, Error> {
    let wanted = json!({"platform": platform.key(), "count": count, "prefix": prefix});
    let mut seeded = Vec::with_capacity(count);
    for one in make(control, &wanted).await? {
        let connected = connect(context, actor, platform, one, 1).await?;
        let account = connected.into_iter().next().ok_or("no account was connected")?;
        seeded.push(Seeded {
            id: account.id,
            platform,
            handle: account.handle,
            remote_id: account.remote_id,
        });
    }
    let mut tx = context.db.begin().await?;
    storage::demo::end_syncs(&mut tx, actor.workspace, context.db.clock().now()).await?;
    tx.commit().await?;
    Ok(seeded)
}
