//! Posts as they exist at the platforms, whoever published them, with their counters: what the sync writes. What pages show
//! is in `lists`.

mod lists;

pub use lists::{Count, CountOf, RemotePostRow, best, first_day, in_range, of_post, series};

use crate::db::{EngineConn, Tx};
use crate::error::Result;
use crate::post_days;
use crate::posts::{fetch_in, padded, placeholders};
use chrono::{DateTime, NaiveDate, Utc};
use model::statistics::Counts;
use model::{AccountId, RemotePostId, WorkspaceId};
use std::collections::BTreeSet;

/// A post that is known already.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KnownPost {
    pub id: RemotePostId,
    pub remote_id: String,
    pub published_at: DateTime<Utc>,
    pub published_day: NaiveDate,
    pub text: String,
    pub url: Option<String>,
    #[sqlx(flatten)]
    pub counts: Counts,
    /// None: never.
    pub counted_at: Option<DateTime<Utc>>,
    /// Of its newest [`Count`].
    pub series_at: Option<DateTime<Utc>>,
}

/// Those of the account's posts that are known by these ids, gone or not, in no order.
pub async fn known(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    remote_ids: &[&str],
) -> Result<Vec<KnownPost>> {
    fetch_in!(
        tx,
        KnownPost,
        "SELECT id, remote_id, published_at, published_day, text, url, views, reach, likes, comments, shares, saves,
                watch_time, counted_at, series_at
         FROM remote_post WHERE workspace_id = $1 AND account_id = $2 AND remote_id IN ({ids})",
        [workspace, account],
        remote_ids,
    )
}

/// A post as it is to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPost {
    /// Of a post that is known: its own.
    pub id: RemotePostId,
    pub remote_id: String,
    pub published_at: DateTime<Utc>,
    /// In the workspace's zone.
    pub published_day: NaiveDate,
    pub text: String,
    pub url: Option<String>,
    pub counts: Counts,
    pub counted_at: Option<DateTime<Utc>>,
    /// When it is counted again if no list shows it.
    pub count_at: DateTime<Utc>,
    pub series_at: Option<DateTime<Utc>>,
}

/// Adds posts, or writes anew what is known of them; each is named once. Who is there is not gone. The day on which a post was
/// published stays as it was noted first.
pub async fn store(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    posts: &[StoredPost],
) -> Result<()> {
    insert_many!(
        tx,
        "INSERT INTO remote_post (id, workspace_id, account_id, remote_id, published_at, published_day, text, url, views, reach,
                                  likes, comments, shares, saves, watch_time, engagement, counted_at, count_at, series_at) ",
        " ON CONFLICT (account_id, remote_id) DO UPDATE
          SET published_at = excluded.published_at, text = excluded.text,
              url = excluded.url, views = excluded.views, reach = excluded.reach, likes = excluded.likes,
              comments = excluded.comments, shares = excluded.shares, saves = excluded.saves,
              watch_time = excluded.watch_time, engagement = excluded.engagement, counted_at = excluded.counted_at,
              count_at = excluded.count_at, series_at = excluded.series_at, gone_at = NULL",
        posts,
        |post| post.id,
        workspace,
        account,
        &post.remote_id,
        post.published_at,
        post.published_day,
        &post.text,
        &post.url,
        post.counts.views,
        post.counts.reach,
        post.counts.likes,
        post.counts.comments,
        post.counts.shares,
        post.counts.saves,
        post.counts.watch_time,
        post.counts.engagement(),
        post.counted_at,
        post.count_at,
        post.series_at,
    );
    let days: BTreeSet<NaiveDate> = posts.iter().map(|post| post.published_day).collect();
    post_days::refresh(tx, workspace, account, &Vec::from_iter(days)).await
}

/// Adds to the posts' series; a count that is there stays as it is.
pub async fn add_counts(tx: &mut Tx, workspace: WorkspaceId, counts: &[CountOf]) -> Result<()> {
    insert_many!(
        tx,
        "INSERT INTO post_count (remote_post_id, counted_at, workspace_id, views, reach, likes, comments, shares, saves,
                                 watch_time) ",
        " ON CONFLICT (remote_post_id, counted_at) DO NOTHING",
        counts,
        |of| of.remote_post_id,
        of.count.counted_at,
        workspace,
        of.count.counts.views,
        of.count.counts.reach,
        of.count.counts.likes,
        of.count.counts.comments,
        of.count.counts.shares,
        of.count.counts.saves,
        of.count.counts.watch_time,
    );
    Ok(())
}

