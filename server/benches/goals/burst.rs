//! A thousand posts of a thousand accounts, due in the same second.

use crate::engine::Engine;
use crate::installation::Installation;
use crate::report::Row;
use crate::simulated::{NETWORKS, Platforms};
use crate::{Result, bare, peers};
use chrono::TimeDelta;
use model::clock::{Clock as _, SystemClock};
use seeding::DuePost;
use server::config::PublishingConfig;
use sqlx::{Connection as _, PgConnection};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const POSTS: usize = 1000;
const LATENCY: Duration = Duration::from_millis(20);
/// From filling the database to the due time.
const BEFORE: TimeDelta = TimeDelta::seconds(8);
/// From the burst to the look at what memory it left in use.
const REST: Duration = Duration::from_secs(5);
const WITHIN: Duration = Duration::from_secs(120);

pub(crate) async fn measure(engine: Engine) -> Result<Vec<Row>> {
    let platforms = Platforms::start().await?;
    let bare = bare_seconds(&platforms).await?;

    let installation = Installation::new(engine, Some(&platforms)).await?;
    let context = installation.open().await?;
    let actor = seeding::people(&context).await?;
    let mut posts = Vec::new();
    for network in NETWORKS {
        let missing = POSTS - posts.len();
        let count = missing.min(POSTS.div_ceil(NETWORKS.len()));
        for account in seeding::accounts(&context, &platforms.control, actor, network, count, "burst").await?
        {
            posts.push(DuePost {
                account: account.id,
                text: format!("Burst {} to {network}", posts.len()),
                media: None,
            });
        }
    }
    let clock = SystemClock::default();
    let due = clock.now() + BEFORE;
    seeding::due_posts(&context, actor.workspace, actor.user, &posts, due).await?;
    context.db.close().await;
    let fanfare = installation.start().await?;
    fanfare.until_ok("readyz").await?;
    if clock.now() + TimeDelta::seconds(1) > due {
        return Err("filling the database took too long for an idle start".into());
    }
    let connections = match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(Connections::watch(&installation.database.url).await?),
    };
    let latency = platforms.slow_commits(LATENCY, false).await?;
    let texts: Vec<&str> = posts.iter().map(|post| post.text.as_str()).collect();
    platforms.wait_played(latency, POSTS as u64, WITHIN).await?;
    let arrivals = platforms.wait_for(&texts, WITHIN).await?;
    let connections = match connections {
        None => None,
        Some(watch) => Some(watch.most().await?),
    };
    if arrivals.not_once(&texts) > 0 {
        return Err(
            format!("{} posts of the burst are not there exactly once", arrivals.not_once(&texts)).into()
        );
    }
    let last = arrivals.last(&texts).ok_or("no post arrived")?;
    let ours = TimeDelta::milliseconds(last - due.timestamp_millis()).as_seconds_f64();
    let name = format!("{POSTS} posts due at once, {engine}");
    let mut rows = vec![
        Row::new(format!("{name}: until the last arrived"), ours, "s")
            .at_most(15.0)
            .against(bare)
            .peers(peers::BURST),
        Row::new(format!("{name}: share of the speed of bare HTTP calls"), bare / ours, "").at_least(0.5),
    ];
    tokio::time::sleep(REST).await;
    rows.push(Row::new(format!("memory after that burst, {engine}"), fanfare.resident_mb()?, "MB"));
    if let Some(most) = connections {
        let row = Row::new("database connections of one process in that burst", most as f64, "");
        rows.push(row.at_most(10.0).peers(peers::CONNECTIONS));
    }
    Ok(rows)
}

/// How long bare calls with the same latency and concurrency take until the last has arrived.
async fn bare_seconds(platforms: &Platforms) -> Result<f64> {
    let (mut texts, mut calls) = bare::prepare(platforms, POSTS.div_ceil(NETWORKS.len())).await?;
    texts.truncate(POSTS);
    calls.truncate(POSTS);
    platforms.slow_commits(LATENCY, false).await?;
    let start = SystemClock::default().now();
    bare::send(calls, PublishingConfig::default().concurrency as usize).await?;
    let arrivals = platforms.arrivals().await?;
    platforms.control.clear_faults().await?;
    if arrivals.not_once(&texts) > 0 {
        return Err("the bare calls did not all arrive once".into());
    }
    let last = arrivals.last(&texts).ok_or("no bare call arrived")?;
    Ok(TimeDelta::milliseconds(last - start.timestamp_millis()).as_seconds_f64())
}

/// Counts the program's connections while it works.
struct Connections {
    task: JoinHandle<std::result::Result<i64, sqlx::Error>>,
    done: CancellationToken,
}

impl Connections {
    async fn watch(database: &str) -> Result<Self> {
        let mut connection = PgConnection::connect(database).await?;
        let done = CancellationToken::new();
        let stop = done.clone();
        let task = tokio::spawn(async move {
            let mut most = 0;
            while !stop.is_cancelled() {
                let now: i64 = sqlx::query_scalar(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                     AND backend_type = 'client backend'",
                )
                .fetch_one(&mut connection)
                .await?;
                most = most.max(now);
                tokio::time::sleep(Duration::from_millis(25)).await;
            }
            Ok(most)
        });
        Ok(Self { task, done })
    }

    async fn most(self) -> Result<i64> {
        self.done.cancel();
        let most = self.task.await??;
        if most == 0 { Err("no connection of the program was seen".into()) } else { Ok(most) }
    }
}
