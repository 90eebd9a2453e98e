//! Targets as people change them: one row for each account a post goes to. What the publisher writes is in `publishing`.
//!
//! Each write takes the target as it was read and holds only while its state and revision are still the same, so that it
//! wins or loses cleanly against a claim. The new state comes from `TargetState::apply`, at the caller's.

use crate::db::Tx;
use crate::error::Result;
use crate::posts::fetch_in;
use chrono::{DateTime, Utc};
use model::state::{Reason, Stage};
use model::{AccountId, AttemptId, Platform, PostId, TargetId, TargetState, WorkspaceId};
use sqlx::types::Json;

/// A target with its account and the stage of its live attempt.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TargetRow {
    pub id: TargetId,
    pub post_id: PostId,
    pub account_id: AccountId,
    pub platform: Platform,
    pub host: String,
    pub handle: String,
    pub account_name: String,
    pub paused: bool,
    pub disconnected: bool,
    pub state: TargetState,
    pub revision: i64,
    pub due_at: Option<DateTime<Utc>>,
    pub zone: Option<String>,
    pub next_attempt_at: Option<DateTime<Utc>>,
    pub reason: Option<Json<Reason>>,
    pub attempts: i64,
    pub asks: bool,
    pub remote_id: Option<String>,
    pub remote_url: Option<String>,
    pub published_at: Option<DateTime<Utc>>,
    pub delete_requested_at: Option<DateTime<Utc>>,
    pub remote_deleted_at: Option<DateTime<Utc>>,
    pub attempt_id: Option<AttemptId>,
    pub stage: Option<Stage>,
    /// When the request that makes it public may have been sent.
    pub committing_at: Option<DateTime<Utc>>,
}

impl TargetRow {
    /// What a write of this row is fenced by.
    pub fn seen(&self) -> Seen {
        Seen { id: self.id, state: self.state, revision: self.revision }
    }
}

/// A target as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub id: TargetId,
    pub state: TargetState,
    pub revision: i64,
}

/// Writes a target that is still as it was `seen`; gives whether it was. The statement's own
/// values are `$5` and up; `$and` adds to its condition.
macro_rules! write_seen {
    ($tx:expr, $workspace:expr, $seen:expr, $what:expr, $and:expr $(, $bind:expr)* $(,)?) => {{
        let seen: Seen = $seen;
        let changed = execute!(
            $tx,
            concat!($what, " WHERE id = $1 AND workspace_id = $2 AND state = $3 AND revision = $4", $and),
            seen.id,
            $workspace,
            seen.state,
            seen.revision,
            $($bind),*
        )?;
        Ok(changed == 1)
    }};
}

/// Ends whatever was under way.
macro_rules! let_go {
    () => {
        ", queued_until = NULL, attempt_id = NULL, lease_owner = NULL, lease_until = NULL, reason = NULL, asks = FALSE,
          absent_seen_at = NULL"
    };
}

/// The targets of some posts, each post's in the order in which they were added.
pub async fn of_posts(tx: &mut Tx, workspace: WorkspaceId, posts: &[PostId]) -> Result<Vec<TargetRow>> {
    fetch_in!(
        tx,
        TargetRow,
        "SELECT t.id, t.post_id, t.account_id, a.platform, a.host, a.handle, a.name AS account_name, a.paused,
                (a.disconnected_at IS NOT NULL) AS disconnected, t.state, t.revision, t.due_at, t.zone,
                t.next_attempt_at, t.reason, t.attempts, t.asks, t.remote_id, t.remote_url, t.published_at,
                t.delete_requested_at, t.remote_deleted_at, t.attempt_id, x.stage, x.committing_at
         FROM target t
         JOIN account a ON a.id = t.account_id AND a.workspace_id = t.workspace_id
         LEFT JOIN attempt x ON x.id = t.attempt_id AND x.workspace_id = t.workspace_id
         WHERE t.workspace_id = $1 AND t.post_id IN ({ids})
         ORDER BY t.post_id, t.created_at, t.publish_key",
        workspace,
        posts,
    )
}

