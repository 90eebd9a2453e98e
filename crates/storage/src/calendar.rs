//! What is due between two instants.
//!
//! A month may hold thousands of posts of which few are shown: [`instants`] counts them where they are, and [`slots`] then names those
//! of the instants that matter.

use crate::db::Tx;
use crate::error::Result;
use crate::posts::{Wanted, deletion_failed, fetch_in, shown};
use chrono::{DateTime, Utc};
use model::{PostId, WorkspaceId};

/// An instant at which posts are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct InstantRow {
    pub due_at: DateTime<Utc>,
    pub posts: i64,
    /// How many of them have a target, due then, that failed, was missed, whose outcome is unknown, or that could not be deleted.
    pub attention: i64,
}

/// The targets of a post that are due at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SlotRow {
    pub post_id: PostId,
    pub due_at: DateTime<Utc>,
    /// As in [`InstantRow::attention`].
    pub attention: bool,
}

/// Whether a target needs somebody.
macro_rules! attention {
    () => {
        concat!("(t.state IN ('failed', 'unknown', 'missed') OR ", deletion_failed!("t"), ")")
    };
}

/// The targets of a [`Wanted`], whose values are `$2` to `$5`.
macro_rules! wanted_targets {
    () => {
        concat!(
            " FROM target t JOIN post p ON p.id = t.post_id AND p.workspace_id = t.workspace_id
              WHERE t.workspace_id = $1 AND ",
            shown!(),
            " AND ($2 = '' OR $2 LIKE '%,' || t.state || ',%')
              AND ($3 IS NULL OR t.account_id = $3)
              AND ($4 IS NULL OR t.account_id IN (SELECT a.id FROM account a
                                                  WHERE a.workspace_id = $1 AND a.platform = $4))
              AND ($5 IS NULL OR p.author_id = $5)"
        )
    };
}

/// From `from` to before `to`, the earliest first. Deleted posts count while somebody has to do something about them;
/// `wanted.search` is not looked at.
pub async fn instants(
    tx: &mut Tx,
    workspace: WorkspaceId,
    wanted: &Wanted<'_>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<InstantRow>> {
    fetch_all!(
        tx,
        InstantRow,
        concat!(
            "SELECT t.due_at, COUNT(DISTINCT t.post_id) AS posts, COUNT(DISTINCT CASE WHEN ",
            attention!(),
            " THEN t.post_id END) AS attention",
            wanted_targets!(),
            " AND t.due_at >= $6 AND t.due_at < $7 GROUP BY t.due_at ORDER BY t.due_at"
        ),
        workspace,
        wanted.states_text(),
        wanted.account,
        wanted.platform,
        wanted.author,
        from,
        to,
    )
}

/// The posts that are due at these instants, the earliest first; which, as for [`instants`].
pub async fn slots(
    tx: &mut Tx,
    workspace: WorkspaceId,
    wanted: &Wanted<'_>,
    at: &[DateTime<Utc>],
) -> Result<Vec<SlotRow>> {
    fetch_in!(
        tx,
        SlotRow,
        concat!(
            "SELECT t.post_id, t.due_at, (MAX(CASE WHEN ",
            attention!(),
            " THEN 1 ELSE 0 END) = 1) AS attention",
            wanted_targets!(),
            " AND t.due_at IN ({ids}) GROUP BY t.due_at, t.post_id ORDER BY t.due_at, t.post_id"
        ),
        [workspace, wanted.states_text(), wanted.account, wanted.platform, wanted.author],
        at,
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
