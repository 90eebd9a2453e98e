//! The publisher's view of a target: one joined read, the claim, and writes fenced by the live attempt.
//!
//! Nothing but `TargetState::apply` decides a new state; the old one stands in each `WHERE`.

use crate::db::Tx;
use crate::error::Result;
use chrono::{DateTime, Utc};
use model::post::{PostMedia, Variant};
use model::state::Reason;
use model::{
    AccountId, AttemptId, Crop, GrantId, MediaId, Platform, PostId, TargetId, TargetState, WorkspaceId,
};
use sqlx::types::Json;

/// A target with what decides its next step.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PublishRow {
    pub id: TargetId,
    pub workspace_id: WorkspaceId,
    pub post_id: PostId,
    pub account_id: AccountId,
    pub state: TargetState,
    pub revision: i64,
    pub due_at: Option<DateTime<Utc>>,
    pub next_attempt_at: Option<DateTime<Utc>>,
    pub attempt_id: Option<AttemptId>,
    pub lease_until: Option<DateTime<Utc>>,
    pub reason: Option<Json<Reason>>,
    pub attempts: i64,
    /// Attempts since a person last gave it a time: what its waits grow with.
    pub tries: i64,
    pub absent_seen_at: Option<DateTime<Utc>>,
    pub publish_key: String,
    pub publish_created_at: Option<DateTime<Utc>>,
    pub remote_id: Option<String>,
    pub delete_requested_at: Option<DateTime<Utc>>,
    pub remote_deleted_at: Option<DateTime<Utc>>,
    pub platform: Platform,
    pub account_paused: bool,
    pub account_disconnected: bool,
    pub grant_id: GrantId,
    /// The person must consent again, for the whole grant or for this account of it.
    pub grant_needs_reconnect: bool,
    pub grant_error: Option<String>,
    pub lateness_window_min: i64,
    pub workspace_deleted: bool,
    pub post_deleted: bool,
    /// The post has images for all platforms.
    pub has_common_media: bool,
    pub body: String,
    pub variants: Json<Vec<Variant>>,
}

impl PublishRow {
    /// What is different for the target's platform.
    pub fn variant(&self) -> Option<&Variant> {
        Variant::of(&self.variants, self.platform)
    }

    /// Images of the platform's own, instead of the post's; they may be none.
    pub fn own_media(&self) -> Option<&[PostMedia]> {
        self.variant().and_then(|variant| variant.media.as_deref())
    }

    /// Whether it goes out with images.
    pub fn has_media(&self) -> bool {
        self.own_media().map_or(self.has_common_media, |own| !own.is_empty())
    }
}

/// Most targets that one query reads: it has a place for each.
pub const TOGETHER: usize = 8;

/// The places of a query that reads up to [`TOGETHER`] targets; those left over find nothing.
pub(crate) fn places(targets: &[TargetId]) -> [Option<TargetId>; TOGETHER] {
    std::array::from_fn(|place| targets.get(place).copied())
}

/// A target as [`load_some`] reads it.
pub async fn load(tx: &mut Tx, target: TargetId) -> Result<Option<PublishRow>> {
    Ok(load_some(tx, &[target]).await?.pop())
}

/// Reads up to [`TOGETHER`] targets for the publisher. Not bound to a workspace by the caller: the ids come from the queue, and each
/// row carries its own workspace, which every later write repeats.
pub async fn load_some(tx: &mut Tx, targets: &[TargetId]) -> Result<Vec<PublishRow>> {
    let [a, b, c, d, e, f, g, h] = places(targets);
    fetch_all!(
        tx,
        PublishRow,
        "SELECT t.id, t.workspace_id, t.post_id, t.account_id, t.state, t.revision, t.due_at, t.next_attempt_at,
                t.attempt_id, t.lease_until, t.reason, t.attempts, t.attempts - t.attempts_before AS tries, t.absent_seen_at, t.publish_key,
                t.publish_created_at, t.remote_id, t.delete_requested_at, t.remote_deleted_at,
                a.platform, a.paused AS account_paused, (a.disconnected_at IS NOT NULL) AS account_disconnected,
                a.grant_id, (g.needs_reconnect OR a.refused IS NOT NULL) AS grant_needs_reconnect,
                COALESCE(a.refused, g.last_error) AS grant_error,
                w.lateness_window_min, (w.deleted_at IS NOT NULL) AS workspace_deleted,
                (p.deleted_at IS NOT NULL) AS post_deleted,
                EXISTS (SELECT 1 FROM post_media m WHERE m.post_id = t.post_id) AS has_common_media, p.body, p.variants
         FROM target t
         JOIN account a ON a.id = t.account_id AND a.workspace_id = t.workspace_id
         JOIN platform_grant g ON g.id = a.grant_id AND g.workspace_id = t.workspace_id
         JOIN post p ON p.id = t.post_id AND p.workspace_id = t.workspace_id
         JOIN workspace w ON w.id = t.workspace_id
         WHERE t.id IN ($1, $2, $3, $4, $5, $6, $7, $8)",
        a,
        b,
        c,
        d,
        e,
        f,
        g,
        h,
    )
}

/// A medium of a post as it stands there.
#[derive(sqlx::FromRow)]
struct PublishMediaRow {
    media_id: MediaId,
    alt: String,
    crop: Option<Json<Crop>>,
}

