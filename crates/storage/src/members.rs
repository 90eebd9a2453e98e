//! Who belongs to which workspace, and in what role.

use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::{Role, UserId, WorkspaceId};

/// A member with the person's name and address.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberRow {
    pub person_id: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub joined_at: DateTime<Utc>,
}

/// A workspace of a person.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MembershipRow {
    pub workspace_id: WorkspaceId,
    pub name: String,
    pub role: Role,
    pub zone: String,
}

/// Fails with `Duplicate` when the person is a member already.
pub async fn insert(
    tx: &mut Tx,
    workspace: WorkspaceId,
    person: UserId,
    role: Role,
    joined_at: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO member (workspace_id, person_id, role, joined_at) VALUES ($1, $2, $3, $4)",
        workspace,
        person,
        role,
        joined_at,
    )?;
    Ok(())
}

/// The members of a workspace, by name.
pub async fn list(tx: &mut Tx, workspace: WorkspaceId) -> Result<Vec<MemberRow>> {
    fetch_all!(
        tx,
        MemberRow,
        "SELECT m.person_id, p.name, p.email, m.role, m.joined_at
         FROM member m JOIN person p ON p.id = m.person_id
         WHERE m.workspace_id = $1 ORDER BY LOWER(p.name), p.id",
        workspace,
    )
}

pub async fn role(tx: &mut Tx, workspace: WorkspaceId, person: UserId) -> Result<Option<Role>> {
    let row = fetch_optional!(
        tx,
        (Role,),
        "SELECT role FROM member WHERE workspace_id = $1 AND person_id = $2",
        workspace,
        person,
    )?;
    Ok(row.map(|(role,)| role))
}

/// The workspaces of a person that aren't deleted, by name.
pub async fn memberships(tx: &mut Tx, person: UserId) -> Result<Vec<MembershipRow>> {
    fetch_all!(
        tx,
        MembershipRow,
        "SELECT m.workspace_id, w.name, m.role, w.zone
         FROM member m JOIN workspace w ON w.id = m.workspace_id
         WHERE m.person_id = $1 AND w.deleted_at IS NULL ORDER BY LOWER(w.name), w.id",
        person,
    )
}

pub async fn set_role(tx: &mut Tx, workspace: WorkspaceId, person: UserId, role: Role) -> Result<()> {
    execute!(
        tx,
        "UPDATE member SET role = $3 WHERE workspace_id = $1 AND person_id = $2",
        workspace,
        person,
        role,
    )?;
    Ok(())
}

pub async fn remove(tx: &mut Tx, workspace: WorkspaceId, person: UserId) -> Result<()> {
    execute!(tx, "DELETE FROM member WHERE workspace_id = $1 AND person_id = $2", workspace, person)?;
    Ok(())
}

pub async fn count_owners(tx: &mut Tx, workspace: WorkspaceId) -> Result<i64> {
    let (count,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COUNT(*) FROM member WHERE workspace_id = $1 AND role = $2",
        workspace,
        Role::Owner,
    )?;
    Ok(count)
}
