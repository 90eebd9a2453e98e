//! What pages show of the posts at the platforms. Those that are gone there are left out, but for the course of a post of ours.

use crate::db::Tx;
use crate::error::Result;
use crate::posts::fetch_in;
use chrono::{DateTime, NaiveDate, Utc};
use model::statistics::Counts;
use model::{AccountId, PostId, RemotePostId, TargetId, WorkspaceId};

/// A post with its latest counters.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RemotePostRow {
    pub id: RemotePostId,
    pub account_id: AccountId,
    pub remote_id: String,
    pub published_at: DateTime<Utc>,
    pub text: String,
    pub url: Option<String>,
    #[sqlx(flatten)]
    pub counts: Counts,
    pub counted_at: Option<DateTime<Utc>>,
    /// Ours, where it was published from here.
    pub post_id: Option<PostId>,
    pub target_id: Option<TargetId>,
    /// The account's on the day of publication, or the last that is known before.
    pub followers: Option<i64>,
}

macro_rules! select_post {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.account_id, r.remote_id, r.published_at, r.text, r.url, r.views, r.reach, r.likes, r.comments,
                    r.shares, r.saves, r.watch_time, r.counted_at, t.post_id, t.id AS target_id,
                    (SELECT d.followers FROM account_day d
                     WHERE d.account_id = r.account_id AND d.workspace_id = r.workspace_id
                       AND d.day <= r.published_day AND d.followers IS NOT NULL
                     ORDER BY d.day DESC LIMIT 1) AS followers
             FROM remote_post r
             LEFT JOIN target t ON t.account_id = r.account_id AND t.remote_id = r.remote_id
                               AND t.workspace_id = r.workspace_id ",
            $rest
        )
    };
}

/// Those of all connected accounts with the most engagement, published on days from `from` to `to`.
pub async fn best(
    tx: &mut Tx,
    workspace: WorkspaceId,
    from: NaiveDate,
    to: NaiveDate,
    limit: i64,
) -> Result<Vec<RemotePostRow>> {
    fetch_all!(
        tx,
        RemotePostRow,
        select_post!(
            "WHERE r.id IN (SELECT b.id FROM remote_post b
                            WHERE b.workspace_id = $1 AND b.gone_at IS NULL AND b.published_day >= $2
                              AND b.published_day <= $3 AND b.engagement IS NOT NULL
                              AND b.account_id IN (SELECT a.id FROM account a
                                                   WHERE a.workspace_id = $1 AND a.disconnected_at IS NULL)
                            ORDER BY b.engagement DESC, b.id DESC LIMIT $4)
               AND r.workspace_id = $1
             ORDER BY r.engagement DESC, r.id DESC"
        ),
        workspace,
        from,
        to,
        limit,
    )
}

/// Those of an account that were published on days from `from` to `to`, the newest first.
pub async fn in_range(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    from: NaiveDate,
    to: NaiveDate,
    limit: i64,
) -> Result<Vec<RemotePostRow>> {
    fetch_all!(
        tx,
        RemotePostRow,
        select_post!(
            "WHERE r.account_id = $1 AND r.workspace_id = $2 AND r.gone_at IS NULL AND r.published_day >= $3
               AND r.published_day <= $4
             ORDER BY r.published_day DESC, r.published_at DESC, r.id DESC LIMIT $5"
        ),
        account,
        workspace,
        from,
        to,
        limit,
    )
}

/// How many an account published on days from `from` to `to`.
pub async fn number(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<i64> {
    let (number,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COUNT(*) FROM remote_post
         WHERE account_id = $1 AND workspace_id = $2 AND gone_at IS NULL AND published_day >= $3 AND published_day <= $4",
        account,
        workspace,
        from,
        to,
    )?;
    Ok(number)
}

/// A day on which something was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PostedDay {
    pub day: NaiveDate,
    pub posts: i64,
}

/// How many were published on each day by an account, or by all connected ones; days without any are left out.
pub async fn per_day(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: Option<AccountId>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<PostedDay>> {
    if let Some(account) = account {
        return fetch_all!(
            tx,
            PostedDay,
            "SELECT published_day AS day, COUNT(*) AS posts FROM remote_post
             WHERE account_id = $1 AND workspace_id = $2 AND gone_at IS NULL AND published_day >= $3
               AND published_day <= $4
             GROUP BY published_day ORDER BY published_day",
            account,
            workspace,
            from,
            to,
        );
    }
    fetch_all!(
        tx,
        PostedDay,
        "SELECT published_day AS day, COUNT(*) AS posts FROM remote_post
         WHERE workspace_id = $1 AND gone_at IS NULL AND published_day >= $2 AND published_day <= $3
           AND account_id IN (SELECT a.id FROM account a WHERE a.workspace_id = $1 AND a.disconnected_at IS NULL)
         GROUP BY published_day ORDER BY published_day",
        workspace,
        from,
        to,
    )
}

/// The day of the oldest post of an account, or of all accounts.
pub async fn first_day(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: Option<AccountId>,
) -> Result<Option<NaiveDate>> {
    let row = if let Some(account) = account {
        fetch_optional!(
            tx,
            (NaiveDate,),
            "SELECT published_day FROM remote_post WHERE account_id = $1 AND workspace_id = $2 AND gone_at IS NULL
             ORDER BY published_day LIMIT 1",
            account,
            workspace,
        )
    } else {
        fetch_optional!(
            tx,
            (NaiveDate,),
            "SELECT published_day FROM remote_post WHERE workspace_id = $1 AND gone_at IS NULL
             ORDER BY published_day LIMIT 1",
            workspace,
        )
    }?;
    Ok(row.map(|(day,)| day))
}

/// What became of a post of ours at the platforms, gone or not, by account.
pub async fn of_post(tx: &mut Tx, workspace: WorkspaceId, post: PostId) -> Result<Vec<RemotePostRow>> {
    fetch_all!(
        tx,
        RemotePostRow,
        select_post!(
            "WHERE t.post_id = $1 AND t.workspace_id = $2 AND r.workspace_id = $2 ORDER BY r.account_id"
        ),
        post,
        workspace,
    )
}

/// Counters at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Count {
    pub counted_at: DateTime<Utc>,
    #[sqlx(flatten)]
    pub counts: Counts,
}

/// Counters of one of several posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CountOf {
    pub remote_post_id: RemotePostId,
    #[sqlx(flatten)]
    pub count: Count,
}

/// The series of some posts, by post and time.
pub async fn series(tx: &mut Tx, workspace: WorkspaceId, posts: &[RemotePostId]) -> Result<Vec<CountOf>> {
    fetch_in!(
        tx,
        CountOf,
        "SELECT remote_post_id, counted_at, views, reach, likes, comments, shares, saves, watch_time FROM post_count
         WHERE workspace_id = $1 AND remote_post_id IN ({ids}) ORDER BY remote_post_id, counted_at",
        workspace,
        posts,
    )
}
