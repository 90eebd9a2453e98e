//! Counts of the AppView: <https://docs.bsky.app/docs/api/app-bsky-feed-get-posts>. Bluesky tells neither views nor reach.

use super::publish::rkey;
use super::{Bluesky, method, read};
use crate::contract::{Access, Failure, FailureKind, RemotePost};
use crate::failure::Call;
use crate::statistics::{AccountCounters, CountedPost, Posts};
use chrono::{DateTime, Utc};
use model::statistics::{Counts, Metric};
use serde::Deserialize;

pub(super) const METRICS: [Metric; 7] = [
    Metric::Followers,
    Metric::Engagement,
    Metric::EngagementRate,
    Metric::Likes,
    Metric::Comments,
    Metric::Shares,
    Metric::Posts,
];
/// Posts that one call may name.
const BATCH: usize = 25;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Totals {
    followers_count: Option<i64>,
    follows_count: Option<i64>,
    posts_count: Option<i64>,
}

#[derive(Deserialize)]
struct Feed {
    feed: Vec<Item>,
    cursor: Option<String>,
}

#[derive(Deserialize)]
struct Item {
    post: PostView,
    /// Why somebody else's post is here: a repost.
    reason: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Views {
    posts: Vec<PostView>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PostView {
    uri: String,
    record: Record,
    indexed_at: Option<DateTime<Utc>>,
    like_count: Option<i64>,
    reply_count: Option<i64>,
    repost_count: Option<i64>,
    quote_count: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    #[serde(default)]
    text: String,
    created_at: Option<DateTime<Utc>>,
}

impl PostView {
    fn counts(&self) -> Counts {
        Counts {
            likes: self.like_count,
            comments: self.reply_count,
            shares: self.repost_count.map(|reposts| reposts + self.quote_count.unwrap_or(0)),
            ..Counts::default()
        }
    }
}

impl Bluesky {
    pub(super) async fn totals(&self, access: &Access) -> Result<AccountCounters, Failure> {
        let request = self
            .http
            .get(method(&access.host, "app.bsky.actor.getProfile"))
            .query(&[("actor", &access.remote_id)]);
        match self.ask(&access.token, request, Call::Repeatable).await {
            Ok(answer) => {
                let totals: Totals = read(&answer, Call::Repeatable)?;
                Ok(AccountCounters {
                    followers: totals.followers_count,
                    following: totals.follows_count,
                    posts: totals.posts_count,
                })
            }
            // A server without an AppView counts nobody.
            Err(failure) if failure.kind == FailureKind::Rejected => Ok(AccountCounters::default()),
            Err(failure) => Err(failure),
        }
    }

    /// Answers to others are conversation and are left out.
    pub(super) async fn list(
        &self,
        access: &Access,
        since: DateTime<Utc>,
        cursor: Option<String>,
    ) -> Result<Posts, Failure> {
        let mut query = vec![
            ("actor", access.remote_id.as_str()),
            ("filter", "posts_and_author_threads"),
            ("limit", "100"),
        ];
        if let Some(cursor) = &cursor {
            query.push(("cursor", cursor));
        }
        let request = self.http.get(method(&access.host, "app.bsky.feed.getAuthorFeed")).query(&query);
        let answer = match self.ask(&access.token, request, Call::Repeatable).await {
            Err(failure) if failure.kind == FailureKind::Rejected => return Ok(Posts::default()),
            answer => answer?,
        };
        let feed: Feed = read(&answer, Call::Repeatable)?;
        let counted = |Item { post, .. }: Item| CountedPost {
            counts: post.counts(),
            post: RemotePost {
                url: Some(self.public_url(&access.handle, rkey(&post.uri))),
                id: post.uri,
                published_at: post.record.created_at.or(post.indexed_at),
            },
            text: post.record.text,
        };
        let own = feed.feed.into_iter().filter(|item| item.reason.is_none());
        Ok(Posts { posts: own.map(counted).collect(), next: feed.cursor }.since(since))
    }

    pub(super) async fn count_known(
        &self,
        access: &Access,
        ids: &[String],
    ) -> Result<Vec<(String, Counts)>, Failure> {
        let mut counted = Vec::with_capacity(ids.len());
        for batch in ids.chunks(BATCH) {
            let uris: Vec<(&str, &String)> = batch.iter().map(|uri| ("uris", uri)).collect();
            let request = self.http.get(method(&access.host, "app.bsky.feed.getPosts")).query(&uris);
            let answer = self.ask(&access.token, request, Call::Repeatable).await?;
            let views: Views = read(&answer, Call::Repeatable)?;
            counted.extend(views.posts.into_iter().map(|post| (post.uri.clone(), post.counts())));
        }
        Ok(counted)
    }
}
