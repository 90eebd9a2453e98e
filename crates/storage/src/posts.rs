//! Posts: what was composed, the media in it, lists and counts.

use crate::db::Tx;
use crate::error::Result;
use chrono::{DateTime, Utc};
use model::post::Variant;
use model::{PostId, UserId, WorkspaceId};
use sqlx::types::Json;

/// All rows of a list of ids: `{ids}` in the statement stands for their placeholders, `$1` for the workspace, or for the first of
/// the values in brackets, which are bound before the ids. The text that is put in consists of placeholders only, and comes in few
/// lengths so that few statements are prepared.
macro_rules! fetch_in {
    ($tx:expr, $row:ty, $sql:expr, [$($bind:expr),+ $(,)?], $ids:expr $(,)?) => {{
        let ids = $crate::posts::padded($ids);
        if ids.is_empty() {
            Ok(Vec::new())
        } else {
            let first = [$(stringify!($bind)),+].len() + 1;
            let text = $sql.replace("{ids}", &$crate::posts::placeholders(first, ids.len()));
            let sql = sqlx::AssertSqlSafe(text);
            match $tx.as_engine() {
                $crate::EngineConn::Sqlite(c) => {
                    let query = sqlx::query_as::<sqlx::Sqlite, $row>(sql)$(.bind($bind))+;
                    ids.iter().fold(query, |query, id| query.bind(*id)).fetch_all(&mut *c).await
                }
                $crate::EngineConn::Postgres(c) => {
                    let query = sqlx::query_as::<sqlx::Postgres, $row>(sql)$(.bind($bind))+;
                    ids.iter().fold(query, |query, id| query.bind(*id)).fetch_all(&mut *c).await
                }
            }
            .map_err($crate::StorageError::from)
        }
    }};
    ($tx:expr, $row:ty, $sql:expr, $workspace:expr, $ids:expr $(,)?) => {
        $crate::posts::fetch_in!($tx, $row, $sql, [$workspace], $ids)
    };
}
pub(crate) use fetch_in;

/// The ids, with the last one repeated until their number is a power of two.
pub(crate) fn padded<T: Copy>(ids: &[T]) -> Vec<T> {
    let mut padded = ids.to_vec();
    if let Some(last) = ids.last() {
        padded.resize(ids.len().next_power_of_two(), *last);
    }
    padded
}

/// `$2, $3, …` for a `first` of 2, as many as asked for.
pub(crate) fn placeholders(first: usize, number: usize) -> String {
    (first..first + number).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// Target `$t` is still at the platform though it was to be deleted there, and nothing more is tried: publishing ends every
/// reason, so this one came later.
macro_rules! deletion_failed {
    ($t:literal) => {
        concat!(
            "(",
            $t,
            ".state = 'published' AND ",
            $t,
            ".remote_deleted_at IS NULL AND ",
            $t,
            ".delete_requested_at IS NULL AND ",
            $t,
            ".reason IS NOT NULL)"
        )
    };
}

/// What is shown: posts that are not deleted, and deleted ones of which a person has to say whether they are out, or which
/// could not be deleted at a platform. Without the latter nobody would know.
macro_rules! shown {
    () => {
        concat!(
            "(p.deleted_at IS NULL
              OR EXISTS (SELECT 1 FROM target q WHERE q.post_id = p.id AND q.workspace_id = p.workspace_id
                         AND ((q.state = 'unknown' AND q.asks = TRUE) OR ",
            deletion_failed!("q"),
            ")))"
        )
    };
}

pub(crate) use {deletion_failed, shown};

/// A post with its author's name and its workspace's zone.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PostRow {
    pub id: PostId,
    pub author_id: UserId,
    pub author: String,
    pub body: String,
    pub variants: Json<Vec<Variant>>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// Shown all the same: see [`get`].
    pub deleted: bool,
    pub zone: String,
}

/// A post to insert; its version is 1.
#[derive(Clone, Debug)]
pub struct NewPost<'a> {
    pub id: PostId,
    pub workspace: WorkspaceId,
    pub author: UserId,
    pub body: &'a str,
    pub variants: &'a [Variant],
    pub now: DateTime<Utc>,
}

pub async fn insert(tx: &mut Tx, post: &NewPost<'_>) -> Result<()> {
    insert_with_key(tx, post, None).await
}

/// Fails with `Duplicate` when the workspace has a post of that key.
pub async fn insert_with_key(tx: &mut Tx, post: &NewPost<'_>, key: Option<&str>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO post (id, workspace_id, author_id, body, folded, variants, version, created_at, updated_at,
                           save_key, save_key_version)
         VALUES ($1, $2, $3, $4, $7, $5, 1, $6, $6, $8, $9)",
        post.id,
        post.workspace,
        post.author,
        post.body,
        Json(post.variants),
        post.now,
        folded(post.body),
        key,
        key.map(|_| 1_i64),
    )?;
    Ok(())
}

