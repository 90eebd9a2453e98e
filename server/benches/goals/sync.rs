//! The daily sync of 100, 1,000 and 5,000 accounts with 30 posts each at a platform that takes 20 ms for an answer, against the same
//! requests without storing anything; and how late posts go out meanwhile.

use crate::Result;
use crate::engine::Engine;
use crate::installation::Installation;
use crate::memory;
use crate::report::Row;
use crate::simulated::Platforms;
use crate::stats::percentile;
use chrono::{DateTime, TimeDelta, Utc};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use model::clock::{Clock as _, SystemClock};
use model::statistics::SyncCause;
use model::{Actor, Platform};
use platforms::Access;
use seeding::{DuePost, Seeded};
use serde_json::json;
use service::Context;
use service::accounts::tokens;
use std::time::Duration;
use storage::EngineConn;
use storage::sync_runs::{self, NewRun};
use tokio::time::{Instant, sleep};

const SIZES: [usize; 3] = [100, 1_000, 5_000];
const POSTS_EACH: i64 = 30;
/// As many as Fanfare asks one host at once.
const AT_ONCE: usize = 4;
/// Posts that are due one after the other while the most accounts are synced.
const DUE: i32 = 60;
const GAP: TimeDelta = TimeDelta::milliseconds(277);
/// From filling the database to the first due time.
const BEFORE: TimeDelta = TimeDelta::seconds(6);
const WITHIN: Duration = Duration::from_secs(900);
const LATENCY: Duration = Duration::from_millis(20);

pub(crate) async fn measure(engine: Engine) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for size in SIZES {
        rows.extend(of_size(engine, size).await?);
    }
    Ok(rows)
}

async fn of_size(engine: Engine, size: usize) -> Result<Vec<Row>> {
    let platforms = Platforms::start().await?;
    let installation = Installation::new(engine, Some(&platforms)).await?;
    let context = installation.open().await?;
    let actor = seeding::people(&context).await?;
    let accounts = seeding::accounts(&context, &platforms.control, actor, Platform::X, size, "sync").await?;
    give_past(&platforms, &accounts).await?;
    platforms.slow_reads(LATENCY).await?;
    let bare = bare_seconds(&context, actor, &accounts).await?;

    let clock = SystemClock::default();
    let now = clock.now();
    let run = |account: &Seeded| NewRun {
        workspace: actor.workspace,
        account: account.id,
        cause: SyncCause::Asked,
        day: now.date_naive(),
    };
    for some in accounts.chunks(500) {
        let mut tx = context.db.begin().await?;
        let runs: Vec<NewRun> = some.iter().map(run).collect();
        sync_runs::insert(&mut tx, &runs, now).await?;
        tx.commit().await?;
    }
    let is_most = SIZES.last() == Some(&size);
    let due =
        if is_most { due_posts(&context, actor, &accounts, clock.now() + BEFORE).await? } else { Vec::new() };
    let fanfare = installation.start().await?;
    fanfare.until_ok("readyz").await?;
    let began = Instant::now();
    let end = began + WITHIN;
    while open_runs(&context).await? > 0 {
        if Instant::now() > end {
            return Err(format!("{} syncs are not over in time", open_runs(&context).await?).into());
        }
        sleep(Duration::from_millis(50)).await;
    }
    let ours = began.elapsed().as_secs_f64();
    let name = format!("daily sync of {size} accounts × {POSTS_EACH} posts, {engine}");
    let whole = Row::new(format!("{name}: until the last is over"), ours, "s");
    let share = Row::new(format!("{name}: share of the speed of bare requests"), bare / ours, "");
    // At every size, so that growth that isn't linear shows.
    let mut rows = vec![whole.against(bare), share.at_least(0.5)];
    if is_most {
        let mut late = lateness(&platforms, &due).await?;
        let p95 = percentile(&mut late, 0.95);
        rows.push(
            Row::new(
                format!("posts due while {size} accounts are synced, {engine}: lateness, p95 of {DUE}"),
                p95,
                "s",
            )
            .at_most(3.0),
        );
        rows.push(memory::peak(&fanfare, format!("memory at most during that, {engine}"))?);
    }
    context.db.close().await;
    Ok(rows)
}

