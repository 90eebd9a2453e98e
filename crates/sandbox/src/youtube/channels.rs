//! <https://developers.google.com/youtube/v3/docs/channels/list>

use super::auth::{channel, reader};
use super::error::GoogleError;
use crate::clock::rfc3339;
use crate::form::Params;
use crate::state::{Account, Platform};
use crate::world::{Ledger, World};
use axum::Json;
use axum::extract::{RawQuery, State};
use http::HeaderMap;
use serde_json::{Value, json};

pub(super) async fn list(
    State(world): State<World>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, GoogleError> {
    let token = reader(&world, &headers)?;
    let params = Params::from_query(query.as_deref());
    let parts = parts(&params)?;
    let ledger = world.ledger();
    let found: Vec<&Account> = match (params.get("mine"), params.get("id")) {
        (Some("true"), _) => vec![channel(&ledger, &token)?],
        (_, Some(ids)) => ids.split(',').filter_map(|id| ledger.account(Platform::Youtube, id)).collect(),
        _ => {
            return Err(GoogleError::argument(
                "missingRequiredParameter",
                "No filter selected. Expected one of: mine, id",
            ));
        }
    };
    let items: Vec<Value> = found.iter().map(|account| show(&world, &ledger, account, &parts)).collect();
    Ok(Json(json!({
        "kind": "youtube#channelListResponse",
        "pageInfo": {"totalResults": items.len(), "resultsPerPage": 5},
        "items": items,
    })))
}

/// The value of `part`.
pub(super) fn parts(params: &Params) -> Result<Vec<&str>, GoogleError> {
    let parts = params.get("part").map(|parts| parts.split(',').map(str::trim).collect());
    parts.ok_or_else(|| GoogleError::argument("missingRequiredParameter", "Required parameter: part"))
}

/// The playlist of a channel's uploads.
pub(super) fn uploads_of(channel: &str) -> String {
    format!("UU{}", channel.trim_start_matches("UC"))
}

fn show(world: &World, ledger: &Ledger, account: &Account, parts: &[&str]) -> Value {
    let figures = world.figures(ledger);
    let videos = || ledger.posts_of(Platform::Youtube, &account.id).filter(|post| !post.deleted);
    let mut out = json!({"kind": "youtube#channel", "id": account.id});
    for part in parts {
        out[*part] = match *part {
            "snippet" => {
                let face = world.address(&format!("/avatar/youtube/{}.svg", account.id));
                json!({
                    "title": account.name, "description": account.bio, "customUrl": format!("@{}", account.handle),
                    "publishedAt": rfc3339(account.created_at),
                    "thumbnails": {"default": {"url": face, "width": 88, "height": 88}},
                })
            }
            "statistics" => {
                let hidden = figures.hides_followers(account);
                let views: u64 = videos().map(|post| figures.post(post).views).sum();
                let mut counts = json!({
                    "viewCount": views.to_string(), "hiddenSubscriberCount": hidden,
                    "videoCount": videos().count().to_string(),
                });
                if !hidden {
                    counts["subscriberCount"] = json!(rounded(figures.followers(account)).to_string());
                }
                counts
            }
            "contentDetails" => {
                json!({"relatedPlaylists": {"likes": "", "uploads": uploads_of(&account.id)}})
            }
            _ => continue,
        };
    }
    out
}

/// "This value is rounded down to three significant figures."
fn rounded(count: u64) -> u64 {
    let unit = (0..).map(|power| 10_u64.pow(power)).find(|unit| count / unit < 1_000).unwrap_or(1);
    count / unit * unit
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn subscribers_are_rounded_down_to_three_figures() {
        assert_eq!([999, 1_000, 123_456, 1_999_999].map(rounded), [999, 1_000, 123_000, 1_990_000]);
    }
}
