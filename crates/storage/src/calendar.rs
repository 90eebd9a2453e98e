//! What is due between two instants.

use crate::db::Tx;
use crate::error::Result;
use crate::posts::{Wanted, fetch_in};
use chrono::{DateTime, Utc};
use model::{PostId, WorkspaceId};

/// The targets of a post that are due at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SlotRow {
    pub post_id: PostId,
    pub due_at: DateTime<Utc>,
    /// One of them failed, was missed, or its outcome is unknown.
    pub attention: bool,
}

/// From `from` to before `to`, the earliest first. Deleted posts are left out; `wanted.search` is not looked at.
pub async fn slots(
    tx: &mut Tx,
    workspace: WorkspaceId,
    wanted: &Wanted<'_>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<SlotRow>> {
    fetch_all!(
        tx,
        SlotRow,
        "SELECT t.post_id, t.due_at,
                (MAX(CASE WHEN t.state IN ('failed', 'unknown', 'missed') THEN 1 ELSE 0 END) = 1) AS attention
         FROM target t JOIN post p ON p.id = t.post_id AND p.workspace_id = t.workspace_id
         WHERE t.workspace_id = $1 AND t.due_at >= $2 AND t.due_at < $3 AND p.deleted_at IS NULL
           AND ($4 = '' OR $4 LIKE '%,' || t.state || ',%')
           AND ($5 IS NULL OR t.account_id = $5)
           AND ($6 IS NULL OR t.account_id IN (SELECT a.id FROM account a
                                               WHERE a.workspace_id = $1 AND a.platform = $6))
         GROUP BY t.due_at, t.post_id ORDER BY t.due_at, t.post_id",
        workspace,
        from,
        to,
        wanted.states_text(),
        wanted.account,
        wanted.platform,
    )
}

/// The text of a post.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BodyRow {
    pub id: PostId,
    pub body: String,
}

/// The texts of some posts, in no order.
pub async fn bodies(tx: &mut Tx, workspace: WorkspaceId, posts: &[PostId]) -> Result<Vec<BodyRow>> {
    fetch_in!(
        tx,
        BodyRow,
        "SELECT id, body FROM post WHERE workspace_id = $1 AND id IN ({ids})",
        workspace,
        posts,
    )
}
