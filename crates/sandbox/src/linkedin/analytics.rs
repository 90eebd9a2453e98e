//! Numbers of a member, for apps that LinkedIn lets have them:
//! <https://learn.microsoft.com/en-us/linkedin/marketing/community-management/members/post-statistics>,
//! <https://learn.microsoft.com/en-us/linkedin/marketing/community-management/members/follower-statistics>.

use super::auth::versioned;
use super::error::LinkedinError;
use crate::form::Params;
use crate::state::{Account, Platform, Token};
use crate::statistics::{Counts, day_of};
use crate::world::{Ledger, World};
use axum::Json;
use axum::extract::{RawQuery, State};
use chrono::{Datelike, Days, NaiveDate};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

const TYPES: [&str; 6] = ["IMPRESSION", "MEMBERS_REACHED", "RESHARE", "REACTION", "COMMENT", "POST_SAVE"];
/// The name that `metricType` wraps its value in.
const METRIC_TYPE: &str = "com.linkedin.adsexternalapi.memberanalytics.v1.CreatorPostAnalyticsMetricTypeV1";

fn wrong(message: impl Into<String>) -> LinkedinError {
    LinkedinError::new(StatusCode::BAD_REQUEST, "ILLEGAL_ARGUMENT", message)
}

fn page(elements: Vec<Value>) -> Json<Value> {
    Json(json!({"elements": Value::Array(elements), "paging": {"count": 10, "start": 0, "links": []}}))
}

fn member<'l>(ledger: &'l Ledger, token: &Token) -> Result<&'l Account, LinkedinError> {
    ledger.account(Platform::Linkedin, &token.account).ok_or_else(LinkedinError::invalid_token)
}

