//! Counts of public videos: <https://developers.tiktok.com/doc/tiktok-api-v2-video-list/>. Nothing is told by day, and neither
//! reach nor watch time.

use super::TikTok;
use crate::contract::{Access, Failure, RemotePost};
use crate::statistics::{AccountCounters, CountedPost, Posts};
use chrono::{DateTime, Utc};
use model::statistics::{Counts, Metric};
use serde::Deserialize;
use serde_json::json;

pub(super) const METRICS: [Metric; 8] = [
    Metric::Followers,
    Metric::Views,
    Metric::Engagement,
    Metric::EngagementRate,
    Metric::Likes,
    Metric::Comments,
    Metric::Shares,
    Metric::Posts,
];
const FIELDS: &str =
    "id,title,video_description,create_time,share_url,view_count,like_count,comment_count,share_count";
/// Videos in a page, and in a call for known ones.
const BATCH: usize = 20;

#[derive(Deserialize)]
struct Info {
    user: Totals,
}

#[derive(Deserialize)]
struct Totals {
    follower_count: Option<i64>,
    following_count: Option<i64>,
    video_count: Option<i64>,
}

#[derive(Deserialize)]
struct Videos {
    #[serde(default)]
    videos: Vec<Video>,
    /// Milliseconds; only where a list goes on.
    cursor: Option<i64>,
    #[serde(default)]
    has_more: bool,
}

#[derive(Deserialize)]
struct Video {
    id: String,
    title: Option<String>,
    video_description: Option<String>,
    /// Seconds since 1970.
    create_time: Option<i64>,
    share_url: Option<String>,
    view_count: Option<i64>,
    like_count: Option<i64>,
    comment_count: Option<i64>,
    share_count: Option<i64>,
}

impl Video {
    fn counts(&self) -> Counts {
        Counts {
            views: self.view_count,
            likes: self.like_count,
            comments: self.comment_count,
            shares: self.share_count,
            ..Counts::default()
        }
    }
}

impl TikTok {
    pub(super) async fn totals(&self, access: &Access) -> Result<AccountCounters, Failure> {
        let request = self
            .http
            .get(self.api("/v2/user/info/"))
            .query(&[("fields", "follower_count,following_count,video_count")]);
        match self.ask::<Info>(access, request).await {
            Ok(Info { user }) => Ok(AccountCounters {
                followers: user.follower_count,
                following: user.following_count,
                posts: user.video_count,
            }),
            Err(failure) if unticked(&failure) => Ok(AccountCounters::default()),
            Err(failure) => Err(failure),
        }
    }

    pub(super) async fn list(
        &self,
        access: &Access,
        since: DateTime<Utc>,
        cursor: Option<String>,
    ) -> Result<Posts, Failure> {
        let mut body = json!({"max_count": BATCH});
        if let Some(cursor) = cursor.and_then(|cursor| cursor.parse::<i64>().ok()) {
            body["cursor"] = json!(cursor);
        }
        let request = self.http.post(self.api("/v2/video/list/")).query(&[("fields", FIELDS)]).json(&body);
        let page: Videos = match self.ask(access, request).await {
            Err(failure) if unticked(&failure) => return Ok(Posts::default()),
            answer => answer?,
        };
        let counted = |video: Video| CountedPost {
            counts: video.counts(),
            post: RemotePost {
                id: video.id,
                url: video.share_url,
                published_at: video.create_time.and_then(|at| DateTime::from_timestamp(at, 0)),
            },
            text: video.video_description.or(video.title).unwrap_or_default(),
        };
        let next = page.cursor.filter(|_| page.has_more).map(|cursor| cursor.to_string());
        Ok(Posts { posts: page.videos.into_iter().map(counted).collect(), next }.since(since))
    }

    pub(super) async fn count_known(
        &self,
        access: &Access,
        ids: &[String],
    ) -> Result<Vec<(String, Counts)>, Failure> {
        let mut counted = Vec::with_capacity(ids.len());
        for batch in ids.chunks(BATCH) {
            let body = json!({"filters": {"video_ids": batch}});
            let request =
                self.http.post(self.api("/v2/video/query/")).query(&[("fields", FIELDS)]).json(&body);
            let found: Videos = match self.ask(access, request).await {
                Err(failure) if unticked(&failure) => break,
                answer => answer?,
            };
            counted.extend(found.videos.into_iter().map(|video| (video.id.clone(), video.counts())));
        }
        Ok(counted)
    }
}

/// The person left out the permission for this when they consented.
fn unticked(failure: &Failure) -> bool {
    matches!(failure.code.as_deref(), Some("scope_not_authorized" | "scope_permission_missed"))
}