/// The post that a target belongs to.
pub async fn post_of(tx: &mut Tx, workspace: WorkspaceId, target: TargetId) -> Result<Option<PostId>> {
    let row = fetch_optional!(
        tx,
        (PostId,),
        "SELECT post_id FROM target WHERE id = $1 AND workspace_id = $2",
        target,
        workspace
    )?;
    Ok(row.map(|(post,)| post))
}

/// An account that a post may go to.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TargetAccountRow {
    pub id: AccountId,
    pub platform: Platform,
    pub handle: String,
    pub name: String,
    pub paused: bool,
    pub disconnected: bool,
}

/// Those of the accounts that are in the workspace, in no order.
pub async fn accounts(
    tx: &mut Tx,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<TargetAccountRow>> {
    fetch_in!(
        tx,
        TargetAccountRow,
        "SELECT id, platform, handle, name, paused, (disconnected_at IS NOT NULL) AS disconnected
         FROM account WHERE workspace_id = $1 AND id IN ({ids})",
        workspace,
        accounts,
    )
}

/// When a target goes out, and the zone in which that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub at: DateTime<Utc>,
    pub zone: String,
}

/// A target to insert: scheduled where it has a time, else a draft.
#[derive(Clone, Debug)]
pub struct NewTarget<'a> {
    pub id: TargetId,
    pub workspace: WorkspaceId,
    pub post: PostId,
    pub account: AccountId,
    pub state: TargetState,
    pub due: Option<&'a Due>,
    /// Unique, and fixed for life.
    pub publish_key: &'a str,
    pub now: DateTime<Utc>,
}

pub async fn insert(tx: &mut Tx, target: &NewTarget<'_>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO target (id, workspace_id, post_id, account_id, state, revision, due_at, zone, next_attempt_at,
                             attempts, asks, publish_key, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $6, 0, FALSE, $8, $9, $9)",
        target.id,
        target.workspace,
        target.post,
        target.account,
        target.state,
        target.due.map(|due| due.at),
        target.due.map(|due| due.zone.as_str()),
        target.publish_key,
        target.now,
    )?;
    Ok(())
}

/// Gives it a time and forgets what delayed it before: its waits begin anew, and it counts as made when it goes out.
/// `false`: it changed meanwhile, and nothing was written.
pub async fn schedule(
    tx: &mut Tx,
    workspace: WorkspaceId,
    seen: Seen,
    to: TargetState,
    due: &Due,
    now: DateTime<Utc>,
) -> Result<bool> {
    write_seen!(
        tx,
        workspace,
        seen,
        concat!(
            "UPDATE target SET state = $5, revision = revision + 1, due_at = $6, zone = $7, next_attempt_at = $6",
            let_go!(),
            ", attempts_before = attempts, publish_created_at = NULL, updated_at = $8"
        ),
        "",
        to,
        due.at,
        &due.zone,
        now,
    )
}

/// Notes that the content changed, so that it is another post than the one tried before; time and reason stay. `false`: it
/// changed meanwhile.
pub async fn edit(
    tx: &mut Tx,
    workspace: WorkspaceId,
    seen: Seen,
    to: TargetState,
    now: DateTime<Utc>,
) -> Result<bool> {
    write_seen!(
        tx,
        workspace,
        seen,
        // Without the mark: a job on its way saw the old revision, and would find nothing to claim.
        "UPDATE target SET state = $5, revision = revision + 1, publish_created_at = NULL, queued_until = NULL,
                updated_at = $6",
        "",
        to,
        now,
    )
}

