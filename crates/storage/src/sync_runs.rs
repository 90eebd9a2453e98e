//! Syncs of accounts: asked for, taken up by one worker at a time, and kept as a log.
//!
//! A run's row is the truth; the queue only carries it. While a worker has it, `next_at` is when its lease ends: a run whose
//! worker died is due again by itself.

mod figures;

pub use figures::{Ended, Faulty, durations, ended, faulty};

use crate::db::Tx;
use crate::error::Result;
use crate::ids::new_id;
use chrono::{DateTime, NaiveDate, Utc};
use model::state::Reason;
use model::statistics::SyncCause;
use model::{AccountId, GrantId, Platform, SyncRunId, WorkspaceId};
use sqlx::types::Json;

/// A run that is to be.
#[derive(Clone, Copy, Debug)]
pub struct NewRun {
    pub workspace: WorkspaceId,
    pub account: AccountId,
    pub cause: SyncCause,
    /// The workspace's.
    pub day: NaiveDate,
}

/// Asks for runs, due now. An account that has an open run, or its daily one of that day, gets no other.
pub async fn insert(tx: &mut Tx, runs: &[NewRun], now: DateTime<Utc>) -> Result<()> {
    insert_many!(
        tx,
        "INSERT INTO sync_run (id, workspace_id, account_id, cause, day, started_at, next_at, attempts, posts, listed) ",
        " ON CONFLICT DO NOTHING",
        runs,
        |run| new_id::<SyncRunId>(now),
        run.workspace,
        run.account,
        run.cause,
        run.day,
        now,
        now,
        0_i64,
        0_i64,
        false,
    );
    Ok(())
}

/// The connected accounts of a workspace, after `after`, by id.
pub async fn connected(
    tx: &mut Tx,
    workspace: WorkspaceId,
    after: Option<AccountId>,
    limit: i64,
) -> Result<Vec<AccountId>> {
    let rows = fetch_all!(
        tx,
        (AccountId,),
        "SELECT id FROM account
         WHERE workspace_id = $1 AND disconnected_at IS NULL AND ($2 IS NULL OR id > $2) ORDER BY id LIMIT $3",
        workspace,
        after,
        limit,
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whether a run's time has come that is not on its way; for a look that costs no write.
pub async fn any_due(tx: &mut Tx, now: DateTime<Utc>) -> Result<bool> {
    let row = fetch_optional!(
        tx,
        (SyncRunId,),
        "SELECT id FROM sync_run WHERE next_at <= $1 AND (queued_until IS NULL OR queued_until <= $1) LIMIT 1",
        now,
    )?;
    Ok(row.is_some())
}

/// Marks up to `limit` runs whose time has come as on their way until `queued_until`, longest due first, and returns them.
/// Two processes never get the same one: the outer condition is checked again on the locked row.
pub async fn take_due(
    tx: &mut Tx,
    now: DateTime<Utc>,
    queued_until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<SyncRunId>> {
    let rows = fetch_all!(
        tx,
        (SyncRunId,),
        "UPDATE sync_run SET queued_until = $2
         WHERE id IN (
             SELECT id FROM sync_run
             WHERE next_at <= $1 AND (queued_until IS NULL OR queued_until <= $1)
             ORDER BY next_at LIMIT $3)
         AND next_at <= $1 AND (queued_until IS NULL OR queued_until <= $1)
         RETURNING id",
        now,
        queued_until,
        limit,
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Where a run's account lives.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RunHost {
    pub id: SyncRunId,
    pub workspace_id: WorkspaceId,
    pub platform: Platform,
    pub host: String,
}

/// The hosts of some runs; of one that is gone, none.
pub async fn host(tx: &mut Tx, run: SyncRunId) -> Result<Option<RunHost>> {
    fetch_optional!(
        tx,
        RunHost,
        "SELECT r.id, r.workspace_id, a.platform, a.host FROM sync_run r
         JOIN account a ON a.id = r.account_id AND a.workspace_id = r.workspace_id WHERE r.id = $1",
        run,
    )
}

/// A run with what its worker needs to know.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ClaimedRun {
    pub id: SyncRunId,
    pub workspace_id: WorkspaceId,
    pub account_id: AccountId,
    pub platform: Platform,
    pub grant_id: GrantId,
    pub cause: SyncCause,
    pub started_at: DateTime<Utc>,
    /// This one included.
    pub attempts: i64,
    /// IANA zone of the workspace.
    pub zone: String,
    pub connected: bool,
    /// When the account's last sync that has looked at all posts began.
    pub synced_at: Option<DateTime<Utc>>,
}

/// Takes a due run for `owner` until `lease_until`. None: somebody else has it, it has ended, or it isn't due.
pub async fn claim(
    tx: &mut Tx,
    run: SyncRunId,
    owner: &str,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
) -> Result<Option<ClaimedRun>> {
    let changed = execute!(
        tx,
        "UPDATE sync_run SET lease_owner = $2, next_at = $4, queued_until = NULL, attempts = attempts + 1, posts = 0,
                started_at = CASE WHEN attempts = 0 THEN $3 ELSE started_at END
         WHERE id = $1 AND next_at <= $3",
        run,
        owner,
        now,
        lease_until,
    )?;
    if changed == 0 {
        return Ok(None);
    }
    fetch_optional!(
        tx,
        ClaimedRun,
        "SELECT r.id, r.workspace_id, r.account_id, a.platform, a.grant_id, r.cause, r.started_at, r.attempts, w.zone,
                (a.disconnected_at IS NULL) AS connected,
                (SELECT MAX(s.started_at) FROM sync_run s
                 WHERE s.account_id = r.account_id AND s.workspace_id = r.workspace_id AND s.listed) AS synced_at
         FROM sync_run r
         JOIN account a ON a.id = r.account_id AND a.workspace_id = r.workspace_id
         JOIN workspace w ON w.id = r.workspace_id
         WHERE r.id = $1",
        run,
    )
}

/// The fence of what a sync stores: prolongs the lease and counts the posts. `false`: the run is somebody else's by now, and
/// nothing may be stored.
pub async fn hold(
    tx: &mut Tx,
    workspace: WorkspaceId,
    run: SyncRunId,
    owner: &str,
    posts: i64,
    lease_until: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE sync_run SET next_at = $4, posts = posts + $5
         WHERE id = $1 AND workspace_id = $2 AND lease_owner = $3 AND ended_at IS NULL",
        run,
        workspace,
        owner,
        lease_until,
        posts,
    )?;
    Ok(changed == 1)
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Default)]
pub struct End<'a> {
    /// Every post it was about was looked at.
    pub listed: bool,
    /// What was wrong, with all of it or a part.
    pub reason: Option<&'a Reason>,
}

