//! What the insights of both Graph APIs share: metrics, ranges, the shape of the answer.

use super::call::GraphCall;
use super::error::GraphError;
use crate::clock::{DAY, Millis, SECOND, meta_time};
use crate::form::Params;
use crate::state::Platform;
use crate::statistics::{day_of, start_of};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// The metrics of `insights.metric(a,b)` within `fields`, where insights are asked for with an object.
pub(crate) fn expanded(params: &Params) -> Vec<String> {
    let fields = params.get("fields").unwrap_or_default();
    let list = fields.split_once("insights.metric(").and_then(|(_, rest)| rest.split_once(')'));
    split(list.map_or("", |(list, _)| list))
}

/// The metrics of a call's own parameter.
pub(crate) fn asked(params: &Params) -> Vec<String> {
    split(params.get("metric").unwrap_or_default())
}

fn split(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Every metric must be one of these, or the whole call fails.
pub(crate) fn known(metrics: &[String], all: &[&str]) -> Result<(), GraphError> {
    let unknown = metrics.iter().position(|metric| !all.contains(&metric.as_str()));
    match unknown {
        Some(place) => Err(GraphError::param(&format!(
            "metric[{place}] must be one of the following values: {}",
            all.join(", ")
        ))),
        None => Ok(()),
    }
}

/// The days between `since` and `until`, each a date or seconds since the epoch; yesterday when nothing is said.
///
/// # Errors
/// When they are further apart than the platform allows.
pub(crate) fn days(
    call: &GraphCall,
    platform: Platform,
    most: i64,
    now: Millis,
) -> Result<Vec<NaiveDate>, GraphError> {
    let at = |name: &str| {
        let text = call.params.get(name)?;
        let day = || text.parse::<NaiveDate>().ok().map(|day| start_of(platform, day));
        text.parse::<i64>().ok().map(|seconds| seconds * SECOND).or_else(day)
    };
    let until = at("until").unwrap_or(now);
    let since = at("since").unwrap_or(until - DAY);
    if until - since > most * DAY {
        let seconds = most * DAY / SECOND;
        return Err(GraphError::param(&format!(
            "There cannot be more than {most} days ({seconds} s) between since and until"
        )));
    }
    let ends_within = |day: &NaiveDate| {
        let end = day.succ_opt().map_or(Millis::MAX, |next| start_of(platform, next));
        end > since && end <= until
    };
    let first = day_of(platform, since - DAY);
    let last = day_of(platform, until);
    Ok(first.iter_days().take_while(|day| *day <= last).filter(ends_within).collect())
}

/// When a day's value was complete: its last instant is the next day's first.
pub(crate) fn end_time(platform: Platform, day: NaiveDate) -> String {
    meta_time(day.succ_opt().map_or(Millis::MAX, |next| start_of(platform, next)))
}

/// One entry of `data`, without values.
pub(crate) fn entry(node: &str, metric: &str, period: &str) -> Value {
    let title = metric.replace('_', " ");
    json!({
        "name": metric, "period": period, "title": title, "description": title,
        "id": format!("{node}/insights/{metric}/{period}"),
    })
}
