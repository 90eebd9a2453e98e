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
            // The best posts are of the days that have the best posts; equals come all.
            "WHERE r.id IN (SELECT b.id FROM account a
                            CROSS JOIN post_day d CROSS JOIN remote_post b
                            WHERE d.account_id = a.id AND d.workspace_id = a.workspace_id AND b.account_id = d.account_id
                              AND b.published_day = d.day AND b.workspace_id = d.workspace_id
                              AND a.workspace_id = $1 AND a.disconnected_at IS NULL AND d.day >= $2 AND d.day <= $3
                              AND d.best >= COALESCE((SELECT MIN(e.best) FROM (
                                      SELECT c.best FROM account f
                                      JOIN post_day c ON c.account_id = f.id AND c.workspace_id = f.workspace_id
                                      WHERE f.workspace_id = $1 AND f.disconnected_at IS NULL AND c.day >= $2 AND c.day <= $3
                                        AND c.best IS NOT NULL
                                      ORDER BY c.best DESC LIMIT $4) e), 0)
                              AND b.gone_at IS NULL AND b.engagement IS NOT NULL
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
