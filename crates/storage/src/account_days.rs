//! What is known of an account, day by day. What isn't told is none, never 0.

use crate::db::Tx;
use crate::error::Result;
use crate::posts::fetch_in;
use chrono::{DateTime, NaiveDate, Utc};
use model::statistics::Counts;
use model::{AccountId, WorkspaceId};

/// What is known of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AccountDay {
    pub day: NaiveDate,
    /// At the day's end, like `following` and `posts`.
    pub followers: Option<i64>,
    pub following: Option<i64>,
    pub posts: Option<i64>,
    /// Of the day alone.
    #[sqlx(flatten)]
    pub counts: Counts,
    /// As the platform itself adds it up, where it does.
    pub engagement: Option<i64>,
}

impl AccountDay {
    /// A day of which nothing is known yet.
    pub fn of(day: NaiveDate) -> Self {
        let counts = Counts::default();
        Self { day, followers: None, following: None, posts: None, counts, engagement: None }
    }
}

/// A day of one of several accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DayOf {
    pub account_id: AccountId,
    #[sqlx(flatten)]
    pub day: AccountDay,
}

macro_rules! insert_days {
    ($tx:expr, $workspace:expr, $account:expr, $days:expr, $now:expr, $set:literal) => {
        insert_many!(
            $tx,
            "INSERT INTO account_day (account_id, day, workspace_id, followers, following, posts, views, reach, likes, comments,
                                      shares, saves, watch_time, engagement, counted_at) ",
            concat!(" ON CONFLICT (account_id, day) DO UPDATE SET ", $set, ", counted_at = excluded.counted_at"),
            $days,
            |day| $account,
            day.day,
            $workspace,
            day.followers,
            day.following,
            day.posts,
            day.counts.views,
            day.counts.reach,
            day.counts.likes,
            day.counts.comments,
            day.counts.shares,
            day.counts.saves,
            day.counts.watch_time,
            day.engagement,
            $now,
        )
    };
}

/// Writes what was told of some days, each named once; what isn't told now stays as it was.
pub async fn store(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    days: &[AccountDay],
    now: DateTime<Utc>,
) -> Result<()> {
    insert_days!(
        tx,
        workspace,
        account,
        days,
        now,
        "followers = COALESCE(excluded.followers, account_day.followers),
         following = COALESCE(excluded.following, account_day.following),
         posts = COALESCE(excluded.posts, account_day.posts),
         views = COALESCE(excluded.views, account_day.views),
         reach = COALESCE(excluded.reach, account_day.reach),
         likes = COALESCE(excluded.likes, account_day.likes),
         comments = COALESCE(excluded.comments, account_day.comments),
         shares = COALESCE(excluded.shares, account_day.shares),
         saves = COALESCE(excluded.saves, account_day.saves),
         watch_time = COALESCE(excluded.watch_time, account_day.watch_time),
         engagement = COALESCE(excluded.engagement, account_day.engagement)"
    );
    Ok(())
}

/// Adds counts to some days, each named once; a count that isn't known yet begins with what is added.
pub async fn add(
    tx: &mut Tx,
    workspace: WorkspaceId,
    account: AccountId,
    increases: &[(NaiveDate, Counts)],
    now: DateTime<Utc>,
) -> Result<()> {
    let days: Vec<AccountDay> = increases
        .iter()
        .map(|(day, counts)| AccountDay { counts: *counts, ..AccountDay::of(*day) })
        .collect();
    insert_days!(
        tx,
        workspace,
        account,
        days,
        now,
        "views = COALESCE(account_day.views + excluded.views, account_day.views, excluded.views),
         reach = COALESCE(account_day.reach + excluded.reach, account_day.reach, excluded.reach),
         likes = COALESCE(account_day.likes + excluded.likes, account_day.likes, excluded.likes),
         comments = COALESCE(account_day.comments + excluded.comments, account_day.comments, excluded.comments),
         shares = COALESCE(account_day.shares + excluded.shares, account_day.shares, excluded.shares),
         saves = COALESCE(account_day.saves + excluded.saves, account_day.saves, excluded.saves),
         watch_time = COALESCE(account_day.watch_time + excluded.watch_time, account_day.watch_time, excluded.watch_time)"
    );
    Ok(())
}

/// What is known of these accounts, by account and day, both ends included.
pub async fn of_accounts(
    tx: &mut Tx,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<DayOf>> {
    fetch_in!(
        tx,
        DayOf,
        "SELECT account_id, day, followers, following, posts, views, reach, likes, comments, shares, saves, watch_time,
                engagement
         FROM account_day
         WHERE workspace_id = $1 AND day >= $2 AND day <= $3 AND account_id IN ({ids}) ORDER BY account_id, day",
        [workspace, from, to],
        accounts,
    )
}

/// The last number of followers that is known before a day, of each account of the workspace that has one.
pub async fn followers_before(
    tx: &mut Tx,
    workspace: WorkspaceId,
    day: NaiveDate,
) -> Result<Vec<(AccountId, i64)>> {
    fetch_all!(
        tx,
        (AccountId, i64),
        "SELECT id, followers FROM (
             SELECT a.id, (SELECT d.followers FROM account_day d
                           WHERE d.account_id = a.id AND d.workspace_id = a.workspace_id AND d.day < $2
                             AND d.followers IS NOT NULL ORDER BY d.day DESC LIMIT 1) AS followers
             FROM account a WHERE a.workspace_id = $1) known
         WHERE followers IS NOT NULL ORDER BY id",
        workspace,
        day,
    )
}

