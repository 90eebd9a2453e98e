//! Filling an empty database: rows in bulk, as they are after a long history, invisible until all are there.
//!
//! Workspaces stand as deleted and people have no address; so nobody is there yet, and a load that was killed is
//! begun anew. [`appear`] ends that in one small transaction.

use crate::db::Tx;
use crate::error::Result;
use crate::ids::new_id;
use crate::persons::Person;
use crate::posts::folded;
use crate::workspaces::Workspace;
use chrono::{DateTime, NaiveDate, Utc};
use model::post::Variant;
use model::state::Reason;
use model::statistics::SyncCause;
use model::{AccountId, AttemptId, MediaId, PostId, SyncRunId, TargetId, TargetState, UserId, WorkspaceId};
use sqlx::types::Json;

/// A workspace that nobody sees yet.
pub async fn insert_hidden(tx: &mut Tx, workspace: &Workspace) -> Result<()> {
    crate::workspaces::insert(tx, workspace).await?;
    execute!(tx, "UPDATE workspace SET deleted_at = created_at WHERE id = $1", workspace.id)?;
    Ok(())
}

/// Somebody to be named as an author who is not there yet: without address and password.
pub async fn insert_absent(tx: &mut Tx, id: UserId, name: &str, created_at: DateTime<Utc>) -> Result<()> {
    let person = Person {
        id,
        name: name.to_owned(),
        email: id.to_string(),
        password_hash: "none".to_owned(),
        created_at,
    };
    crate::persons::insert(tx, &person).await
}

/// Who is to be there.
#[derive(Clone, Debug)]
pub struct Arrival<'a> {
    pub id: UserId,
    /// In lower case.
    pub email: &'a str,
    pub password_hash: &'a str,
}

/// Makes workspaces and people be there. Members are inserted besides.
pub async fn appear(tx: &mut Tx, workspaces: &[WorkspaceId], people: &[Arrival<'_>]) -> Result<()> {
    for workspace in workspaces {
        execute!(tx, "UPDATE workspace SET deleted_at = NULL WHERE id = $1", *workspace)?;
    }
    for person in people {
        execute!(
            tx,
            "UPDATE person SET email = $2, password_hash = $3 WHERE id = $1",
            person.id,
            person.email,
            person.password_hash,
        )?;
    }
    Ok(())
}

/// Notes that a workspace's accounts have been synced with their whole past, so that nothing has to be read again.
pub async fn end_syncs(tx: &mut Tx, workspace: WorkspaceId, now: DateTime<Utc>) -> Result<()> {
    execute!(
        tx,
        "UPDATE sync_run SET started_at = $2, ended_at = $2, next_at = NULL, queued_until = NULL, listed = TRUE,
                posts = (SELECT COUNT(*) FROM remote_post r
                         WHERE r.account_id = sync_run.account_id AND r.workspace_id = sync_run.workspace_id)
         WHERE workspace_id = $1 AND ended_at IS NULL",
        workspace,
        now,
    )?;
    Ok(())
}

/// A day's sync that is over.
#[derive(Clone, Debug)]
pub struct PastSync {
    pub account: AccountId,
    /// The workspace's.
    pub day: NaiveDate,
    pub started_at: DateTime<Utc>,
    pub ended_at: DateTime<Utc>,
    pub posts: i64,
    pub reason: Option<Reason>,
}

/// Writes the log of earlier days.
pub async fn insert_syncs(tx: &mut Tx, workspace: WorkspaceId, syncs: &[PastSync]) -> Result<()> {
    insert_many!(
        tx,
        "INSERT INTO sync_run (id, workspace_id, account_id, cause, day, started_at, ended_at, attempts, posts, listed, reason) ",
        syncs,
        |sync| new_id::<SyncRunId>(sync.started_at),
        workspace,
        sync.account,
        SyncCause::Daily,
        sync.day,
        sync.started_at,
        sync.ended_at,
        1_i64,
        sync.posts,
        sync.reason.is_none(),
        sync.reason.as_ref().map(Json),
    );
    Ok(())
}

macro_rules! hidden {
    ($delete:literal) => {
        concat!(
            $delete,
            " WHERE workspace_id IN (SELECT id FROM workspace WHERE deleted_at IS NOT NULL) LIMIT $1)"
        )
    };
}

/// What refers to others goes first.
const LEFTOVERS: &[&str] = &[
    hidden!(
        "DELETE FROM post_count WHERE (remote_post_id, counted_at) IN (SELECT remote_post_id, counted_at FROM post_count"
    ),
    hidden!("DELETE FROM remote_post WHERE id IN (SELECT id FROM remote_post"),
    hidden!("DELETE FROM post_day WHERE (account_id, day) IN (SELECT account_id, day FROM post_day"),
    hidden!("DELETE FROM account_day WHERE (account_id, day) IN (SELECT account_id, day FROM account_day"),
    hidden!("DELETE FROM sync_run WHERE id IN (SELECT id FROM sync_run"),
    hidden!(
        "DELETE FROM schedule_run WHERE (workspace_id, name, day) IN (SELECT workspace_id, name, day FROM schedule_run"
    ),
    hidden!("DELETE FROM attempt WHERE id IN (SELECT id FROM attempt"),
    hidden!("DELETE FROM target WHERE id IN (SELECT id FROM target"),
    hidden!("DELETE FROM post_media WHERE (post_id, place) IN (SELECT post_id, place FROM post_media"),
    hidden!(
        "DELETE FROM variant_media WHERE (post_id, media_id) IN (SELECT post_id, media_id FROM variant_media"
    ),
    hidden!("DELETE FROM post_revision WHERE id IN (SELECT id FROM post_revision"),
    hidden!("DELETE FROM post WHERE id IN (SELECT id FROM post"),
    hidden!("DELETE FROM rendition WHERE (media_id, spec) IN (SELECT media_id, spec FROM rendition"),
    hidden!("DELETE FROM media WHERE id IN (SELECT id FROM media"),
    hidden!("DELETE FROM account WHERE id IN (SELECT id FROM account"),
    hidden!("DELETE FROM platform_grant WHERE id IN (SELECT id FROM platform_grant"),
    hidden!("DELETE FROM audit WHERE id IN (SELECT id FROM audit"),
    hidden!(
        "DELETE FROM live_topic WHERE (workspace_id, topic) IN (SELECT workspace_id, topic FROM live_topic"
    ),
    "DELETE FROM workspace WHERE id IN (SELECT id FROM workspace WHERE deleted_at IS NOT NULL LIMIT $1)",
    "DELETE FROM person WHERE id IN (SELECT id FROM person WHERE email NOT LIKE '%@%' LIMIT $1)",
];

/// Removes up to `limit` rows of what a load that was killed has left behind, and gives their number. Only for a
/// database in which nobody is there yet.
pub async fn sweep(tx: &mut Tx, limit: i64) -> Result<u64> {
    for sql in LEFTOVERS {
        let removed = execute!(tx, *sql, limit)?;
        if removed > 0 {
            return Ok(removed);
        }
    }
    Ok(0)
}

/// A post as it was composed.
#[derive(Clone, Debug)]
pub struct PastPost<'a> {
    pub id: PostId,
    pub workspace: WorkspaceId,
    pub author: UserId,
    pub body: &'a str,
    pub variants: &'a [Variant],
    pub created_at: DateTime<Utc>,
}