/// Ends a run. `false`: it is somebody else's by now.
pub async fn end(
    tx: &mut Tx,
    workspace: WorkspaceId,
    run: SyncRunId,
    owner: &str,
    end: End<'_>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE sync_run SET ended_at = $5, reason = $4, listed = $6, next_at = NULL, queued_until = NULL, lease_owner = NULL
         WHERE id = $1 AND workspace_id = $2 AND lease_owner = $3 AND ended_at IS NULL",
        run,
        workspace,
        owner,
        end.reason.map(Json),
        now,
        end.listed,
    )?;
    Ok(changed == 1)
}

/// Puts a run off; it is taken up again at `next_at`.
pub async fn postpone(
    tx: &mut Tx,
    workspace: WorkspaceId,
    run: SyncRunId,
    owner: &str,
    reason: &Reason,
    next_at: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE sync_run SET next_at = $5, reason = $4, queued_until = NULL, lease_owner = NULL
         WHERE id = $1 AND workspace_id = $2 AND lease_owner = $3 AND ended_at IS NULL",
        run,
        workspace,
        owner,
        Json(reason),
        next_at,
    )?;
    Ok(changed == 1)
}

/// A run as the log shows it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RunRow {
    pub id: SyncRunId,
    pub account_id: AccountId,
    pub cause: SyncCause,
    pub started_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub posts: i64,
    pub reason: Option<Json<Reason>>,
}

/// The runs of an account, the newest first, those before `before`.
pub async fn list(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    before: Option<SyncRunId>,
    limit: i64,
) -> Result<Vec<RunRow>> {
    fetch_all!(
        tx,
        RunRow,
        "SELECT id, account_id, cause, started_at, ended_at, posts, reason FROM sync_run
         WHERE account_id = $1 AND workspace_id = $2 AND ($3 IS NULL OR id < $3) ORDER BY id DESC LIMIT $4",
        account,
        workspace,
        before,
        limit,
    )
}

/// When the newest sync of any account ended.
pub async fn last_end(tx: &mut Tx, workspace: WorkspaceId) -> Result<Option<DateTime<Utc>>> {
    let (at,) = fetch_one!(
        tx,
        (Option<DateTime<Utc>>,),
        "SELECT MAX(ended_at) FROM sync_run WHERE workspace_id = $1",
        workspace,
    )?;
    Ok(at)
}

/// Removes up to `limit` runs of a workspace that ended before `before`.
pub async fn prune(tx: &mut Tx, workspace: WorkspaceId, before: DateTime<Utc>, limit: i64) -> Result<u64> {
    execute!(
        tx,
        "DELETE FROM sync_run WHERE id IN (SELECT id FROM sync_run
                                           WHERE workspace_id = $1 AND ended_at < $2 ORDER BY ended_at LIMIT $3)",
        workspace,
        before,
        limit,
    )
}