/// Sums, and of how many days of accounts each was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Sums {
    #[sqlx(flatten)]
    pub counts: Counts,
    pub engagement: Option<i64>,
    pub views_days: i64,
    pub reach_days: i64,
    pub likes_days: i64,
    pub comments_days: i64,
    pub shares_days: i64,
    pub saves_days: i64,
    pub watch_time_days: i64,
    pub engagement_days: i64,
}

/// The sums of several days or accounts, by what `K` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SumsOf<K> {
    pub key: K,
    #[sqlx(flatten)]
    pub sums: Sums,
}

/// The sums of the rows of `d`. Its engagement is the platform's own, else likes, comments, shares and saves as far as they
/// are told.
macro_rules! sums {
    () => {
        "CAST(SUM(d.views) AS BIGINT) AS views, COUNT(d.views) AS views_days,
         CAST(SUM(d.reach) AS BIGINT) AS reach, COUNT(d.reach) AS reach_days,
         CAST(SUM(d.likes) AS BIGINT) AS likes, COUNT(d.likes) AS likes_days,
         CAST(SUM(d.comments) AS BIGINT) AS comments, COUNT(d.comments) AS comments_days,
         CAST(SUM(d.shares) AS BIGINT) AS shares, COUNT(d.shares) AS shares_days,
         CAST(SUM(d.saves) AS BIGINT) AS saves, COUNT(d.saves) AS saves_days,
         CAST(SUM(d.watch_time) AS BIGINT) AS watch_time, COUNT(d.watch_time) AS watch_time_days,
         CAST(SUM(CASE WHEN d.engagement IS NOT NULL THEN d.engagement
                       WHEN COALESCE(d.likes, d.comments, d.shares, d.saves) IS NULL THEN NULL
                       ELSE COALESCE(d.likes, 0) + COALESCE(d.comments, 0) + COALESCE(d.shares, 0)
                            + COALESCE(d.saves, 0) END) AS BIGINT) AS engagement,
         COUNT(COALESCE(d.engagement, d.likes, d.comments, d.shares, d.saves)) AS engagement_days "
    };
}

/// The sums of each of these accounts over some days, both ends included, in no order.
pub async fn sums(
    tx: &mut Tx,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<SumsOf<AccountId>>> {
    fetch_in!(
        tx,
        SumsOf<AccountId>,
        concat!(
            "SELECT d.account_id AS key, ",
            sums!(),
            "FROM account_day d
             WHERE d.workspace_id = $1 AND d.day >= $2 AND d.day <= $3 AND d.account_id IN ({ids})
             GROUP BY d.account_id"
        ),
        [workspace, from, to],
        accounts,
    )
}

/// The sums of all connected accounts on each of some days, both ends included, in order.
pub async fn sums_by_day(
    tx: &mut Tx,
    workspace: WorkspaceId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<SumsOf<NaiveDate>>> {
    fetch_all!(
        tx,
        SumsOf<NaiveDate>,
        concat!(
            "SELECT d.day AS key, ",
            sums!(),
            "FROM account a JOIN account_day d ON d.account_id = a.id AND d.workspace_id = a.workspace_id
             WHERE a.workspace_id = $1 AND a.disconnected_at IS NULL AND d.day >= $2 AND d.day <= $3
             GROUP BY d.day ORDER BY d.day"
        ),
        workspace,
        from,
        to,
    )
}

/// By how much the last known followers of all connected accounts together differ from the day before, on each day on which
/// any was counted, both ends included, in order. An account that was never counted before comes with all of its followers.
pub async fn follower_steps(
    tx: &mut Tx,
    workspace: WorkspaceId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(NaiveDate, i64)>> {
    fetch_all!(
        tx,
        (NaiveDate, i64),
        "SELECT s.day, CAST(SUM(s.followers - COALESCE(s.earlier, 0)) AS BIGINT) AS step
         FROM (SELECT d.day, d.followers,
                      COALESCE(LAG(d.followers) OVER (PARTITION BY d.account_id ORDER BY d.day),
                               (SELECT e.followers FROM account_day e
                                WHERE e.account_id = d.account_id AND e.workspace_id = d.workspace_id AND e.day < $2
                                  AND e.followers IS NOT NULL ORDER BY e.day DESC LIMIT 1)) AS earlier
               FROM account a JOIN account_day d ON d.account_id = a.id AND d.workspace_id = a.workspace_id
               WHERE a.workspace_id = $1 AND a.disconnected_at IS NULL AND d.day >= $2 AND d.day <= $3
                 AND d.followers IS NOT NULL) s
         GROUP BY s.day ORDER BY s.day",
        workspace,
        from,
        to,
    )
}
