//! How many posts an account published on a day, and how well the best of them did: kept beside the posts, so that pages count
//! and rank over years without reading each of them.

use crate::db::Tx;
use crate::error::Result;
use crate::posts::fetch_in;
use chrono::NaiveDate;
use model::{AccountId, WorkspaceId};

/// Works out anew what is known of these days, on each of which there is a post.
pub(crate) async fn refresh(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    days: &[NaiveDate],
) -> Result<()> {
    let written: Vec<(NaiveDate,)> = fetch_in!(
        tx,
        (NaiveDate,),
        "INSERT INTO post_day (account_id, day, workspace_id, posts, best)
         SELECT account_id, published_day, workspace_id, COUNT(*), MAX(engagement) FROM remote_post
         WHERE workspace_id = $1 AND account_id = $2 AND gone_at IS NULL AND published_day IN ({ids})
         GROUP BY account_id, published_day, workspace_id
         ON CONFLICT (account_id, day) DO UPDATE SET posts = excluded.posts, best = excluded.best
         RETURNING day",
        [workspace, account],
        days,
    )?;
    drop(written);
    Ok(())
}

/// As [`refresh`], for days of which nothing may be left.
pub(crate) async fn refresh_after_loss(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    days: &[NaiveDate],
) -> Result<()> {
    let removed: Vec<(NaiveDate,)> = fetch_in!(
        tx,
        (NaiveDate,),
        "DELETE FROM post_day WHERE workspace_id = $1 AND account_id = $2 AND day IN ({ids}) RETURNING day",
        [workspace, account],
        days,
    )?;
    drop(removed);
    refresh(tx, workspace, account, days).await
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
            "SELECT day, posts FROM post_day
             WHERE account_id = $1 AND workspace_id = $2 AND day >= $3 AND day <= $4 ORDER BY day",
            account,
            workspace,
            from,
            to,
        );
    }
    fetch_all!(
        tx,
        PostedDay,
        "SELECT d.day, CAST(SUM(d.posts) AS BIGINT) AS posts
         FROM account a JOIN post_day d ON d.account_id = a.id AND d.workspace_id = a.workspace_id
         WHERE a.workspace_id = $1 AND a.disconnected_at IS NULL AND d.day >= $2 AND d.day <= $3
         GROUP BY d.day ORDER BY d.day",
        workspace,
        from,
        to,
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
        "SELECT CAST(COALESCE(SUM(posts), 0) AS BIGINT) FROM post_day
         WHERE account_id = $1 AND workspace_id = $2 AND day >= $3 AND day <= $4",
        account,
        workspace,
        from,
        to,
    )?;
    Ok(number)
}
