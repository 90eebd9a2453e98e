//! Home and Compare of ten accounts with 18 months of days and 100,000 posts, as the pages ask for them.

use crate::Result;
use crate::create::{as_browser, owner};
use crate::engine::Engine;
use crate::installation::Installation;
use crate::memory;
use crate::process;
use crate::report::Row;
use crate::simulated::Platforms;
use crate::stats::median;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use model::clock::{Clock as _, SystemClock};
use model::operations::Schedule;
use model::statistics::Counts;
use model::{AccountId, Platform, WorkspaceId};
use serde_json::{Value, json};
use service::Context;
use std::time::Instant;
use storage::account_days::{self, AccountDay};
use storage::remote_posts::{self, StoredPost};
use storage::{new_id, schedule_runs};

const ACCOUNTS: usize = 10;
const DAYS: u64 = 548;
const POSTS: usize = 100_000;
const TOGETHER: usize = 1_000;
const REQUESTS: usize = 40;
const WARM_UP: usize = 5;

pub(crate) async fn measure(engine: Engine) -> Result<Vec<Row>> {
    let platforms = Platforms::start().await?;
    let installation = Installation::new(engine, Some(&platforms)).await?;
    let context = installation.open().await?;
    let (token, actor) = owner(&context).await?;
    let accounts =
        seeding::accounts(&context, &platforms.control, actor, Platform::X, ACCOUNTS, "years").await?;
    let now = SystemClock::default().now();
    for account in &accounts {
        fill(&context, actor.workspace, account.id, now).await?;
    }
    // Its posts are not at the sandbox: they must not be looked for.
    let mut tx = context.db.begin().await?;
    for day in [now, now + TimeDelta::days(1)] {
        schedule_runs::note(&mut tx, actor.workspace, Schedule::SyncAccounts.key(), day.date_naive(), now)
            .await?;
    }
    tx.commit().await?;
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    context.db.close().await;
    let fanfare = installation.start().await?;
    let http = process::http()?;
    let mut rows = Vec::new();
    for (name, function, asked) in [
        ("Home", "overview", json!({"range": "long"})),
        ("Compare", "compare", json!({"filter": {"accounts": ids, "range": "long"}})),
    ] {
        let address = fanfare.url.join(&format!("api/statistics/{function}"))?;
        let mut times = Vec::with_capacity(REQUESTS);
        for n in 0..WARM_UP + REQUESTS {
            let begin = Instant::now();
            let request = as_browser(http.post(address.clone()).json(&asked), &fanfare, &token);
            let answer: Value = request.send().await?.error_for_status()?.json().await?;
            if n >= WARM_UP {
                times.push(begin.elapsed().as_secs_f64() * 1000.0);
            }
            if answer["days"]["from"].is_null() {
                return Err(format!("{name} shows no days").into());
            }
        }
        let what = format!(
            "{name}, {ACCOUNTS} accounts × 18 months with {POSTS} posts, {engine}: p50 of {REQUESTS}"
        );
        rows.push(Row::new(what, median(&mut times), "ms").at_most(50.0));
    }
    rows.push(memory::peak(&fanfare, format!("memory at most during that, {engine}"))?);
    Ok(rows)
}

async fn fill(
    context: &Context,
    workspace: WorkspaceId,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<()> {
    let today = now.date_naive();
    let back = |days: u64| today.checked_sub_days(Days::new(days)).ok_or("the calendar begins");
    let mut days = Vec::new();
    for ago in 0..2 * DAYS {
        let number = i64::try_from(ago)?;
        let counts = Counts { views: Some(900 + number % 70), likes: Some(number % 90), ..Counts::default() };
        let followers = Some(90_000 - number * 3);
        days.push(AccountDay { followers, counts, ..AccountDay::of(back(ago)?) });
    }
    for some in days.chunks(TOGETHER) {
        let mut tx = context.db.begin().await?;
        account_days::store(&mut tx, workspace, account, some, now).await?;
        tx.commit().await?;
    }
    let numbers: Vec<usize> = (0..POSTS / ACCOUNTS).collect();
    for some in numbers.chunks(TOGETHER) {
        let posts = some.iter().map(|number| post(*number, back(*number as u64 % DAYS)?, now));
        let posts: Vec<StoredPost> = posts.collect::<Result<_>>()?;
        let mut tx = context.db.begin().await?;
        remote_posts::store(&mut tx, workspace, account, &posts).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn post(number: usize, day: NaiveDate, now: DateTime<Utc>) -> Result<StoredPost> {
    let likes = i64::try_from(number * 7_919 % 5_000)?;
    Ok(StoredPost {
        id: new_id(now),
        remote_id: number.to_string(),
        published_at: day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(9),
        published_day: day,
        text: format!("Post {number}, fresh from the oven and still warm"),
        url: None,
        counts: Counts { likes: Some(likes), views: Some(likes * 20), ..Counts::default() },
        counted_at: Some(now),
        count_at: now,
        series_at: None,
    })
}
