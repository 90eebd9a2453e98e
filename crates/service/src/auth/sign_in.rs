//! First run, and signing in by address and password.

use super::fields::{Fields, normalised};
use super::{session, throttle};
use crate::Context;
use crate::errors::{OrInternal as _, internal};
use crate::secrets::{hash_password, verify_password};
use model::session::{ClientInfo, NewSession, SetupInput, SignInInput};
use model::{ApiError, ApiResult, Conflict, Problem, UserId, WorkspaceId};
use storage::persons::Person;
use storage::workspaces::Workspace;
use storage::{audit, dialect, members, new_id, persons, sessions, workspaces};

/// A post later than this is `missed`, unless the workspace says otherwise, in minutes.
pub(crate) const LATENESS_WINDOW_MIN: i64 = 60;
/// Names the lock under which the first person is made.
const SETUP_LOCK: i64 = 0x6661_6e66_6172_6501;

pub(super) async fn setup_needed(context: &Context) -> ApiResult<bool> {
    let mut read = context.db.read().await.or_internal()?;
    Ok(!persons::any(&mut read).await.or_internal()?)
}

pub(super) async fn setup(
    context: &Context,
    input: SetupInput,
    client: &ClientInfo,
) -> ApiResult<NewSession> {
    if !setup_needed(context).await? {
        return Err(ApiError::conflict(Conflict::AlreadySetUp));
    }
    let mut fields = Fields::default();
    let name = fields.name("name", &input.name);
    let email = fields.email("email", &input.email);
    fields.password("password", &input.password);
    let workspace_name = fields.name("workspace", &input.workspace);
    let zone = fields.zone("zone", &input.zone);
    fields.finish()?;

    let password_hash = hash_password(input.password).await.map_err(|e| internal(&e))?;
    let now = context.db.clock().now();
    let person = Person { id: new_id::<UserId>(now), name, email, password_hash, created_at: now };
    let workspace = Workspace {
        id: new_id::<WorkspaceId>(now),
        name: workspace_name,
        zone,
        lateness_window_min: LATENESS_WINDOW_MIN,
        created_at: now,
    };
    let mut tx = context.db.begin().await.or_internal()?;
    dialect::advisory_lock(&mut tx, SETUP_LOCK).await.or_internal()?;
    // Somebody may have been quicker while the password was hashed.
    if persons::any(&mut tx).await.or_internal()? {
        return Err(ApiError::conflict(Conflict::AlreadySetUp));
    }
    persons::insert(&mut tx, &person).await.or_internal()?;
    workspaces::insert(&mut tx, &workspace).await.or_internal()?;
    members::insert(&mut tx, workspace.id, person.id, model::Role::Owner, now).await.or_internal()?;
    let act = "workspace.created";
    audit::insert(&mut tx, Some(workspace.id), Some(person.id), act, &workspace.name, now)
        .await
        .or_internal()?;
    let new = session::start(context, &mut tx, person.id, Some(workspace.id), client).await?;
    tx.commit().await.or_internal()?;
    Ok(new)
}

pub(super) async fn sign_in(
    context: &Context,
    input: SignInInput,
    client: &ClientInfo,
) -> ApiResult<NewSession> {
    let email = normalised(&input.email);
    throttle::count(context, &email, client).await?;
    // PostgreSQL's text can't hold a NUL, so nobody has such an address.
    let person = if email.contains('\0') {
        None
    } else {
        let mut read = context.db.read().await.or_internal()?;
        persons::by_email(&mut read, &email).await.or_internal()?
    };
    let hash = person.as_ref().map(|p| p.password_hash.clone());
    let right = verify_password(input.password, hash).await.map_err(|e| internal(&e))?;

    let now = context.db.clock().now();
    let wrong = || ApiError::invalid("password", Problem::WrongCredentials);
    let Some(person) = person else { return Err(wrong()) };
    let mut tx = context.db.begin().await.or_internal()?;
    if !right {
        let act = "session.refused";
        audit::insert(&mut tx, None, Some(person.id), act, &client.address, now).await.or_internal()?;
        tx.commit().await.or_internal()?;
        return Err(wrong());
    }
    // A reset at the same moment ends all sessions: this one must not slip in after it with the old password.
    if !persons::hold_password(&mut tx, person.id, &person.password_hash).await.or_internal()? {
        return Err(wrong());
    }
    throttle::clear_name(&mut tx, &email).await?;
    let workspace = sessions::last_workspace(&mut tx, person.id).await.or_internal()?;
    audit::insert(&mut tx, None, Some(person.id), "session.signed_in", &client.address, now)
        .await
        .or_internal()?;
    let new = session::start(context, &mut tx, person.id, workspace, client).await?;
    tx.commit().await.or_internal()?;
    Ok(new)
}
