//! Metrics: <https://docs.x.com/x-api/fundamentals/metrics>. X tells nothing by day and no reach; bookmarks are saves.

use super::publish::{Listed, Page};
use super::{Data, X};
use crate::contract::{Access, Failure, RemotePost};
use crate::failure::Call;
use crate::http::Answer;
use crate::statistics::{AccountCounters, CountedPost, Posts};
use chrono::{DateTime, SecondsFormat, Utc};
use model::statistics::{Counts, Metric};
use reqwest::RequestBuilder;
use serde::Deserialize;

pub(super) const METRICS: [Metric; 9] = [
    Metric::Followers,
    Metric::Views,
    Metric::Engagement,
    Metric::EngagementRate,
    Metric::Likes,
    Metric::Comments,
    Metric::Shares,
    Metric::Saves,
    Metric::Posts,
];
/// Posts that one call may name.
const BATCH: usize = 100;

#[derive(Deserialize)]
struct Counted {
    public_metrics: Option<UserMetrics>,
}

#[derive(Deserialize)]
struct UserMetrics {
    followers_count: Option<i64>,
    following_count: Option<i64>,
    tweet_count: Option<i64>,
    /// Its name in the specification of 2026; both may come.
    post_count: Option<i64>,
}

/// Of a post.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PostMetrics {
    /// Reposts; quotes are told apart.
    retweet_count: Option<i64>,
    quote_count: Option<i64>,
    reply_count: Option<i64>,
    like_count: Option<i64>,
    bookmark_count: Option<i64>,
    impression_count: Option<i64>,
}

impl PostMetrics {
    fn counts(&self) -> Counts {
        Counts {
            views: self.impression_count,
            reach: None,
            likes: self.like_count,
            comments: self.reply_count,
            shares: self.retweet_count.map(|shares| shares + self.quote_count.unwrap_or(0)),
            saves: self.bookmark_count,
            watch_time: None,
        }
    }
}

fn read(answer: &Answer) -> Result<Page, Failure> {
    answer.json().map_err(|_| Call::Repeatable.unreadable(answer))
}

impl X {
    pub(super) async fn totals(&self, access: &Access) -> Result<AccountCounters, Failure> {
        let request = self.http.get(self.api("/2/users/me")).query(&[("user.fields", "public_metrics")]);
        let answer = self.ask(access, request, Call::Repeatable).await?;
        let user = answer.json::<Data<Counted>>().map_err(|_| Call::Repeatable.unreadable(&answer))?.data;
        let Some(metrics) = user.public_metrics else { return Ok(AccountCounters::default()) };
        Ok(AccountCounters {
            followers: metrics.followers_count,
            following: metrics.following_count,
            posts: metrics.post_count.or(metrics.tweet_count),
        })
    }

    /// Answers to others are conversation and are left out.
    pub(super) async fn list(
        &self,
        access: &Access,
        since: DateTime<Utc>,
        cursor: Option<String>,
    ) -> Result<Posts, Failure> {
        let mut request = self.http.get(self.api(&format!("/2/users/{}/tweets", access.remote_id))).query(&[
            ("max_results", "100"),
            ("exclude", "retweets,replies"),
            ("start_time", &since.to_rfc3339_opts(SecondsFormat::Secs, true)),
        ]);
        if let Some(token) = &cursor {
            request = request.query(&[("pagination_token", token)]);
        }
        let page = self.counted(access, request).await?;
        let counted = |post: Listed| CountedPost {
            text: post.expanded().trim_end().to_owned(),
            counts: post.public_metrics.counts(),
            post: RemotePost {
                url: Some(self.public_url(&access.handle, &post.id)),
                id: post.id,
                published_at: post.created_at,
            },
        };
        Ok(Posts { posts: page.data.into_iter().map(counted).collect(), next: page.meta.next_token })
    }

    pub(super) async fn count_known(
        &self,
        access: &Access,
        ids: &[String],
    ) -> Result<Vec<(String, Counts)>, Failure> {
        let mut counted = Vec::with_capacity(ids.len());
        for batch in ids.chunks(BATCH) {
            let request = self.http.get(self.api("/2/tweets")).query(&[("ids", batch.join(","))]);
            let page = self.counted(access, request).await?;
            counted.extend(page.data.into_iter().map(|post| (post.id, post.public_metrics.counts())));
        }
        Ok(counted)
    }

    async fn counted(&self, access: &Access, request: RequestBuilder) -> Result<Page, Failure> {
        let request = request.query(&[("tweet.fields", "created_at,entities,public_metrics")]);
        read(&self.ask(access, request, Call::Repeatable).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As <https://docs.x.com/x-api/fundamentals/metrics> shows it.
    #[test]
    fn public_metrics_are_read() {
        let metrics: PostMetrics = serde_json::from_str(
            r#"{"retweet_count":7,"reply_count":3,"like_count":38,"quote_count":1,"bookmark_count":4,"impression_count":2103}"#,
        )
        .unwrap();
        let counts = metrics.counts();
        assert_eq!((counts.views, counts.shares, counts.saves), (Some(2103), Some(8), Some(4)));
        assert_eq!((counts.reach, counts.engagement()), (None, Some(53)));
    }
}