/// The media of a post in order, for the platforms that have none of their own.
pub async fn media(tx: &mut Tx, workspace: WorkspaceId, post: PostId) -> Result<Vec<PostMedia>> {
    let rows = fetch_all!(
        tx,
        PublishMediaRow,
        "SELECT media_id, alt, crop FROM post_media WHERE post_id = $1 AND workspace_id = $2 ORDER BY place",
        post,
        workspace,
    )?;
    let as_composed = |row: PublishMediaRow| PostMedia {
        media: row.media_id,
        alt: row.alt,
        crop: row.crop.map(|crop| crop.0),
    };
    Ok(rows.into_iter().map(as_composed).collect())
}

/// Renews the lease of a live attempt. `false`: the attempt is no longer ours, or its lease has ended; stop at once.
pub async fn renew(
    tx: &mut Tx,
    target: TargetId,
    attempt: AttemptId,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE target SET lease_until = $3, next_attempt_at = $3
         WHERE id = $1 AND attempt_id = $2 AND state = 'publishing' AND lease_until > $4",
        target,
        attempt,
        lease_until,
        now,
    )?;
    Ok(changed == 1)
}

/// Gives the lease up while the platform processes; the same attempt goes on at `check_at`.
pub async fn release(
    tx: &mut Tx,
    target: TargetId,
    attempt: AttemptId,
    check_at: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE target SET lease_owner = NULL, lease_until = NULL, next_attempt_at = $3, queued_until = NULL
         WHERE id = $1 AND attempt_id = $2 AND state = 'publishing'",
        target,
        attempt,
        check_at,
    )?;
    Ok(changed == 1)
}

/// Takes up an attempt that was released, or the looking for an unknown one.
pub async fn resume(
    tx: &mut Tx,
    row: &PublishRow,
    owner: &str,
    now: DateTime<Utc>,
    lease_until: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE target SET lease_owner = $3, lease_until = $4, next_attempt_at = $4, queued_until = NULL
         WHERE id = $1 AND attempt_id = $2 AND state = $5 AND next_attempt_at <= $6
           AND (lease_until IS NULL OR lease_until <= $6)",
        row.id,
        row.attempt_id,
        owner,
        lease_until,
        row.state,
        now,
    )?;
    Ok(changed == 1)
}

/// What a step leads to.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub from: TargetState,
    pub to: TargetState,
    /// When the publisher looks again; none: never.
    pub next_attempt_at: Option<DateTime<Utc>>,
    pub reason: Option<Reason>,
    pub asks: bool,
    pub absent_seen_at: Option<DateTime<Utc>>,
    /// The live attempt stays (an unknown one being looked for).
    pub keeps_attempt: bool,
}

/// Writes an outcome, fenced by the attempt. `false`: it was not ours any more, and nothing was written.
pub async fn write_outcome(
    tx: &mut Tx,
    row: &PublishRow,
    attempt: Option<AttemptId>,
    outcome: &Outcome,
    now: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE target SET state = $1, next_attempt_at = $2, queued_until = NULL, lease_owner = NULL,
                lease_until = NULL, attempt_id = CASE WHEN $3 THEN attempt_id ELSE NULL END, reason = $4, asks = $5,
                absent_seen_at = $6, updated_at = $7
         WHERE id = $8 AND workspace_id = $9 AND state = $10 AND revision = $11
           AND (attempt_id = $12 OR (attempt_id IS NULL AND $13))",
        outcome.to,
        outcome.next_attempt_at,
        outcome.keeps_attempt,
        outcome.reason.as_ref().map(Json),
        outcome.asks,
        outcome.absent_seen_at,
        now,
        row.id,
        row.workspace_id,
        outcome.from,
        row.revision,
        attempt,
        attempt.is_none(),
    )?;
    Ok(changed == 1)
}

/// Whether another target of the account has this remote post already.
pub async fn remote_taken(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    remote_id: &str,
) -> Result<bool> {
    let row = fetch_optional!(
        tx,
        (TargetId,),
        "SELECT id FROM target WHERE account_id = $1 AND workspace_id = $2 AND remote_id = $3 LIMIT 1",
        account,
        workspace,
        remote_id,
    )?;
    Ok(row.is_some())
}

/// Stores the public address once it is known.
pub async fn set_url(tx: &mut Tx, workspace: WorkspaceId, target: TargetId, url: &str) -> Result<()> {
    execute!(
        tx,
        "UPDATE target SET remote_url = $3 WHERE id = $1 AND workspace_id = $2 AND remote_url IS NULL",
        target,
        workspace,
        url,
    )?;
    Ok(())
}

/// Writes the end of a deletion at the platform: gone, or to be tried again at a time, or given up with a reason.
pub async fn write_deletion(
    tx: &mut Tx,
    row: &PublishRow,
    deleted_at: Option<DateTime<Utc>>,
    again_at: Option<DateTime<Utc>>,
    reason: Option<&Reason>,
    now: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE target SET remote_deleted_at = $3, next_attempt_at = $4, queued_until = NULL, reason = $5,
                delete_requested_at = CASE WHEN $3 IS NULL AND $4 IS NULL THEN NULL ELSE delete_requested_at END,
                updated_at = $6
         WHERE id = $1 AND workspace_id = $2 AND state = 'published' AND remote_deleted_at IS NULL",
        row.id,
        row.workspace_id,
        deleted_at,
        again_at,
        reason.map(Json),
        now,
    )?;
    Ok(())
}

/// Lets targets that wait on an account be looked at now: it was connected again, or is no longer paused.
pub async fn wake_account(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<u64> {
    execute!(
        tx,
        "UPDATE target SET next_attempt_at = CASE WHEN due_at > $3 THEN due_at ELSE $3 END, queued_until = NULL
         WHERE account_id = $1 AND workspace_id = $2 AND state = 'scheduled' AND reason IS NOT NULL",
        account,
        workspace,
        now,
    )
}
