//! `POST /2/tweets`, <https://docs.x.com/x-api/posts/create-post>.

use super::auth::{Call, authorize};
use super::error::XError;
use super::weight::{MAX_WEIGHT, weight};
use crate::clock::{DAY, Millis};
use crate::form::{content_type, read_body};
use crate::gate::{Arrival, Touched};
use crate::state::{Entry, Platform, Post, PostMedia};
use crate::world::{Ledger, World};
use axum::Extension;
use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value, json};

/// Twitter's snowflakes count from here, <https://github.com/twitter-archive/snowflake>.
pub(crate) const EPOCH: Millis = 1_288_834_974_657;

/// Properties of `TweetCreateRequest`; the schema allows no others.
const PROPERTIES: [&str; 17] = [
    "card_uri",
    "community_id",
    "direct_message_deep_link",
    "edit_options",
    "for_super_followers_only",
    "geo",
    "made_with_ai",
    "media",
    "nullcast",
    "paid_partnership",
    "poll",
    "quote_tweet_id",
    "reply",
    "reply_settings",
    "share_with_followers",
    "text",
    "super_followers_only",
];

pub(super) async fn create(
    State(world): State<World>,
    Extension(arrival): Extension<Arrival>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, XError> {
    let caller = authorize(&world, &headers, &["tweet.read", "tweet.write", "users.read"], Call::CreatePost)?;
    if !content_type(&headers).starts_with("application/json") {
        return Err(XError::Invalid(
            "Requests with bodies must have content-type of application/json.".to_owned(),
        ));
    }
    let body = read_body(request).await.map_err(|e| XError::Invalid(e.to_string()))?;
    let Ok(Value::Object(body)) = serde_json::from_slice::<Value>(&body) else {
        return Err(XError::Invalid("The request body is not valid JSON.".to_owned()));
    };
    let now = world.now();
    let mut ledger = world.ledger();
    let draft = read(&ledger, &caller.account, &body, now)?;
    if let Some(twin) = duplicate(&ledger, &caller.account, &draft, now) {
        let id = twin.id.clone();
        let again = Post { attempts: twin.attempts + 1, ..twin };
        ledger.record(Entry::Post(Box::new(again)));
        let mut response = caller.sign(XError::Duplicate.into_response());
        response.extensions_mut().insert(Touched { account: Some(caller.account.clone()), post: Some(id) });
        return Ok(response);
    }
    let id = ledger.ids.snowflake(now, EPOCH);
    let text = draft.text.clone();
    ledger.record(Entry::Post(Box::new(Post {
        platform: Platform::X,
        account: caller.account.clone(),
        id: id.clone(),
        text: draft.text,
        media: draft.media,
        created_at: now,
        received_at: arrival.0,
        deleted: false,
        key: None,
        attempts: 1,
        extra: draft.extra,
    })));
    let answer = json!({"data": {"id": id, "text": text, "edit_history_tweet_ids": [id]}});
    let mut response = caller.sign((StatusCode::CREATED, Json(answer)).into_response());
    response.extensions_mut().insert(Touched { account: Some(caller.account.clone()), post: Some(id) });
    Ok(response)
}

struct Draft {
    text: String,
    media: Vec<PostMedia>,
    extra: Value,
}

fn read(ledger: &Ledger, account: &str, body: &Map<String, Value>, now: Millis) -> Result<Draft, XError> {
    if let Some(unknown) = body.keys().find(|k| !PROPERTIES.contains(&k.as_str())) {
        return Err(XError::Invalid(format!(
            "$.{unknown}: is not defined in the schema and the schema does not allow additional properties"
        )));
    }
    let text = match body.get("text") {
        None | Some(Value::Null) => "",
        Some(Value::String(text)) => text,
        Some(_) => return Err(XError::Invalid("$.text: must be a string".to_owned())),
    };
    let media = media(ledger, account, body.get("media"), now)?;
    if text.trim().is_empty() && media.is_empty() && body.get("poll").is_none() {
        return Err(XError::Invalid(
            "Required for non-media, non-poll posts: the `text` parameter must not be empty.".to_owned(),
        ));
    }
    if weight(text) > MAX_WEIGHT {
        return Err(XError::NotPermitted(
            "Your Tweet text is too long. For more information, check out the weighted character count of the API docs.",
        ));
    }
    poll(body.get("poll"), !media.is_empty())?;
    let mut extra = Map::new();
    for name in ["reply", "quote_tweet_id", "poll", "reply_settings", "made_with_ai", "paid_partnership"] {
        if let Some(value) = body.get(name) {
            extra.insert(name.to_owned(), value.clone());
        }
    }
    if let Some(parent) = body.get("reply").map(|r| r["in_reply_to_tweet_id"].as_str().unwrap_or_default()) {
        let live = ledger.post(Platform::X, parent).is_some_and(|p| !p.deleted);
        if !live {
            return Err(XError::NotPermitted(
                "You attempted to reply to a Tweet that is deleted or not visible to you.",
            ));
        }
    }
    Ok(Draft { text: text.to_owned(), media, extra: Value::Object(extra) })
}

fn media(
    ledger: &Ledger,
    account: &str,
    value: Option<&Value>,
    now: Millis,
) -> Result<Vec<PostMedia>, XError> {
    let Some(value) = value.filter(|v| !v.is_null()) else { return Ok(Vec::new()) };
    let ids = value["media_ids"].as_array().map(Vec::as_slice).unwrap_or_default();
    if ids.is_empty() || ids.len() > 4 {
        return Err(XError::Invalid("$.media.media_ids: must have between 1 and 4 items".to_owned()));
    }
    let mut out = Vec::with_capacity(ids.len());
    for id in ids {
        let id = id.as_str().unwrap_or_default();
        let medium = ledger
            .media
            .get(id)
            .filter(|m| m.platform == Platform::X && m.account == account)
            .filter(|m| m.expires_at.is_none_or(|at| at > now))
            .ok_or_else(|| XError::Invalid("Your media IDs are invalid.".to_owned()))?;
        out.push(medium.in_post());
    }
    let alone = out.iter().any(|m| m.mime == "image/gif" || m.mime.starts_with("video/"));
    if alone && out.len() > 1 {
        return Err(XError::Invalid("A post has 4 images, or 1 GIF, or 1 video.".to_owned()));
    }
    Ok(out)
}

fn poll(value: Option<&Value>, has_media: bool) -> Result<(), XError> {
    let Some(value) = value else { return Ok(()) };
    let options = value["options"].as_array().map(Vec::as_slice).unwrap_or_default();
    let lengths =
        options.iter().all(|o| o.as_str().is_some_and(|text| (1..=25).contains(&text.chars().count())));
    let minutes = value["duration_minutes"].as_i64().unwrap_or_default();
    if has_media || !(2..=4).contains(&options.len()) || !lengths || !(5..=10_080).contains(&minutes) {
        return Err(XError::Invalid("$.poll: is not a valid poll".to_owned()));
    }
    Ok(())
}

/// The live post of the last day that says the same with the same media, in the same thread.
fn duplicate(ledger: &Ledger, account: &str, draft: &Draft, now: Millis) -> Option<Post> {
    let same_media = |post: &Post| {
        let digests = |media: &[PostMedia]| media.iter().map(|m| m.sha256.clone()).collect::<Vec<_>>();
        digests(&post.media) == digests(&draft.media)
    };
    ledger
        .posts_of(Platform::X, account)
        .rev()
        .take_while(|p| p.created_at > now - DAY)
        .find(|p| {
            !p.deleted
                && p.text.trim() == draft.text.trim()
                && p.extra["reply"] == draft.extra["reply"]
                && same_media(p)
        })
        .cloned()
}
