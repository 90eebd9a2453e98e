//! What goes out or went out on an account around a time.

use crate::db::Tx;
use crate::error::Result;
use chrono::{DateTime, Utc};
use model::post::Variant;
use model::{AccountId, Platform, PostId, WorkspaceId};
use sqlx::types::Json;

/// A post at its time on an account, with all that its text for the platform comes from.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct NeighbourRow {
    pub post_id: PostId,
    pub due_at: DateTime<Utc>,
    pub platform: Platform,
    pub handle: String,
    pub account_name: String,
    pub body: String,
    pub variants: Json<Vec<Variant>>,
}

/// Scheduled, going out or published on the account from `from` to `to`, both included, the earliest first. What was deleted, here or
/// at the platform, is left out.
pub async fn on_account(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<NeighbourRow>> {
    fetch_all!(
        tx,
        NeighbourRow,
        "SELECT t.post_id, t.due_at, a.platform, a.handle, a.name AS account_name, p.body, p.variants
         FROM target t
         JOIN account a ON a.id = t.account_id AND a.workspace_id = t.workspace_id
         JOIN post p ON p.id = t.post_id AND p.workspace_id = t.workspace_id
         WHERE t.workspace_id = $1 AND t.account_id = $2 AND t.due_at >= $3 AND t.due_at <= $4
           AND t.state IN ('scheduled', 'awaiting_approval', 'publishing', 'unknown', 'published')
           AND t.remote_deleted_at IS NULL AND p.deleted_at IS NULL
         ORDER BY t.due_at, t.post_id",
        workspace,
        account,
        from,
        to,
    )
}