/// A post as its key finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KeyedRow {
    pub id: PostId,
    pub author_id: UserId,
    /// Only saves by the key have changed it.
    pub own: bool,
}

/// The post of that key, deleted or not. Other saves by the key wait until this transaction ends.
pub async fn by_key(tx: &mut Tx, workspace: WorkspaceId, key: &str) -> Result<Option<KeyedRow>> {
    // Changes nothing, but locks the row on PostgreSQL.
    fetch_optional!(
        tx,
        KeyedRow,
        "UPDATE post SET save_key = save_key WHERE workspace_id = $1 AND save_key = $2
         RETURNING id, author_id, (version = save_key_version) AS own",
        workspace,
        key,
    )
}

/// Notes that the post's present version was saved by its key.
pub async fn saved_by_key(tx: &mut Tx, workspace: WorkspaceId, post: PostId) -> Result<()> {
    execute!(
        tx,
        "UPDATE post SET save_key_version = version WHERE id = $1 AND workspace_id = $2",
        post,
        workspace,
    )?;
    Ok(())
}

/// The columns of a [`PostRow`], of post `p`, person `u` and workspace `w`.
macro_rules! post_columns {
    () => {
        "p.id, p.author_id, u.name AS author, p.body, p.variants, p.version, p.created_at, p.updated_at,
         (p.deleted_at IS NOT NULL) AS deleted, w.zone"
    };
}

macro_rules! from_post {
    () => {
        " FROM post p JOIN person u ON u.id = p.author_id JOIN workspace w ON w.id = p.workspace_id"
    };
}

mod lists;

pub use lists::{CountsRow, DueRow, Wanted, counts, list_by_due, list_newest};

macro_rules! select_post {
    () => {
        concat!("SELECT ", post_columns!(), from_post!(), " WHERE p.id = $1 AND p.workspace_id = $2")
    };
}

/// The post, if it is shown: not deleted; or a person has to say whether it is out, or has to know that it could not be deleted
/// at a platform.
pub async fn get(tx: &mut Tx, workspace: WorkspaceId, post: PostId) -> Result<Option<PostRow>> {
    fetch_optional!(tx, PostRow, concat!(select_post!(), " AND ", shown!()), post, workspace)
}

/// The post, deleted or not.
pub async fn get_deleted_too(tx: &mut Tx, workspace: WorkspaceId, post: PostId) -> Result<Option<PostRow>> {
    fetch_optional!(tx, PostRow, select_post!(), post, workspace)
}

/// Writes new content. `false`: the post is gone or no longer has `version`, and nothing was written.
pub async fn update(
    tx: &mut Tx,
    workspace: WorkspaceId,
    post: PostId,
    version: i64,
    body: &str,
    variants: &[Variant],
    now: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE post SET body = $4, folded = $7, variants = $5, version = version + 1, updated_at = $6
         WHERE id = $1 AND workspace_id = $2 AND version = $3 AND deleted_at IS NULL",
        post,
        workspace,
        version,
        body,
        Json(variants),
        now,
        folded(body),
    )?;
    Ok(changed == 1)
}

/// Begins an act on a post's targets: raises the version, which on PostgreSQL also makes other acts on the post wait for
/// this transaction. `false`: there is no such post, or it is deleted.
pub async fn touch(tx: &mut Tx, workspace: WorkspaceId, post: PostId, now: DateTime<Utc>) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE post SET version = version + 1, updated_at = $3
         WHERE id = $1 AND workspace_id = $2 AND deleted_at IS NULL",
        post,
        workspace,
        now,
    )?;
    Ok(changed == 1)
}

/// Hides a post from every list. `false`: there is no such post, or it is deleted already.
pub async fn mark_deleted(
    tx: &mut Tx,
    workspace: WorkspaceId,
    post: PostId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE post SET deleted_at = $3, updated_at = $3, version = version + 1
         WHERE id = $1 AND workspace_id = $2 AND deleted_at IS NULL",
        post,
        workspace,
        now,
    )?;
    Ok(changed == 1)
}

mod media;

pub use media::{PostMediaRow, clear_media, insert_media, insert_variant_media, media};

/// What is searched in: letter for letter in lower case, the same on both engines. SQLite's own `LOWER` knows ASCII only.
pub(crate) fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// The zone of a workspace that is not deleted.
pub async fn workspace_zone(tx: &mut Tx, workspace: WorkspaceId) -> Result<Option<String>> {
    let row = fetch_optional!(
        tx,
        (String,),
        "SELECT zone FROM workspace WHERE id = $1 AND deleted_at IS NULL",
        workspace
    )?;
    Ok(row.map(|(zone,)| zone))
}
