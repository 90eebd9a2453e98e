//! <https://developers.google.com/youtube/analytics/reference/reports/query>

use super::auth::{ANALYTICS, caller, channel};
use super::error::GoogleError;
use crate::form::Params;
use crate::state::{Account, Platform, Post};
use crate::statistics::Counts;
use crate::world::{Ledger, World};
use axum::Json;
use axum::extract::{RawQuery, State};
use chrono::NaiveDate;
use http::HeaderMap;
use serde_json::{Value, json};

const METRICS: [&str; 11] = [
    "views",
    "engagedViews",
    "estimatedMinutesWatched",
    "averageViewDuration",
    "averageViewPercentage",
    "likes",
    "dislikes",
    "comments",
    "shares",
    "subscribersGained",
    "subscribersLost",
];
/// Videos that one filter may name.
const MOST_VIDEOS: usize = 500;

fn wrong(message: impl Into<String>) -> GoogleError {
    GoogleError::argument("badRequest", message)
}

pub(super) async fn query(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, GoogleError> {
    let token = caller(&world, &headers, &[ANALYTICS])?;
    let params = Params::from_query(query.as_deref());
    let ids = params.get("ids").unwrap_or_default();
    if ids != "channel==MINE" && ids != format!("channel=={}", token.account) {
        return Err(GoogleError::forbidden());
    }
    let date = |name: &str| {
        let day = params.get(name).and_then(|text| text.parse::<NaiveDate>().ok());
        day.ok_or_else(|| wrong(format!("{name} must be a date such as 2026-11-20")))
    };
    let (start, end) = (date("startDate")?, date("endDate")?);
    let metrics: Vec<&str> = params.get("metrics").unwrap_or_default().split(',').collect();
    if let Some(unknown) = metrics.iter().find(|metric| !METRICS.contains(metric)) {
        return Err(wrong(format!("Unknown identifier ({unknown}) given in field parameters.metrics.")));
    }
    let ledger = world.ledger();
    let account = channel(&ledger, &token)?;
    let (dimension, rows) = match params.get("dimensions") {
        Some("day") => ("day", by_day(&world, &ledger, account, &metrics, start, end)),
        Some("video") => ("video", by_video(&world, &ledger, account, &metrics, params.get("filters"))?),
        _ => {
            return Err(wrong("The query is not supported: the sandbox knows the dimensions day and video."));
        }
    };
    let column =
        |name: &str, column: &str, data: &str| json!({"name": name, "columnType": column, "dataType": data});
    let mut columns = vec![column(dimension, "DIMENSION", "STRING")];
    columns.extend(metrics.iter().map(|metric| column(metric, "METRIC", "INTEGER")));
    let mut body = json!({"kind": "youtubeAnalytics#resultTable", "columnHeaders": columns});
    // Left out altogether when there is nothing.
    if !rows.is_empty() {
        body["rows"] = Value::Array(rows);
    }
    Ok(Json(body))
}

fn by_day(
    world: &World,
    ledger: &Ledger,
    account: &Account,
    metrics: &[&str],
    start: NaiveDate,
    end: NaiveDate,
) -> Vec<Value> {
    let figures = world.figures(ledger);
    let days = start.iter_days().take_while(|day| *day <= end).filter(|day| figures.is_ready(account, *day));
    days.map(|day| {
        let (counts, gained) = (figures.day(account, day), figures.gained_on(account, day));
        row(&day.to_string(), metrics, &counts, gained)
    })
    .collect()
}

fn by_video(
    world: &World,
    ledger: &Ledger,
    account: &Account,
    metrics: &[&str],
    filters: Option<&str>,
) -> Result<Vec<Value>, GoogleError> {
    let ids = filters.and_then(|filter| filter.strip_prefix("video==")).unwrap_or_default();
    let ids: Vec<&str> = ids.split(',').filter(|id| !id.is_empty()).collect();
    if !(1..=MOST_VIDEOS).contains(&ids.len()) {
        return Err(wrong("The query is not supported: filters must name 1 to 500 videos."));
    }
    let figures = world.figures(ledger);
    let own = |post: &&Post| !post.deleted && post.account == account.id;
    let found = ids.iter().filter_map(|id| ledger.post(Platform::Youtube, id)).filter(own);
    Ok(found.map(|post| row(&post.id, metrics, &figures.post(post), 0)).collect())
}

fn row(name: &str, metrics: &[&str], counts: &Counts, gained: i64) -> Value {
    let value = |metric: &&str| match *metric {
        "views" | "engagedViews" => json!(counts.views),
        "estimatedMinutesWatched" => json!(counts.watch_time / 60),
        "averageViewDuration" => json!(counts.watch_time.checked_div(counts.views).unwrap_or(0)),
        "averageViewPercentage" => json!(40),
        "likes" => json!(counts.likes),
        "comments" => json!(counts.comments),
        "shares" => json!(counts.shares),
        "subscribersGained" => json!(gained.max(0)),
        "subscribersLost" => json!((-gained).max(0)),
        _ => json!(0),
    };
    [json!(name)].into_iter().chain(metrics.iter().map(value)).collect()
}