/// `GET /rest/memberFollowersCount`: `q=me` for all of them, `q=dateRange` for those won day by day.
pub(super) async fn followers(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, LinkedinError> {
    let act = "memberFollowersCount.FINDER";
    let token = versioned(&world, &headers, "r_member_profileAnalytics", act)?;
    let params = Params::from_query(query.as_deref());
    let ledger = world.ledger();
    let account = member(&ledger, &token)?;
    let figures = world.figures(&ledger);
    match params.get("q") {
        Some("me") => Ok(page(vec![json!({"memberFollowersCount": figures.followers(account)})])),
        Some("dateRange") => {
            let range = params.get("dateRange").and_then(date_range);
            let (start, end) = range.ok_or_else(|| wrong("dateRange is missing or not valid"))?;
            let days = days_told(&world, &ledger, account, start, end);
            let one = |day: NaiveDate| json!({"memberFollowersCount": figures.gained_on(account, day), "dateRange": shown(day)});
            Ok(page(days.map(one).collect()))
        }
        _ => Err(wrong("q must be me or dateRange")),
    }
}

/// `GET /rest/memberCreatorPostAnalytics`: of one post (`q=entity`) or of all of the member's (`q=me`).
pub(super) async fn posts(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, LinkedinError> {
    let act = "memberCreatorPostAnalytics.FINDER";
    let token = versioned(&world, &headers, "r_member_postAnalytics", act)?;
    let params = Params::from_query(query.as_deref());
    let kind = params.get("queryType").filter(|kind| TYPES.contains(kind));
    let kind = kind.ok_or_else(|| wrong(format!("queryType must be one of {}", TYPES.join(", "))))?;
    let daily = match params.get("aggregation") {
        None | Some("TOTAL") => false,
        Some("DAILY") => true,
        Some(_) => return Err(wrong("aggregation must be DAILY or TOTAL")),
    };
    if daily && kind == "MEMBERS_REACHED" {
        return Err(wrong("DAILY aggregation is not supported for MEMBERS_REACHED"));
    }
    let ledger = world.ledger();
    let account = member(&ledger, &token)?;
    let figures = world.figures(&ledger);
    let element = |count: u64| json!({"count": count, "metricType": {METRIC_TYPE: kind}});
    match params.get("q") {
        Some("entity") if !daily => {
            let urn = params.get("entity").and_then(entity);
            let urn = urn.ok_or_else(|| wrong("entity is missing or not valid"))?;
            let post = ledger.post(Platform::Linkedin, urn).filter(|p| !p.deleted);
            let post = post.ok_or_else(|| LinkedinError::missing(urn))?;
            if post.account != token.account {
                return Err(LinkedinError::denied(format!("Not enough permissions to access: {act}")));
            }
            let mut out = element(of(kind, &figures.post(post)));
            out["targetEntity"] = json!({"share": urn});
            Ok(page(vec![out]))
        }
        Some("me") => {
            let range = params.get("dateRange").and_then(date_range);
            let today = day_of(Platform::Linkedin, world.now());
            let (start, end) = range.unwrap_or((today - Days::new(30), today + Days::new(1)));
            let counted = days_told(&world, &ledger, account, start, end)
                .map(|day| (day, of(kind, &figures.day(account, day))));
            if !daily {
                return Ok(page(vec![element(counted.map(|(_, count)| count).sum())]));
            }
            let one = |(day, count)| {
                let mut out = element(count);
                out["dateRange"] = shown(day);
                out
            };
            Ok(page(counted.map(one).collect()))
        }
        _ => Err(wrong("the sandbox knows q=me, and q=entity with TOTAL")),
    }
}

fn of(kind: &str, counts: &Counts) -> u64 {
    match kind {
        "IMPRESSION" => counts.views,
        "MEMBERS_REACHED" => counts.reach,
        "RESHARE" => counts.shares,
        "REACTION" => counts.likes,
        "COMMENT" => counts.comments,
        _ => counts.saves,
    }
}

/// The days from `start` to just before `end` that are over.
fn days_told(
    world: &World,
    ledger: &Ledger,
    account: &Account,
    start: NaiveDate,
    end: NaiveDate,
) -> impl Iterator<Item = NaiveDate> {
    let figures = world.figures(ledger);
    let days = start.iter_days().take(400).take_while(|day| *day < end);
    days.filter(|day| figures.is_ready(account, *day)).collect::<Vec<_>>().into_iter()
}

fn shown(day: NaiveDate) -> Value {
    let date = |day: NaiveDate| json!({"day": day.day(), "month": day.month(), "year": day.year()});
    json!({"start": date(day), "end": date(day + Days::new(1))})
}

/// `(start:(day:4,month:5,year:2024),end:(day:6,month:5,year:2024))`, parts in any order; the end is left out of it.
fn date_range(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let inner = text.strip_prefix("(start:(")?.strip_suffix("))")?;
    let (start, end) = inner.split_once("),end:(")?;
    let date = |text: &str| {
        let part = |name: &str| text.split(',').find_map(|p| p.strip_prefix(name)?.strip_prefix(':'));
        let number = |name| part(name)?.parse::<u32>().ok();
        NaiveDate::from_ymd_opt(part("year")?.parse().ok()?, number("month")?, number("day")?)
    };
    Some((date(start)?, date(end)?))
}

/// The URN in `(share:urn:li:share:1)` or `(ugc:urn:li:ugcPost:1)`.
fn entity(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    inner.strip_prefix("share:").or_else(|| inner.strip_prefix("ugc:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the samples of the documents named above write them.
    #[test]
    fn ranges_and_entities_are_read_as_documented() {
        let range = date_range("(start:(day:4,month:5,year:2024),end:(day:6,month:5,year:2024))").unwrap();
        assert_eq!(range, ("2024-05-04".parse().unwrap(), "2024-05-06".parse().unwrap()));
        let turned = "(start:(year:2024,month:5,day:4),end:(year:2024,month:5,day:6))";
        assert_eq!(date_range(turned), Some(range));
        assert_eq!(date_range("(start:(day:4,month:13,year:2024))"), None);
        assert_eq!(entity("(share:urn:li:share:72)"), Some("urn:li:share:72"));
        assert_eq!(entity("urn:li:share:72"), None);
    }
}
