//! One due post after the other while nothing else happens: from due_at to the arrival of the request that makes it public.

use crate::engine::Engine;
use crate::installation::Installation;
use crate::report::Row;
use crate::simulated::{NETWORKS, Platforms};
use crate::stats::{median, percentile};
use crate::{Result, peers};
use chrono::TimeDelta;
use model::clock::{Clock as _, SystemClock};
use seeding::DuePost;
use std::time::Duration;

const POSTS: i32 = 80;
/// Not a part of a second: due times and the worker's own rounds must not keep step.
const GAP: TimeDelta = TimeDelta::milliseconds(277);
/// The program has been idle this long when the first is due.
const BEFORE: TimeDelta = TimeDelta::seconds(5);

pub(crate) async fn measure(engine: Engine) -> Result<Vec<Row>> {
    let platforms = Platforms::start().await?;
    let installation = Installation::new(engine, Some(&platforms)).await?;
    let context = installation.open().await?;
    let actor = seeding::people(&context).await?;
    let mut accounts = Vec::new();
    for network in NETWORKS {
        accounts.extend(seeding::accounts(&context, &platforms.control, actor, network, 2, "late").await?);
    }
    let _fanfare = installation.start().await?;
    let clock = SystemClock::default();
    let first = clock.now() + BEFORE;
    let mut posts = Vec::new();
    for (n, account) in (0..POSTS).zip(accounts.iter().cycle()) {
        let (text, due) = (format!("Post {n} on its own"), first + GAP * n);
        let post = DuePost { account: account.id, text: text.clone(), media: None };
        seeding::due_posts(&context, actor.workspace, actor.user, &[post], due).await?;
        posts.push((text, due));
    }
    context.db.close().await;
    if clock.now() + TimeDelta::seconds(2) > first {
        return Err("filling the database took too long for an idle start".into());
    }
    let rest = first + GAP * POSTS - clock.now();
    tokio::time::sleep(rest.to_std().unwrap_or_default()).await;
    let texts: Vec<&str> = posts.iter().map(|(text, _)| text.as_str()).collect();
    let arrivals = platforms.wait_for(&texts, Duration::from_secs(30)).await?;
    let late = |(text, due): &(String, chrono::DateTime<chrono::Utc>)| {
        let first = arrivals.times(text).iter().min().copied().unwrap_or_default();
        TimeDelta::milliseconds(first - due.timestamp_millis()).as_seconds_f64()
    };
    let mut lateness: Vec<f64> = posts.iter().map(late).collect();
    if lateness.iter().any(|late| *late < 0.0) || arrivals.not_once(&texts) > 0 {
        return Err("a post went out before its time, or more than once".into());
    }
    let (half, p99) = (median(&mut lateness), percentile(&mut lateness, 0.99));
    Ok(vec![
        Row::new(format!("one due post when idle, {engine}: lateness, median of {POSTS}"), half, "s")
            .at_most(0.05)
            .peers(peers::LATENESS),
        Row::new(format!("one due post when idle, {engine}: lateness, p99 of {POSTS}"), p99, "s")
            .at_most(0.5),
    ])
}