/// Takes it off the schedule; its time stays to be shown. `false`: it changed meanwhile.
pub async fn cancel(
    tx: &mut Tx,
    workspace: WorkspaceId,
    seen: Seen,
    to: TargetState,
    now: DateTime<Utc>,
) -> Result<bool> {
    write_seen!(
        tx,
        workspace,
        seen,
        concat!(
            "UPDATE target SET state = $5, revision = revision + 1, next_attempt_at = NULL",
            let_go!(),
            ", updated_at = $6"
        ),
        "",
        to,
        now,
    )
}

/// Removes a target that was never attempted. `false`: it changed meanwhile, or the ledger knows it.
pub async fn remove(tx: &mut Tx, workspace: WorkspaceId, seen: Seen) -> Result<bool> {
    write_seen!(
        tx,
        workspace,
        seen,
        "DELETE FROM target",
        " AND attempts = 0
          AND NOT EXISTS (SELECT 1 FROM attempt x WHERE x.target_id = target.id)",
    )
}

/// Notes that what is going out shall be deleted after its outcome. `false`: it changed meanwhile.
pub async fn note_delete(
    tx: &mut Tx,
    workspace: WorkspaceId,
    seen: Seen,
    now: DateTime<Utc>,
) -> Result<bool> {
    write_seen!(
        tx,
        workspace,
        seen,
        "UPDATE target SET delete_requested_at = COALESCE(delete_requested_at, $5), updated_at = $5",
        " AND state IN ('publishing', 'unknown')",
        now,
    )
}

/// Notes that a person knows: it is out, and it could not be deleted there.
pub async fn accept_not_deleted(
    tx: &mut Tx,
    workspace: WorkspaceId,
    seen: Seen,
    now: DateTime<Utc>,
) -> Result<bool> {
    write_seen!(
        tx,
        workspace,
        seen,
        "UPDATE target SET reason = NULL, updated_at = $5",
        " AND state = 'published' AND delete_requested_at IS NULL",
        now,
    )
}

/// Asks the publisher to delete a published target at its platform. `false`: it isn't published, has no id there, or
/// is deleted there already.
pub async fn request_remote_delete(
    tx: &mut Tx,
    workspace: WorkspaceId,
    target: TargetId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE target SET delete_requested_at = COALESCE(delete_requested_at, $3), next_attempt_at = $3,
                queued_until = NULL, reason = NULL, updated_at = $3
         WHERE id = $1 AND workspace_id = $2 AND state = 'published' AND remote_id IS NOT NULL
           AND remote_deleted_at IS NULL",
        target,
        workspace,
        now,
    )?;
    Ok(changed == 1)
}

/// Writes a person's word that an undecidable target is at the platform. `false`: it changed meanwhile, or doesn't ask.
pub async fn settle_present(
    tx: &mut Tx,
    workspace: WorkspaceId,
    seen: Seen,
    to: TargetState,
    remote_url: Option<&str>,
    published_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    write_seen!(
        tx,
        workspace,
        seen,
        concat!(
            "UPDATE target SET state = $5, remote_url = $6, published_at = $7, next_attempt_at = NULL",
            let_go!(),
            ", updated_at = $8"
        ),
        " AND asks = TRUE",
        to,
        remote_url,
        published_at,
        now,
    )
}

/// Writes a person's word that an undecidable target is not at the platform: due at `again`, if it is to be sent again, with waits
/// that begin anew. It still counts as made when it was first sent, in case the person is wrong. `false`: it changed
/// meanwhile, or doesn't ask.
pub async fn settle_absent(
    tx: &mut Tx,
    workspace: WorkspaceId,
    seen: Seen,
    to: TargetState,
    again: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<bool> {
    write_seen!(
        tx,
        workspace,
        seen,
        concat!(
            "UPDATE target SET state = $5, revision = revision + 1, due_at = COALESCE($6, due_at), next_attempt_at = $6",
            let_go!(),
            ", attempts_before = attempts, updated_at = $7"
        ),
        " AND asks = TRUE",
        to,
        again,
        now,
    )
}
