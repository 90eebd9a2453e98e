//! Joining a workspace by an invitation's link.

use super::fields::{Fields, normalised};
use super::session;
use crate::Context;
use crate::errors::{OrInternal as _, internal};
use crate::secrets::{hash_password, token_hash};
use chrono::{DateTime, Utc};
use model::live::Topic;
use model::session::{ClientInfo, NewSession, Session, SignUpInput};
use model::team::InvitationView;
use model::{ApiError, ApiResult, Conflict, Problem, UserId};
use storage::invitations::InvitationRow;
use storage::persons::Person;
use storage::{StorageError, Tx, audit, invitations, live, members, new_id, persons, sessions};

fn expired() -> ApiError {
    ApiError::invalid("token", Problem::LinkExpired)
}

async fn find(tx: &mut Tx, token: &str, now: DateTime<Utc>) -> ApiResult<InvitationRow> {
    invitations::by_token(tx, &token_hash(token), now).await.or_internal()?.ok_or_else(expired)
}

/// Uses the invitation up and makes the person a member.
async fn join(tx: &mut Tx, invitation: &InvitationRow, person: UserId, now: DateTime<Utc>) -> ApiResult<()> {
    let workspace = invitation.workspace_id;
    if !invitations::end(tx, workspace, invitation.id, now).await.or_internal()? {
        return Err(expired());
    }
    members::insert(tx, workspace, person, invitation.role, now).await.map_err(|error| match error {
        StorageError::Duplicate(_) => ApiError::conflict(Conflict::AlreadyThere),
        other => internal(&other),
    })?;
    let role = invitation.role.key();
    audit::insert(tx, Some(workspace), Some(person), "member.joined", role, now).await.or_internal()
}

pub(super) async fn view(context: &Context, token: &str) -> ApiResult<InvitationView> {
    let mut read = context.db.read().await.or_internal()?;
    let invitation = find(&mut read, token, context.db.clock().now()).await?;
    let has_account = !invitation.email.is_empty()
        && persons::by_email(&mut read, &invitation.email).await.or_internal()?.is_some();
    Ok(InvitationView {
        workspace: invitation.workspace_name,
        invited_by: invitation.invited_by_name,
        email: invitation.email,
        role: invitation.role,
        has_account,
    })
}

pub(super) async fn sign_up(
    context: &Context,
    token: &str,
    input: SignUpInput,
    client: &ClientInfo,
) -> ApiResult<NewSession> {
    let mut read = context.db.read().await.or_internal()?;
    let invitation = find(&mut read, token, context.db.clock().now()).await?;
    let mut fields = Fields::default();
    let name = fields.name("name", &input.name);
    let email = fields.email("email", &input.email);
    fields.password("password", &input.password);
    fields.finish()?;
    if !invitation.email.is_empty() && invitation.email != email {
        return Err(ApiError::conflict(Conflict::OtherPerson));
    }
    let taken = || ApiError::invalid("email", Problem::AlreadyTaken);
    if persons::by_email(&mut read, &email).await.or_internal()?.is_some() {
        return Err(taken());
    }
    drop(read);

    let password_hash = hash_password(input.password).await.map_err(|e| internal(&e))?;
    let now = context.db.clock().now();
    let person = Person { id: new_id::<UserId>(now), name, email, password_hash, created_at: now };
    let mut tx = context.db.begin().await.or_internal()?;
    let invitation = find(&mut tx, token, now).await?;
    persons::insert(&mut tx, &person).await.map_err(|error| match error {
        StorageError::Duplicate(_) => taken(),
        other => internal(&other),
    })?;
    join(&mut tx, &invitation, person.id, now).await?;
    let new = session::start(context, &mut tx, person.id, Some(invitation.workspace_id), client).await?;
    context.commit_change(tx, invitation.workspace_id, &[Topic::Team]).await.or_internal()?;
    Ok(new)
}

pub(super) async fn accept(context: &Context, token: &str, session: &Session) -> ApiResult<()> {
    let now = context.db.clock().now();
    let mut tx = context.db.begin().await.or_internal()?;
    let invitation = find(&mut tx, token, now).await?;
    if !invitation.email.is_empty() && invitation.email != normalised(&session.email) {
        return Err(ApiError::conflict(Conflict::OtherPerson));
    }
    join(&mut tx, &invitation, session.user, now).await?;
    sessions::set_workspace(&mut tx, session.id, invitation.workspace_id).await.or_internal()?;
    live::tell(&mut tx, invitation.workspace_id, &[Topic::Team], None).await.or_internal()?;
    live::tell_access(&mut tx, session.user).await.or_internal()?;
    context.commit_told(tx).await.or_internal()
}
