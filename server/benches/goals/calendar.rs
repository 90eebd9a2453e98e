//! A month of 5,000 posts: made by the server, seen in a browser, changed by dragging; and one of its weeks by the hour.

use crate::create::{COOKIE, owner};
use crate::engine::Engine;
use crate::installation::Installation;
use crate::memory;
use crate::process;
use crate::report::Row;
use crate::simulated::Platforms;
use crate::stats::median;
use crate::{Result, browser, peers};
use chrono::{Datelike as _, Months, NaiveDate, TimeDelta};
use model::Platform;
use model::clock::{Clock as _, SystemClock};
use seeding::DuePost;
use serde::Deserialize;
use std::time::Instant;

const POSTS: usize = 5_000;
const DAYS: usize = 28;
/// Posts stand on the hours from eight to nineteen.
const HOURS: usize = 12;
const REQUESTS: usize = 60;
const WARM_UP: usize = 5;

/// The answer of `calendar_speed.mjs`.
#[derive(Deserialize)]
struct Speed {
    visible: f64,
    chips: u32,
    drop: f64,
    task: f64,
}

/// The answer of `week_speed.mjs`.
#[derive(Deserialize)]
struct Weight {
    nodes: u32,
    posts: usize,
    blocking: f64,
}

pub(crate) async fn measure(engine: Engine) -> Result<Vec<Row>> {
    let platforms = Platforms::start().await?;
    let installation = Installation::new(engine, Some(&platforms)).await?;
    let context = installation.open().await?;
    let (token, actor) = owner(&context).await?;
    let accounts = seeding::accounts(&context, &platforms.control, actor, Platform::X, 20, "month").await?;
    // Wholly to come, so that nothing goes out meanwhile.
    let first = SystemClock::default()
        .now()
        .date_naive()
        .with_day(1)
        .and_then(|day| day.checked_add_months(Months::new(2)));
    let first = first.ok_or("the calendar ends")?;
    for day in 0..DAYS {
        for hour in 0..HOURS {
            let place = day * HOURS + hour;
            let share = posts_until(place + 1) - posts_until(place);
            let posts: Vec<DuePost> = (0..share)
                .map(|n| DuePost {
                    account: accounts[n % accounts.len()].id,
                    text: format!("Post {n} of the day, fresh from the oven and still warm"),
                    media: None,
                })
                .collect();
            let due = first.and_time(chrono::NaiveTime::MIN)
                + TimeDelta::days(i64::try_from(day)?)
                + TimeDelta::hours(8 + i64::try_from(hour)?);
            seeding::due_posts(&context, actor.workspace, actor.user, &posts, due.and_utc()).await?;
        }
    }
    context.db.close().await;
    let fanfare = installation.start().await?;
    let month = |on: NaiveDate| fanfare.url.join(&format!("calendar?on={on}"));
    let (full, empty) = (month(first)?, month(first + Months::new(6))?);
    let http = process::http()?;
    let get = |address: &url::Url| http.get(address.clone()).header("cookie", format!("{COOKIE}={token}"));
    let (mut ours, mut bare, mut bytes) = (Vec::new(), Vec::new(), 0);
    for n in 0..WARM_UP + REQUESTS {
        for (address, times) in [(&full, &mut ours), (&empty, &mut bare)] {
            let begin = Instant::now();
            let html = get(address).send().await?.error_for_status()?.text().await?;
            if n >= WARM_UP {
                times.push(begin.elapsed().as_secs_f64() * 1000.0);
            }
            if address == &full {
                bytes = html.len();
                if !html.contains("day-more") || !html.contains("Post 1 of the day") {
                    return Err("the month doesn't show its posts".into());
                }
            }
        }
    }
    let mut rows = vec![
        Row::new(
            format!("month with {POSTS} posts, {engine}: the server, p50 of {REQUESTS}"),
            median(&mut ours),
            "ms",
        )
        .at_most(30.0)
        .against(median(&mut bare))
        .peers(peers::MONTH),
    ];
    // The browser's part is the same with either.
    if engine == Engine::Sqlite {
        rows.push(
            Row::new("the same, its HTML before compression", bytes as f64 / 1000.0, "KB").at_most(150.0),
        );
        // Before a post is dragged into it.
        let week = week(&fanfare.url, first, token.clone()).await?;
        let speed: Speed = browser::run("setup/calendar_speed.mjs", full.as_str(), token).await?;
        if speed.chips == 0 {
            return Err("the browser shows no post".into());
        }
        rows.push(
            Row::new("the same, posts visible in Chromium", speed.visible, "ms")
                .at_most(500.0)
                .peers(peers::MONTH_VISIBLE),
        );
        rows.push(
            Row::new("drag to another day: until it stands there", speed.drop, "ms")
                .at_most(100.0)
                .peers(peers::DROP),
        );
        rows.push(Row::new("drag to another day: the longest task", speed.task, "ms").at_most(50.0));
        rows.extend(week);
    }
    rows.push(memory::peak(&fanfare, format!("memory at most during that, {engine}"))?);
    Ok(rows)
}

/// Posts before the hour at this place of the month.
const fn posts_until(place: usize) -> usize {
    POSTS * place / (DAYS * HOURS)
}

/// The first week that lies wholly within the month.
async fn week(fanfare: &url::Url, first: NaiveDate, token: String) -> Result<Vec<Row>> {
    let days_before = (7 - first.weekday().num_days_from_monday()) % 7;
    let monday = first + TimeDelta::days(i64::from(days_before));
    let begin = usize::try_from(days_before)? * HOURS;
    let posts = posts_until(begin + 7 * HOURS) - posts_until(begin);
    let address = fanfare.join(&format!("calendar?view=week&on={monday}"))?;
    let weight: Weight = browser::run("setup/week_speed.mjs", address.as_str(), token).await?;
    if weight.posts != posts {
        return Err(format!("the week tells of {} posts, not of {posts}", weight.posts).into());
    }
    Ok(vec![
        Row::new(
            format!("week with {posts} posts: elements in the page"),
            f64::from(weight.nodes),
            "elements",
        )
        .at_most(3000.0),
        Row::new("the same, blocking Chromium until it is alive", weight.blocking, "ms").at_most(100.0),
    ])
}
