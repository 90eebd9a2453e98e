//! Posts as they are read back: <https://docs.x.com/x-api/fundamentals/data-dictionary>,
//! <https://docs.x.com/x-api/fundamentals/expansions>. The specification of 2026 says `post` where older clients say
//! `tweet`; both are taken.

use super::error::{XError, not_found};
use super::users::user;
use crate::clock::rfc3339;
use crate::form::Params;
use crate::state::{Media, Platform, Post, PostMedia};
use crate::world::{Ledger, World};
use serde_json::{Value, json};

const POST_FIELDS: [&str; 38] = [
    "article",
    "article_title",
    "attachments",
    "author_id",
    "card_uri",
    "community_id",
    "context_annotations",
    "conversation_id",
    "created_at",
    "display_text_range",
    "edit_controls",
    "edit_history_tweet_ids",
    "entities",
    "geo",
    "id",
    "in_reply_to_user_id",
    "lang",
    "matched_media_notes",
    "media_metadata",
    "non_public_metrics",
    "note_post",
    "note_request_suggestions",
    "note_tweet",
    "organic_metrics",
    "paid_partnership",
    "possibly_sensitive",
    "promoted_metrics",
    "public_metrics",
    "referenced_tweets",
    "reply_settings",
    "scopes",
    "source",
    "suggested_source_links",
    "suggested_source_links_with_counts",
    "text",
    "username",
    "username_history",
    "withheld",
];
const EXPANSIONS: [&str; 17] = [
    "article.cover_media",
    "article.media_entities",
    "attachments.media_keys",
    "attachments.media_source_tweet",
    "attachments.poll_ids",
    "author_id",
    "edit_history_post_ids",
    "edit_history_tweet_ids",
    "entities.mentions.username",
    "entities.note.mentions.username",
    "geo.place_id",
    "in_reply_to_user_id",
    "referenced_posts",
    "referenced_tweets.id",
    "referenced_tweets.id.attachments.media_keys",
    "referenced_tweets.id.author_id",
    "username",
];
const MEDIA_FIELDS: [&str; 13] = [
    "alt_text",
    "duration_ms",
    "height",
    "media_key",
    "non_public_metrics",
    "organic_metrics",
    "preview_image_url",
    "promoted_metrics",
    "public_metrics",
    "type",
    "url",
    "variants",
    "width",
];

/// What a reader asked for beside the bare posts.
#[derive(Debug)]
pub(super) struct View<'p> {
    post: Vec<&'p str>,
    media: Vec<&'p str>,
    user: Vec<&'p str>,
    expansions: Vec<&'p str>,
}

impl<'p> View<'p> {
    pub(super) fn read(params: &'p Params) -> Result<Self, XError> {
        let mut post = listed(params, "tweet.fields", &POST_FIELDS)?;
        post.extend(listed(params, "post.fields", &POST_FIELDS)?);
        Ok(Self {
            post,
            media: listed(params, "media.fields", &MEDIA_FIELDS)?,
            user: listed(params, "user.fields", &super::users::FIELDS)?,
            expansions: listed(params, "expansions", &EXPANSIONS)?,
        })
    }

    fn expands(&self, name: &str) -> bool {
        self.expansions.contains(&name)
    }

    /// `includes` of an answer about these posts.
    pub(super) fn includes(&self, world: &World, ledger: &Ledger, posts: &[&Post]) -> Option<Value> {
        let mut out = json!({});
        let mut put = |name: &str, mut values: Vec<Value>, key: &str| {
            let mut seen = Vec::new();
            values.retain(|v| {
                !seen.contains(&v[key]) && {
                    seen.push(v[key].clone());
                    true
                }
            });
            if !values.is_empty() {
                out[name] = Value::Array(values);
            }
        };
        if self.expands("attachments.media_keys") {
            let media = posts.iter().flat_map(|p| &p.media).map(|m| self.medium(world, ledger, m)).collect();
            put("media", media, "media_key");
        }
        let mut people: Vec<&str> = Vec::new();
        if self.expands("author_id") {
            people.extend(posts.iter().map(|p| p.account.as_str()));
        }
        if self.expands("in_reply_to_user_id") {
            people.extend(posts.iter().filter_map(|p| parent(ledger, p)).map(|p| p.account.as_str()));
        }
        let known = people.iter().filter_map(|id| ledger.account(Platform::X, id));
        put("users", known.map(|a| user(world, ledger, a, &self.user)).collect(), "id");
        if self.expands("referenced_tweets.id") || self.expands("referenced_posts") {
            let referenced =
                posts.iter().flat_map(|p| references(p)).filter_map(|(_, id)| ledger.post(Platform::X, &id));
            let live = referenced.filter(|p| !p.deleted).map(|p| self.post(world, ledger, p)).collect();
            put("tweets", live, "id");
        }
        out.as_object().is_some_and(|o| !o.is_empty()).then_some(out)
    }

