//! Invitations: a link to hand over, for one person, for a week.

use super::links::link;
use super::workspace;
use crate::auth::fields::Fields;
use crate::errors::{OrInternal as _, internal};
use crate::secrets::{new_token, token_hash};
use crate::{Context, zones};
use chrono::TimeDelta;
use model::live::Topic;
use model::team::{Invitation, InviteInput, NewInvitation};
use model::{Actor, ApiError, ApiResult, InvitationId, Permission, Problem, Role};
use storage::invitations::{self, InvitationRow};
use storage::{Tx, audit, members, new_id, workspaces};

const LINK_LIFE: TimeDelta = TimeDelta::days(7);

fn shown(row: InvitationRow, zone: &str) -> Invitation {
    Invitation {
        id: row.id,
        email: row.email,
        role: row.role,
        invited_by: row.invited_by_name,
        expires_at: zones::local_time(row.expires_at, zone),
    }
}

pub(super) async fn list(context: &Context, actor: Actor) -> ApiResult<Vec<Invitation>> {
    actor.require(Permission::ManageTeam)?;
    let now = context.db.clock().now();
    let mut read = context.db.read().await.or_internal()?;
    let zone = workspace::find(&mut read, actor).await?.zone;
    let rows = invitations::list(&mut read, actor.workspace, now).await.or_internal()?;
    Ok(rows.into_iter().map(|row| shown(row, &zone)).collect())
}

pub(super) async fn invite(context: &Context, actor: Actor, input: &InviteInput) -> ApiResult<NewInvitation> {
    actor.require(Permission::ManageTeam)?;
    if input.role == Role::Owner {
        actor.require(Permission::OwnWorkspace)?;
    }
    let mut fields = Fields::default();
    let email = match input.email.trim() {
        "" => String::new(),
        email => fields.email("email", email),
    };
    fields.finish()?;

    let now = context.db.clock().now();
    let token = new_token().map_err(|e| internal(&e))?;
    let mut tx = context.db.begin().await.or_internal()?;
    still_allowed(&mut tx, actor, input.role).await?;
    let zone = workspace::find(&mut tx, actor).await?.zone;
    let team = members::list(&mut tx, actor.workspace).await.or_internal()?;
    if !email.is_empty() && team.iter().any(|member| member.email == email) {
        return Err(ApiError::invalid("email", Problem::AlreadyTaken));
    }
    let invited_by =
        team.iter().find(|m| m.person_id == actor.user).map(|m| m.name.clone()).unwrap_or_default();
    let id: InvitationId = new_id(now);
    let new = invitations::NewInvitation {
        id,
        workspace: actor.workspace,
        email: &email,
        role: input.role,
        token_hash: &token_hash(&token),
        invited_by: actor.user,
        created_at: now,
        expires_at: now + LINK_LIFE,
    };
    invitations::insert(&mut tx, &new).await.or_internal()?;
    let subject = format!("{} {email}", input.role.key());
    audit::insert(
        &mut tx,
        Some(actor.workspace),
        Some(actor.user),
        "invitation.created",
        subject.trim_end(),
        now,
    )
    .await
    .or_internal()?;
    context.commit_change(tx, actor.workspace, &[Topic::Team]).await.or_internal()?;
    let expires_at = zones::local_time(now + LINK_LIFE, &zone);
    let invitation = Invitation { id, email, role: input.role, invited_by, expires_at };
    Ok(NewInvitation { invitation, link: link(&context.base_url, "invite", &token) })
}

/// An admin who loses the role at this moment must not leave an invitation behind.
async fn still_allowed(tx: &mut Tx, actor: Actor, offered: Role) -> ApiResult<()> {
    workspaces::lock(tx, actor.workspace).await.or_internal()?;
    let role =
        members::role(tx, actor.workspace, actor.user).await.or_internal()?.ok_or(ApiError::NotFound)?;
    let actor = Actor { role, ..actor };
    actor.require(if offered == Role::Owner { Permission::OwnWorkspace } else { Permission::ManageTeam })
}

pub(super) async fn revoke(context: &Context, actor: Actor, id: InvitationId) -> ApiResult<()> {
    actor.require(Permission::ManageTeam)?;
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    if !invitations::end(&mut tx, actor.workspace, id, now).await.or_internal()? {
        return Err(ApiError::NotFound);
    }
    audit::insert(
        &mut tx,
        Some(actor.workspace),
        Some(actor.user),
        "invitation.revoked",
        &id.to_string(),
        now,
    )
    .await
    .or_internal()?;
    context.commit_change(tx, actor.workspace, &[Topic::Team]).await.or_internal()
}