/// Takes one count out of a post's series, for a later one in its place.
pub async fn drop_count(
    tx: &mut Tx,
    workspace: WorkspaceId,
    post: RemotePostId,
    counted_at: DateTime<Utc>,
) -> Result<()> {
    execute!(
        tx,
        "DELETE FROM post_count WHERE remote_post_id = $1 AND counted_at = $2 AND workspace_id = $3",
        post,
        counted_at,
        workspace,
    )?;
    Ok(())
}

/// The account's posts that are to be counted and were not since `started_at`, longest due first.
pub async fn due(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    started_at: DateTime<Utc>,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<String>> {
    let rows = fetch_all!(
        tx,
        (String,),
        "SELECT remote_id FROM remote_post
         WHERE account_id = $1 AND workspace_id = $2 AND gone_at IS NULL AND count_at <= $3
           AND (counted_at IS NULL OR counted_at < $4)
         ORDER BY count_at, remote_id LIMIT $5",
        account,
        workspace,
        now,
        started_at,
        limit,
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Writes `$3` about the account's posts of these ids that are not gone.
macro_rules! write_about {
    ($tx:expr, $set:literal, $workspace:expr, $account:expr, $ids:expr, $value:expr) => {{
        let ids = padded($ids);
        if !ids.is_empty() {
            let sql = format!(
                concat!(
                    "UPDATE remote_post SET ",
                    $set,
                    " WHERE workspace_id = $1 AND account_id = $2 AND gone_at IS NULL AND remote_id IN ({})"
                ),
                placeholders(4, ids.len())
            );
            let sql = sqlx::AssertSqlSafe(sql);
            match $tx.as_engine() {
                EngineConn::Sqlite(conn) => {
                    let query = sqlx::query::<sqlx::Sqlite>(sql).bind($workspace).bind($account).bind($value);
                    ids.iter().fold(query, |query, id| query.bind(*id)).execute(conn).await?;
                }
                EngineConn::Postgres(conn) => {
                    let query =
                        sqlx::query::<sqlx::Postgres>(sql).bind($workspace).bind($account).bind($value);
                    ids.iter().fold(query, |query, id| query.bind(*id)).execute(conn).await?;
                }
            }
        }
    }};
}

/// Notes that the platform no longer has these posts; their counters stay.
pub async fn mark_gone(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    remote_ids: &[&str],
    now: DateTime<Utc>,
) -> Result<()> {
    let days: Vec<(NaiveDate,)> = fetch_in!(
        tx,
        (NaiveDate,),
        "SELECT DISTINCT published_day FROM remote_post
         WHERE workspace_id = $1 AND account_id = $2 AND remote_id IN ({ids})",
        [workspace, account],
        remote_ids,
    )?;
    let days: Vec<NaiveDate> = days.into_iter().map(|(day,)| day).collect();
    write_about!(tx, "gone_at = $3", workspace, account, remote_ids, now);
    post_days::refresh_after_loss(tx, workspace, account, &days).await
}

/// Leaves these posts alone until `count_at`: the platform tells nothing of them.
pub async fn put_off(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    remote_ids: &[&str],
    count_at: DateTime<Utc>,
) -> Result<()> {
    write_about!(tx, "count_at = $3", workspace, account, remote_ids, count_at);
    Ok(())
}

/// A post that went out from here and that no sync has found yet.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnPost {
    pub remote_id: String,
    pub url: Option<String>,
    pub published_at: DateTime<Utc>,
    pub text: String,
}

/// The oldest of them. The joins that are crossed here and elsewhere are read in this order by SQLite; PostgreSQL chooses its own.
pub async fn own_unknown(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    limit: i64,
) -> Result<Vec<OwnPost>> {
    fetch_all!(
        tx,
        OwnPost,
        "SELECT t.remote_id, t.remote_url AS url, t.published_at, p.body AS text
         FROM target t CROSS JOIN post p
         WHERE p.id = t.post_id AND p.workspace_id = t.workspace_id
           AND t.account_id = $1 AND t.workspace_id = $2 AND t.state = 'published' AND t.remote_id IS NOT NULL
           AND t.published_at IS NOT NULL AND t.remote_deleted_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM remote_post r
                           WHERE r.account_id = t.account_id AND r.workspace_id = t.workspace_id
                             AND r.remote_id = t.remote_id)
         ORDER BY t.published_at, t.id LIMIT $3",
        account,
        workspace,
        limit,
    )
}