    /// One post with the fields asked for; those it has nothing to say about are left out.
    pub(super) fn post(&self, world: &World, ledger: &Ledger, post: &Post) -> Value {
        let mut out = json!({"id": post.id, "text": post.text, "edit_history_tweet_ids": [post.id]});
        // An expansion shows the field that it expands.
        let fields = self.post.iter().copied().chain(self.expansions.iter().map(|e| match *e {
            "attachments.media_keys" => "attachments",
            "referenced_tweets.id" | "referenced_posts" => "referenced_tweets",
            other => other,
        }));
        for field in fields {
            let value = match field {
                "created_at" => json!(rfc3339(post.created_at)),
                "author_id" => json!(post.account),
                "conversation_id" => json!(root(ledger, post).id),
                "public_metrics" => metrics(world, ledger, post),
                "lang" => json!("und"),
                "possibly_sensitive" => json!(false),
                "reply_settings" => {
                    post.extra.get("reply_settings").cloned().unwrap_or_else(|| json!("everyone"))
                }
                "edit_controls" => json!({
                    "edits_remaining": 5, "is_edit_eligible": false,
                    "editable_until": rfc3339(post.created_at + 3_600_000),
                }),
                "in_reply_to_user_id" => match parent(ledger, post) {
                    Some(parent) => json!(parent.account),
                    None => continue,
                },
                "referenced_tweets" if !references(post).is_empty() => {
                    references(post).iter().map(|(kind, id)| json!({"type": kind, "id": id})).collect()
                }
                "attachments" if !post.media.is_empty() => {
                    json!({"media_keys": post.media.iter().map(|m| media_key(&m.id, &m.mime)).collect::<Vec<_>>()})
                }
                _ => continue,
            };
            out[field] = value;
        }
        out
    }

    fn medium(&self, world: &World, ledger: &Ledger, medium: &PostMedia) -> Value {
        let kind = match medium.mime.as_str() {
            "image/gif" => "animated_gif",
            mime if mime.starts_with("video/") => "video",
            _ => "photo",
        };
        let mut out = json!({"media_key": media_key(&medium.id, &medium.mime), "type": kind});
        let kept: Option<&Media> = ledger.media.get(&medium.id);
        for field in &self.media {
            let value = match *field {
                "alt_text" => json!(medium.alt),
                "url" if kind == "photo" => {
                    json!(world.address(&format!("/control/blobs/{}", medium.sha256)))
                }
                "width" => json!(kept.and_then(|m| m.width)),
                "height" => json!(kept.and_then(|m| m.height)),
                _ => continue,
            };
            if !value.is_null() {
                out[*field] = value;
            }
        }
        out
    }
}

/// The values of a parameter that is a list of known names.
pub(super) fn listed<'p>(params: &'p Params, name: &str, known: &[&str]) -> Result<Vec<&'p str>, XError> {
    let values: Vec<&str> =
        params.get(name).unwrap_or_default().split(',').map(str::trim).filter(|v| !v.is_empty()).collect();
    match values.iter().find(|v| !known.contains(v)) {
        Some(unknown) => Err(XError::Invalid(format!(
            "The `{name}` query parameter value [{unknown}] is not one of [{}]",
            known.join(",")
        ))),
        None => Ok(values),
    }
}

/// An id is a number of up to 19 digits.
pub(super) fn numeric(name: &str, id: &str) -> Result<(), XError> {
    if (1..=19).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    Err(XError::Invalid(format!("The `{name}` query parameter value [{id}] is not valid")))
}

/// The entries of `errors` for ids that nobody has.
pub(super) fn absent(resource: &str, parameter: &str, values: &[&str]) -> Vec<Value> {
    values.iter().map(|value| not_found(resource, parameter, value)).collect()
}

/// `3_` photo, `16_` GIF, `7_` video, then the media id, as in the documentation's examples.
pub(super) fn media_key(id: &str, mime: &str) -> String {
    let kind = match mime {
        "image/gif" => 16,
        mime if mime.starts_with("video/") => 7,
        _ => 3,
    };
    format!("{kind}_{id}")
}

/// How a post refers to others, and their ids.
fn references(post: &Post) -> Vec<(&'static str, String)> {
    let id = |value: &Value| value.as_str().map(str::to_owned);
    let replied = id(&post.extra["reply"]["in_reply_to_tweet_id"]).map(|id| ("replied_to", id));
    let quoted = id(&post.extra["quote_tweet_id"]).map(|id| ("quoted", id));
    quoted.into_iter().chain(replied).collect()
}

fn parent<'l>(ledger: &'l Ledger, post: &Post) -> Option<&'l Post> {
    ledger.post(Platform::X, post.extra["reply"]["in_reply_to_tweet_id"].as_str()?)
}

/// Whether the post is an answer to another.
pub(super) fn is_reply(post: &Post) -> bool {
    post.extra["reply"]["in_reply_to_tweet_id"].is_string()
}

fn root<'l>(ledger: &'l Ledger, post: &'l Post) -> &'l Post {
    let mut root = post;
    while let Some(above) = parent(ledger, root) {
        root = above;
    }
    root
}

fn metrics(world: &World, ledger: &Ledger, post: &Post) -> Value {
    let counts = world.figures(ledger).post(post);
    let quotes = counts.shares / 5;
    let answers = u64::try_from(ledger.answers_to(&post.id).count()).unwrap_or(0);
    json!({
        "retweet_count": counts.shares - quotes, "reply_count": counts.comments + answers,
        "like_count": counts.likes, "quote_count": quotes, "bookmark_count": counts.saves,
        "impression_count": counts.views,
    })
}
