//! The teams' accounts: made at the sandbox, connected, and some of them in trouble.

use super::{LoadError, team};
use crate::sandbox_accounts::{Connected, connect, make};
use crate::sandbox_control::Control;
use crate::{Plan, PlannedAccount, Standing};
use model::{Actor, Platform};
use serde_json::{Value, json};
use service::Context;

/// What LinkedIn says of a token past its end
/// (<https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling>).
pub(super) const EXPIRED: &str = "The token used in the request has expired";

/// Each workspace's accounts, as in the plan.
pub(super) async fn connect_all(
    context: &Context,
    control: &Control,
    plan: &Plan,
) -> Result<Vec<Vec<Connected>>, LoadError> {
    let mut all = Vec::with_capacity(plan.workspaces.len());
    for (place, workspace) in plan.workspaces.iter().enumerate() {
        let actor = team::owner(plan, place);
        let mut accounts: Vec<Connected> = Vec::with_capacity(workspace.accounts.len());
        // Those of one consent follow each other.
        for together in workspace.accounts.chunk_by(|a, b| (a.platform, &a.login) == (b.platform, &b.login)) {
            let (platform, number) = (together[0].platform, together.len());
            let made = make(control, &wanted(together)).await?;
            let made = made.into_iter().next().ok_or(LoadError::Short)?;
            let connected = connect(context, actor, platform, made, number).await?;
            if connected.len() != number {
                return Err(LoadError::Short);
            }
            for (planned, connected) in together.iter().zip(&connected) {
                adjust(context, control, actor, planned, connected).await?;
            }
            accounts.extend(connected);
        }
        all.push(accounts);
    }
    Ok(all)
}

/// What the sandbox is asked for: on Facebook a person with Pages.
fn wanted(together: &[PlannedAccount]) -> Value {
    let first = &together[0];
    let profile = |account: &PlannedAccount| json!({"name": account.name, "bio": account.bio, "followers": account.followers});
    let mut wanted = json!({
        "platform": first.platform.key(), "prefix": first.login, "profile": profile(first), "anew": true,
    });
    if first.platform == Platform::Facebook {
        let page = |account: &PlannedAccount| {
            let mut page = profile(account);
            page["handle"] = json!(account.handle);
            page
        };
        wanted["profile"] = json!({"bio": "A person of the demo."});
        wanted["pages"] = together.iter().map(page).collect();
    }
    wanted
}

/// Label, pause and a consent that has ended.
async fn adjust(
    context: &Context,
    control: &Control,
    actor: Actor,
    planned: &PlannedAccount,
    connected: &Connected,
) -> Result<(), LoadError> {
    let paused = matches!(planned.standing, Standing::Paused { .. });
    if paused || !planned.label.is_empty() {
        let mut tx = context.db.begin().await?;
        storage::accounts::edit(&mut tx, actor.workspace, connected.id, planned.label, paused).await?;
        tx.commit().await?;
    }
    if matches!(planned.standing, Standing::NeedsReconnect { .. }) {
        let whose = json!({"platform": planned.platform.key(), "account": connected.remote_id});
        control.post("control/expire", &whose).await?;
        let now = context.db.clock().now();
        let mut tx = context.db.begin().await?;
        let account = storage::accounts::get(&mut tx, actor.workspace, connected.id).await?;
        let grant = account.map(|account| account.grant_id).ok_or(LoadError::Short)?;
        let version = storage::grants::get(&mut tx, actor.workspace, grant).await?.map_or(0, |g| g.version);
        storage::grants::set_needs_reconnect(&mut tx, actor.workspace, grant, version, EXPIRED, now).await?;
        tx.commit().await?;
    }
    Ok(())
}
