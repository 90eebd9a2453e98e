//! Insights: <https://developers.facebook.com/docs/instagram-platform/api-reference/instagram-user/insights>,
//! <https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights>. "If insights data you are
//! requesting does not exist or is currently unavailable, the API returns an empty data set instead of 0."

use crate::meta::call::GraphCall;
use crate::meta::error::GraphError;
use crate::meta::insights::{asked, days, end_time, entry, known};
use crate::state::{Account, Platform, Post};
use crate::statistics::Counts;
use crate::world::{Ledger, World};
use chrono::NaiveDate;
use serde_json::{Value, json};

pub(super) const SCOPE: &str = "instagram_business_manage_insights";
/// Told day by day; everything else only in total.
const SERIES: [&str; 2] = ["reach", "follower_count"];
const ACCOUNT: [&str; 14] = [
    "reach",
    "follower_count",
    "website_clicks",
    "profile_views",
    "accounts_engaged",
    "total_interactions",
    "likes",
    "comments",
    "shares",
    "saves",
    "replies",
    "profile_links_taps",
    "follows_and_unfollows",
    "views",
];
const MEDIA: [&str; 15] = [
    "comments",
    "follows",
    "ig_reels_avg_watch_time",
    "ig_reels_video_view_total_time",
    "likes",
    "navigation",
    "profile_activity",
    "profile_visits",
    "reach",
    "reels_skip_rate",
    "replies",
    "saved",
    "shares",
    "total_interactions",
    "views",
];
/// Of reels or stories, which nobody here has.
const NOT_FEED: [&str; 5] =
    ["ig_reels_avg_watch_time", "ig_reels_video_view_total_time", "navigation", "reels_skip_rate", "replies"];
/// "follower_count … not available on Instagram business or creator accounts with fewer than 100 followers"
const ENOUGH_FOLLOWERS: u64 = 100;
/// Days that one call may span.
const MOST_DAYS: i64 = 30;

/// `/{user}/insights`
pub(super) fn of_account(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    call.need("instagram_business_basic")?;
    call.need(SCOPE)?;
    let ledger = world.ledger();
    let account = ledger.account(Platform::Instagram, &call.node).filter(|a| a.id == call.token.account);
    let Some(account) = account else {
        drop(ledger);
        return of_media_node(world, call);
    };
    let metrics = asked(&call.params);
    if metrics.is_empty() {
        return Err(GraphError::param("The parameter metric is required"));
    }
    known(&metrics, &ACCOUNT)?;
    if call.params.get("period") != Some("day") {
        return Err(GraphError::param("The sandbox knows period=day only"));
    }
    let total = call.params.get("metric_type") == Some("total_value");
    if let Some(wrong) = metrics.iter().find(|metric| !total && !SERIES.contains(&metric.as_str())) {
        return Err(GraphError::param(&format!(
            "The following metrics ({wrong}) should be specified with parameter metric_type=total_value"
        )));
    }
    if total && metrics.iter().any(|metric| metric == "follower_count") {
        return Err(GraphError::param(
            "Incompatible metrics (follower_count) with the metric type (total_value)",
        ));
    }
    let figures = world.figures(&ledger);
    let days = days(call, Platform::Instagram, MOST_DAYS, world.now())?;
    let ready: Vec<NaiveDate> = days.into_iter().filter(|day| figures.is_ready(account, *day)).collect();
    let data: Vec<Value> = metrics
        .iter()
        .filter_map(|metric| {
            let values: Vec<(NaiveDate, u64)> = ready
                .iter()
                .filter_map(|day| Some((*day, on_day(world, &ledger, account, metric, *day)?)))
                .collect();
            shown(call, metric, &values, total)
        })
        .collect();
    Ok(json!({"data": data}))
}

fn shown(call: &GraphCall, metric: &str, values: &[(NaiveDate, u64)], total: bool) -> Option<Value> {
    let sum: u64 = values.iter().map(|(_, value)| value).sum();
    if sum == 0 {
        return None;
    }
    let mut out = entry(&call.node, metric, "day");
    if total {
        out["total_value"] = json!({"value": sum});
    } else {
        let value = |(day, value): &(NaiveDate, u64)| json!({"value": value, "end_time": end_time(Platform::Instagram, *day)});
        out["values"] = values.iter().map(value).collect();
    }
    Some(out)
}

fn on_day(world: &World, ledger: &Ledger, account: &Account, metric: &str, day: NaiveDate) -> Option<u64> {
    let figures = world.figures(ledger);
    match metric {
        "follower_count" if figures.followers(account) < ENOUGH_FOLLOWERS => None,
        "follower_count" => u64::try_from(figures.gained_on(account, day)).ok(),
        metric => of_counts(metric, &figures.day(account, day)),
    }
}

fn of_counts(metric: &str, counts: &Counts) -> Option<u64> {
    Some(match metric {
        "views" => counts.views,
        "reach" => counts.reach,
        "likes" => counts.likes,
        "comments" => counts.comments,
        "shares" => counts.shares,
        "saves" | "saved" => counts.saves,
        "total_interactions" => counts.interactions(),
        "accounts_engaged" => counts.interactions() * 4 / 5,
        "profile_views" | "profile_visits" => counts.reach / 40,
        _ => return None,
    })
}

fn of_media_node(world: &World, call: &GraphCall) -> Result<Value, GraphError> {
    let ledger = world.ledger();
    let mine = |p: &&Post| !p.deleted && p.account == call.token.account;
    let post = ledger.post(Platform::Instagram, &call.node).filter(mine);
    let post = post.ok_or_else(|| GraphError::missing("get", &call.node))?;
    of_media(world, &ledger, post, &asked(&call.params))
}

/// The insights of one medium.
pub(super) fn of_media(
    world: &World,
    ledger: &Ledger,
    post: &Post,
    metrics: &[String],
) -> Result<Value, GraphError> {
    if metrics.is_empty() {
        return Err(GraphError::param("The parameter metric is required"));
    }
    known(metrics, &MEDIA)?;
    if let Some(wrong) = metrics.iter().find(|metric| NOT_FEED.contains(&metric.as_str())) {
        return Err(GraphError::param(&format!(
            "The Media Insights API does not support the {wrong} metric for this media product type."
        )));
    }
    let figures = world.figures(ledger);
    if figures.said_of(post).is_some_and(|said| said.too_few_viewers) {
        return Err(GraphError::new(10, None, "(#10) Not enough viewers for the media to show insights"));
    }
    let counts = figures.post(post);
    let data: Vec<Value> = metrics
        .iter()
        .filter_map(|metric| {
            let value = of_counts(metric, &counts).filter(|value| *value > 0)?;
            let mut out = entry(&post.id, metric, "lifetime");
            out["values"] = json!([{"value": value}]);
            Some(out)
        })
        .collect();
    Ok(json!({"data": data}))
}