/// Posts of the last weeks, which every sync counts.
async fn give_past(platforms: &Platforms, accounts: &[Seeded]) -> Result<()> {
    let now = SystemClock::default().now();
    for some in accounts.chunks(100) {
        let posts = some.iter().flat_map(|account| {
            (0..POSTS_EACH).rev().map(move |ago| {
                let created_at = (now - TimeDelta::hours(20 * ago + 1)).timestamp_millis();
                json!({
                    "platform": "x", "account": account.remote_id, "key": ago.to_string(),
                    "text": format!("Post {ago} of {}", account.handle), "created_at": created_at,
                })
            })
        });
        let posts: Vec<_> = posts.collect();
        platforms.control.post("control/history", &json!({"posts": posts})).await?;
    }
    Ok(())
}

/// How long the same requests take when nothing is stored.
async fn bare_seconds(context: &Context, actor: Actor, accounts: &[Seeded]) -> Result<f64> {
    let mut accesses = Vec::with_capacity(accounts.len());
    for account in accounts {
        accesses.push(tokens::access(context, actor.workspace, account.id).await?);
    }
    let since = SystemClock::default().now() - TimeDelta::days(548);
    let began = Instant::now();
    stream::iter(accesses)
        .map(|access| ask(context, access, since))
        .buffer_unordered(AT_ONCE)
        .try_collect::<()>()
        .await?;
    Ok(began.elapsed().as_secs_f64())
}

async fn ask(context: &Context, access: Access, since: DateTime<Utc>) -> Result<()> {
    let network = context.registry.get(Platform::X);
    network.counters(&access).await?;
    let mut cursor = None;
    loop {
        cursor = network.posts(&access, since, cursor).await?.next;
        if cursor.is_none() {
            return Ok(());
        }
    }
}

async fn open_runs(context: &Context) -> Result<i64> {
    const OPEN: &str = "SELECT COUNT(*) FROM sync_run WHERE ended_at IS NULL";
    let mut tx = context.db.read().await?;
    Ok(match tx.as_engine() {
        EngineConn::Sqlite(conn) => sqlx::query_scalar(OPEN).fetch_one(conn).await?,
        EngineConn::Postgres(conn) => sqlx::query_scalar(OPEN).fetch_one(conn).await?,
    })
}

async fn due_posts(
    context: &Context,
    actor: Actor,
    accounts: &[Seeded],
    first: DateTime<Utc>,
) -> Result<Vec<(String, DateTime<Utc>)>> {
    let mut posts = Vec::new();
    for (n, account) in (0..DUE).zip(accounts.iter().cycle()) {
        let (text, due) = (format!("Post {n} beside the syncs"), first + GAP * n);
        let post = DuePost { account: account.id, text: text.clone(), media: None };
        seeding::due_posts(context, actor.workspace, actor.user, &[post], due).await?;
        posts.push((text, due));
    }
    Ok(posts)
}

async fn lateness(platforms: &Platforms, due: &[(String, DateTime<Utc>)]) -> Result<Vec<f64>> {
    let texts: Vec<&str> = due.iter().map(|(text, _)| text.as_str()).collect();
    let arrivals = platforms.wait_for(&texts, Duration::from_secs(60)).await?;
    if arrivals.not_once(&texts) > 0 {
        return Err("a post went out more than once".into());
    }
    let late = |(text, due): &(String, DateTime<Utc>)| {
        let first = arrivals.times(text).iter().min().copied().unwrap_or_default();
        TimeDelta::milliseconds(first - due.timestamp_millis()).as_seconds_f64()
    };
    Ok(due.iter().map(late).collect())
}
