//! A workspace's settings, making one and going to one.

use crate::Context;
use crate::auth::LATENESS_WINDOW_MIN;
use crate::auth::fields::Fields;
use crate::errors::OrInternal as _;
use model::live::Topic;
use model::session::Session;
use model::team::WorkspaceSettings;
use model::{Actor, ApiError, ApiResult, Permission, Problem, Role, WorkspaceId};
use storage::workspaces::Workspace;
use storage::{Tx, audit, live, members, new_id, sessions, workspaces};

/// A week, in minutes: what was meant for one day is no news on the same day a week later.
const MAX_LATENESS_MIN: i64 = 7 * 24 * 60;

/// The actor's workspace.
pub(super) async fn find(tx: &mut Tx, actor: Actor) -> ApiResult<Workspace> {
    workspaces::get(tx, actor.workspace).await.or_internal()?.ok_or(ApiError::NotFound)
}

pub(super) async fn settings(context: &Context, actor: Actor) -> ApiResult<WorkspaceSettings> {
    actor.require(Permission::View)?;
    let mut read = context.db.read().await.or_internal()?;
    let found = find(&mut read, actor).await?;
    Ok(WorkspaceSettings {
        name: found.name,
        zone: found.zone,
        lateness_window_min: found.lateness_window_min,
    })
}

pub(super) async fn update(context: &Context, actor: Actor, settings: &WorkspaceSettings) -> ApiResult<()> {
    actor.require(Permission::ManageTeam)?;
    let mut fields = Fields::default();
    let name = fields.name("name", &settings.name);
    let zone = fields.zone("zone", &settings.zone);
    if !(1..=MAX_LATENESS_MIN).contains(&settings.lateness_window_min) {
        fields.refuse("lateness_window_min", Problem::BadValue);
    }
    fields.finish()?;
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    if !workspaces::update(&mut tx, actor.workspace, &name, &zone, settings.lateness_window_min)
        .await
        .or_internal()?
    {
        return Err(ApiError::NotFound);
    }
    let subject = format!("{name}, {zone}, {} min", settings.lateness_window_min);
    audit::insert(&mut tx, Some(actor.workspace), Some(actor.user), "workspace.changed", &subject, now)
        .await
        .or_internal()?;
    // Times are shown in its zone.
    let topics = [Topic::Posts, Topic::Team];
    context.commit_change(tx, actor.workspace, &topics).await.or_internal()
}

pub(super) async fn create(
    context: &Context,
    session: &Session,
    name: &str,
    zone: &str,
) -> ApiResult<WorkspaceId> {
    let mut fields = Fields::default();
    let name = fields.name("name", name);
    let zone = fields.zone("zone", zone);
    fields.finish()?;
    let now = context.db.clock().now();
    let workspace =
        Workspace { id: new_id(now), name, zone, lateness_window_min: LATENESS_WINDOW_MIN, created_at: now };
    let mut tx = context.db.begin().await.or_internal()?;
    workspaces::insert(&mut tx, &workspace).await.or_internal()?;
    members::insert(&mut tx, workspace.id, session.user, Role::Owner, now).await.or_internal()?;
    sessions::set_workspace(&mut tx, session.id, workspace.id).await.or_internal()?;
    audit::insert(&mut tx, Some(workspace.id), Some(session.user), "workspace.created", &workspace.name, now)
        .await
        .or_internal()?;
    live::tell_access(&mut tx, session.user).await.or_internal()?;
    context.commit_told(tx).await.or_internal()?;
    Ok(workspace.id)
}

pub(super) async fn switch(context: &Context, session: &Session, workspace: WorkspaceId) -> ApiResult<()> {
    let mut tx = context.db.begin().await.or_internal()?;
    let role = members::role(&mut tx, workspace, session.user).await.or_internal()?;
    if role.is_none() || workspaces::get(&mut tx, workspace).await.or_internal()?.is_none() {
        return Err(ApiError::NotFound);
    }
    sessions::set_workspace(&mut tx, session.id, workspace).await.or_internal()?;
    live::tell_access(&mut tx, session.user).await.or_internal()?;
    context.commit_told(tx).await.or_internal()
}