pub async fn insert_posts(tx: &mut Tx, posts: &[PastPost<'_>]) -> Result<()> {
    insert_many!(
        tx,
        "INSERT INTO post (id, workspace_id, author_id, body, folded, variants, version, created_at, updated_at) ",
        posts,
        |post| post.id,
        post.workspace,
        post.author,
        post.body,
        folded(post.body),
        Json(post.variants),
        1_i64,
        post.created_at,
        post.created_at,
    );
    Ok(())
}

/// A picture in its place in a post.
#[derive(Clone, Debug)]
pub struct PastMedia<'a> {
    pub post: PostId,
    pub place: i64,
    pub workspace: WorkspaceId,
    pub media: MediaId,
    pub alt: &'a str,
}

pub async fn insert_media(tx: &mut Tx, media: &[PastMedia<'_>]) -> Result<()> {
    insert_many!(
        tx,
        "INSERT INTO post_media (post_id, place, workspace_id, media_id, alt) ",
        media,
        |item| item.post,
        item.place,
        item.workspace,
        item.media,
        item.alt,
    );
    Ok(())
}

/// A target as it came to be.
#[derive(Clone, Debug)]
pub struct PastTarget<'a> {
    pub id: TargetId,
    pub workspace: WorkspaceId,
    pub post: PostId,
    pub account: AccountId,
    pub state: TargetState,
    pub due_at: Option<DateTime<Utc>>,
    pub zone: Option<&'a str>,
    /// When the publisher looks at it.
    pub next_attempt_at: Option<DateTime<Utc>>,
    pub attempts: i64,
    /// The live attempt of one whose outcome is unknown.
    pub attempt: Option<AttemptId>,
    pub asks: bool,
    pub reason: Option<&'a Reason>,
    pub publish_key: &'a str,
    /// When it was first tried.
    pub publish_created_at: Option<DateTime<Utc>>,
    pub remote_id: Option<&'a str>,
    pub remote_url: Option<&'a str>,
    pub published_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

pub async fn insert_targets(tx: &mut Tx, targets: &[PastTarget<'_>]) -> Result<()> {
    insert_many!(
        tx,
        "INSERT INTO target (id, workspace_id, post_id, account_id, state, revision, due_at, zone, next_attempt_at,
                             attempts, attempt_id, asks, reason, publish_key, publish_created_at, remote_id,
                             remote_url, published_at, created_at, updated_at) ",
        targets,
        |target| target.id,
        target.workspace,
        target.post,
        target.account,
        target.state,
        1_i64,
        target.due_at,
        target.zone,
        target.next_attempt_at,
        target.attempts,
        target.attempt,
        target.asks,
        target.reason.map(Json),
        target.publish_key,
        target.publish_created_at,
        target.remote_id,
        target.remote_url,
        target.published_at,
        target.created_at,
        target.updated_at,
    );
    Ok(())
}
