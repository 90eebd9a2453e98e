//! What posts held earlier: a row each time somebody else, or somebody later, changes one.

use crate::db::Tx;
use crate::error::Result;
use chrono::{DateTime, Utc};
use model::revision::Content;
use model::{PostId, RevisionId, UserId, WorkspaceId};
use sqlx::types::Json;

/// A revision to insert.
#[derive(Clone, Copy, Debug)]
pub struct NewRevision<'a> {
    pub id: RevisionId,
    pub workspace: WorkspaceId,
    pub post: PostId,
    pub person: UserId,
    pub content: &'a Content,
    /// When it was written.
    pub at: DateTime<Utc>,
}

pub async fn insert(tx: &mut Tx, revision: &NewRevision<'_>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO post_revision (id, workspace_id, post_id, person_id, content, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
        revision.id,
        revision.workspace,
        revision.post,
        revision.person,
        Json(revision.content),
        revision.at,
    )?;
    Ok(())
}

/// Writes over a revision that is still being worked on.
pub async fn replace(
    tx: &mut Tx,
    workspace: WorkspaceId,
    revision: RevisionId,
    content: &Content,
    now: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE post_revision SET content = $3, updated_at = $4 WHERE id = $1 AND workspace_id = $2",
        revision,
        workspace,
        Json(content),
        now,
    )?;
    Ok(())
}

/// Who wrote a revision, and when it was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LatestRow {
    pub id: RevisionId,
    pub person_id: UserId,
    pub created_at: DateTime<Utc>,
}

/// The newest revision of a post; none if nobody has changed it.
pub async fn latest(tx: &mut Tx, workspace: WorkspaceId, post: PostId) -> Result<Option<LatestRow>> {
    fetch_optional!(
        tx,
        LatestRow,
        "SELECT id, person_id, created_at FROM post_revision
         WHERE post_id = $1 AND workspace_id = $2 ORDER BY created_at DESC, id DESC LIMIT 1",
        post,
        workspace,
    )
}

/// A revision with the name of who wrote it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RevisionRow {
    pub id: RevisionId,
    pub person: String,
    pub content: Json<Content>,
    pub updated_at: DateTime<Utc>,
}

/// The newest revisions of a post, newest first.
pub async fn list(tx: &mut Tx, workspace: WorkspaceId, post: PostId, limit: i64) -> Result<Vec<RevisionRow>> {
    fetch_all!(
        tx,
        RevisionRow,
        "SELECT r.id, u.name AS person, r.content, r.updated_at
         FROM post_revision r JOIN person u ON u.id = r.person_id
         WHERE r.post_id = $1 AND r.workspace_id = $2 ORDER BY r.created_at DESC, r.id DESC LIMIT $3",
        post,
        workspace,
        limit,
    )
}

/// What one revision of a post holds.
pub async fn content(
    tx: &mut Tx,
    workspace: WorkspaceId,
    post: PostId,
    revision: RevisionId,
) -> Result<Option<Content>> {
    let row = fetch_optional!(
        tx,
        (Json<Content>,),
        "SELECT content FROM post_revision WHERE id = $1 AND post_id = $2 AND workspace_id = $3",
        revision,
        post,
        workspace,
    )?;
    Ok(row.map(|(content,)| content.0))
}
