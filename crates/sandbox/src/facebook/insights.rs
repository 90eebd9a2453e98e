//! Insights of Pages and their posts: <https://developers.facebook.com/docs/graph-api/reference/insights>. What ended with
//! November 2025 and June 2026 (`page_impressions…`, `page_fans`, `post_impressions…`) is refused as on the real host.

use crate::meta::call::GraphCall;
use crate::meta::error::GraphError;
use crate::meta::insights::{asked, days, end_time, entry};
use crate::state::{Account, Kind, Platform, Post};
use crate::world::{Ledger, World};
use chrono::NaiveDate;
use serde_json::{Value, json};

pub(super) const SCOPE: &str = "read_insights";
const PAGE: [&str; 8] = [
    "page_media_view",
    "page_total_media_view_unique",
    "page_post_engagements",
    "page_follows",
    "page_daily_follows",
    "page_daily_follows_unique",
    "page_daily_unfollows_unique",
    "page_video_views",
];
const POST: [&str; 4] =
    ["post_media_view", "post_total_media_view_unique", "post_clicks", "post_reactions_by_type_total"];
/// "Only available for Pages with 100 or more likes."
const ENOUGH_LIKES: u64 = 100;
/// Days that one call may span.
const MOST_DAYS: i64 = 90;

/// Each metric must be known, or the call fails as a whole.
fn known(metrics: &[String], all: &[&str]) -> Result<(), GraphError> {
    if metrics.is_empty() {
        return Err(GraphError::new(
            3_001,
            Some(1_504_028),
            "(#3001) No metric was specified to be fetched. Please specify one or more metrics to be fetched and try again.",
        ));
    }
    if metrics.iter().all(|metric| all.contains(&metric.as_str())) {
        return Ok(());
    }
    Err(GraphError::param("The value must be a valid insights metric"))
}

/// `/{page}/insights` and `/{post}/insights`
pub(super) fn insights(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    call.need(SCOPE)?;
    call.need("pages_read_engagement")?;
    let ledger = world.ledger();
    let page = ledger.account(Platform::Facebook, &call.node);
    let page = page.filter(|a| a.kind == Kind::Page && a.id == call.token.account);
    if let Some(page) = page {
        return of_page(world, call, &ledger, page);
    }
    let post = ledger.post(Platform::Facebook, &call.node);
    let post = post.filter(|p| !p.deleted && p.account == call.token.account);
    let post = post.ok_or_else(|| GraphError::missing("get", &call.node))?;
    of_post(world, &ledger, post, &asked(&call.params))
}

fn of_page(world: &World, call: &GraphCall, ledger: &Ledger, page: &Account) -> Result<Value, GraphError> {
    let metrics = asked(&call.params);
    known(&metrics, &PAGE)?;
    if call.params.get("period").is_some_and(|period| period != "day") {
        return Err(GraphError::param("The sandbox knows period=day only"));
    }
    let figures = world.figures(ledger);
    let days = days(call, Platform::Facebook, MOST_DAYS, world.now())?;
    if figures.followers(page) < ENOUGH_LIKES {
        return Ok(json!({"data": []}));
    }
    let ready: Vec<NaiveDate> = days.into_iter().filter(|day| figures.is_ready(page, *day)).collect();
    let value = |metric: &str, day: NaiveDate| {
        let counts = || figures.day(page, day);
        match metric {
            "page_media_view" => json!(counts().views),
            "page_total_media_view_unique" => json!(counts().reach),
            "page_post_engagements" => json!(counts().interactions() + counts().views / 50),
            "page_follows" => json!(figures.followers_on(page, day)),
            "page_daily_follows" | "page_daily_follows_unique" => json!(figures.gained_on(page, day).max(0)),
            "page_daily_unfollows_unique" => json!((-figures.gained_on(page, day)).max(0)),
            _ => json!(0),
        }
    };
    let series = |metric: &String| {
        let mut out = entry(&call.node, metric, "day");
        let one = |day: &NaiveDate| json!({"value": value(metric, *day), "end_time": end_time(Platform::Facebook, *day)});
        out["values"] = ready.iter().map(one).collect();
        out
    };
    let data: Vec<Value> = if ready.is_empty() { Vec::new() } else { metrics.iter().map(series).collect() };
    Ok(json!({"data": data}))
}

/// The insights of one post.
pub(super) fn of_post(
    world: &World,
    ledger: &Ledger,
    post: &Post,
    metrics: &[String],
) -> Result<Value, GraphError> {
    known(metrics, &POST)?;
    let figures = world.figures(ledger);
    let page = ledger.account(Platform::Facebook, &post.account);
    if page.is_none_or(|page| figures.followers(page) < ENOUGH_LIKES) {
        return Ok(json!({"data": []}));
    }
    let counts = figures.post(post);
    let one = |metric: &String| {
        let value = match metric.as_str() {
            "post_media_view" => json!(counts.views),
            "post_total_media_view_unique" => json!(counts.reach),
            "post_clicks" => json!(counts.views / 50),
            _ if counts.likes == 0 => json!({}),
            _ => json!({"like": counts.likes}),
        };
        let mut out = entry(&post.id, metric, "lifetime");
        out["values"] = json!([{"value": value}]);
        out
    };
    Ok(json!({"data": metrics.iter().map(one).collect::<Vec<_>>()}))
}
