//! Members and their roles: admins manage up to admin, only owners make and unmake owners, one owner always stays.

use super::workspace;
use crate::errors::OrInternal as _;
use crate::{Context, zones};
use model::live::Topic;
use model::team::Member;
use model::{Actor, ApiError, ApiResult, Conflict, Permission, Role, UserId};
use storage::{Tx, audit, invitations, members, sessions, workspaces};

pub(super) async fn list(context: &Context, actor: Actor) -> ApiResult<Vec<Member>> {
    actor.require(Permission::View)?;
    let mut read = context.db.read().await.or_internal()?;
    let zone = workspace::find(&mut read, actor).await?.zone;
    let rows = members::list(&mut read, actor.workspace).await.or_internal()?;
    let shown = |row: members::MemberRow| Member {
        user: row.person_id,
        name: row.name,
        email: row.email,
        role: row.role,
        joined_at: zones::local_time(row.joined_at, &zone),
    };
    Ok(rows.into_iter().map(shown).collect())
}

pub(super) async fn change_role(context: &Context, actor: Actor, user: UserId, role: Role) -> ApiResult<()> {
    actor.require(Permission::ManageTeam)?;
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    let (actor, before) = locked(&mut tx, actor, user).await?;
    actor.require(Permission::ManageTeam)?;
    if before == Role::Owner || role == Role::Owner {
        actor.require(Permission::OwnWorkspace)?;
    }
    if before == role {
        return Ok(());
    }
    if before == Role::Owner {
        keep_an_owner(&mut tx, actor).await?;
    }
    members::set_role(&mut tx, actor.workspace, user, role).await.or_internal()?;
    if role < before {
        invitations::end_by_inviter(&mut tx, actor.workspace, user, now).await.or_internal()?;
    }
    let change = format!("{user} {} to {}", before.key(), role.key());
    audit::insert(&mut tx, Some(actor.workspace), Some(actor.user), "member.role_changed", &change, now)
        .await
        .or_internal()?;
    context.commit_change(tx, actor.workspace, &[Topic::Team]).await.or_internal()
}

/// Removes a member, or leaves: for oneself no permission is needed.
pub(super) async fn remove(context: &Context, actor: Actor, user: UserId) -> ApiResult<()> {
    let leaving = actor.user == user;
    if !leaving {
        actor.require(Permission::ManageTeam)?;
    }
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    let (actor, before) = locked(&mut tx, actor, user).await?;
    if !leaving {
        actor.require(if before == Role::Owner {
            Permission::OwnWorkspace
        } else {
            Permission::ManageTeam
        })?;
    }
    if before == Role::Owner {
        keep_an_owner(&mut tx, actor).await?;
    }
    members::remove(&mut tx, actor.workspace, user).await.or_internal()?;
    sessions::leave_workspace(&mut tx, user, actor.workspace).await.or_internal()?;
    invitations::end_by_inviter(&mut tx, actor.workspace, user, now).await.or_internal()?;
    let act = if leaving { "member.left" } else { "member.removed" };
    audit::insert(&mut tx, Some(actor.workspace), Some(actor.user), act, &user.to_string(), now)
        .await
        .or_internal()?;
    context.commit_change(tx, actor.workspace, &[Topic::Team, Topic::Access]).await.or_internal()
}

/// Waits for other changes of the team, then reads the roles: the actor's may have changed since the session was read.
async fn locked(tx: &mut Tx, actor: Actor, user: UserId) -> ApiResult<(Actor, Role)> {
    workspaces::lock(tx, actor.workspace).await.or_internal()?;
    let role =
        members::role(tx, actor.workspace, actor.user).await.or_internal()?.ok_or(ApiError::NotFound)?;
    let theirs = members::role(tx, actor.workspace, user).await.or_internal()?.ok_or(ApiError::NotFound)?;
    Ok((Actor { role, ..actor }, theirs))
}

async fn keep_an_owner(tx: &mut Tx, actor: Actor) -> ApiResult<()> {
    if members::count_owners(tx, actor.workspace).await.or_internal()? > 1 {
        Ok(())
    } else {
        Err(ApiError::conflict(Conflict::LastOwner))
    }
}
