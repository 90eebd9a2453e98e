//! Counts are live in the Data API (<https://developers.google.com/youtube/v3/docs/videos#statistics>); shares and watch time are
//! only in the Analytics API, whose newest two or three days are missing
//! (<https://developers.google.com/youtube/analytics/reference/reports/query>).

use super::{List, YouTube};
use crate::contract::{Access, Failure, FailureKind, RemotePost};
use crate::failure::Call;
use crate::http::Answer;
use crate::statistics::{AccountCounters, CountedPost, DayCounters, Posts};
use chrono::{DateTime, NaiveDate, Utc};
use model::statistics::{Counts, Metric};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::HashMap;

pub(super) const METRICS: [Metric; 9] = [
    Metric::Followers,
    Metric::Views,
    Metric::Engagement,
    Metric::EngagementRate,
    Metric::Likes,
    Metric::Comments,
    Metric::Shares,
    Metric::WatchTime,
    Metric::Posts,
];
/// Videos in a page, and in a call for known ones.
pub(super) const BATCH: usize = 50;
/// Before the first video of all.
const FIRST_DAY: &str = "2005-02-14";

#[derive(Deserialize)]
struct Channel {
    statistics: ChannelStatistics,
}

/// Counts are texts.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ChannelStatistics {
    /// Left out where the channel hides it.
    subscriber_count: Option<String>,
    #[serde(default)]
    hidden_subscriber_count: bool,
    video_count: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Upload {
    content_details: UploadDetails,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UploadDetails {
    video_id: String,
}

#[derive(Deserialize)]
pub(super) struct Video {
    id: String,
    snippet: VideoSnippet,
    #[serde(default)]
    statistics: VideoStatistics,
    /// Of the Analytics API.
    #[serde(skip)]
    watched: Watched,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct VideoSnippet {
    title: String,
    #[serde(default)]
    description: String,
    published_at: Option<DateTime<Utc>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct VideoStatistics {
    view_count: Option<String>,
    /// Left out where they are hidden, as is the next.
    like_count: Option<String>,
    comment_count: Option<String>,
}

#[derive(Clone, Copy, Default)]
struct Watched {
    shares: Option<i64>,
    seconds: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    column_headers: Vec<Column>,
    /// Left out when there is nothing.
    #[serde(default)]
    rows: Vec<Vec<Value>>,
}

#[derive(Deserialize)]
struct Column {
    name: String,
}

/// A row of a report: its first column, and the others by name.
struct Row<'r> {
    columns: &'r [Column],
    values: &'r [Value],
}

impl<'r> Row<'r> {
    fn name(&self) -> Option<&'r str> {
        self.values.first()?.as_str()
    }

    fn number(&self, column: &str) -> Option<i64> {
        let place = self.columns.iter().position(|known| known.name == column)?;
        self.values.get(place)?.as_i64()
    }

    fn watched(&self) -> Watched {
        Watched {
            shares: self.number("shares"),
            seconds: self.number("estimatedMinutesWatched").map(|minutes| minutes * 60),
        }
    }
}

impl Report {
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|values| Row { columns: &self.column_headers, values })
    }
}

fn number(text: Option<&String>) -> Option<i64> {
    text?.parse().ok()
}

fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, Failure> {
    answer.json().map_err(|_| Call::Repeatable.unreadable(answer))
}

impl Video {
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn counts(&self) -> Counts {
        Counts {
            views: number(self.statistics.view_count.as_ref()),
            likes: number(self.statistics.like_count.as_ref()),
            comments: number(self.statistics.comment_count.as_ref()),
            shares: self.watched.shares,
            watch_time: self.watched.seconds,
            ..Counts::default()
        }
    }
}

impl YouTube {
    pub(super) async fn totals(&self, access: &Access) -> Result<AccountCounters, Failure> {
        let request = self.http.get(self.api("/channels")).query(&[("part", "statistics"), ("mine", "true")]);
        let list: List<Channel> = read(&self.ask(access, request).await?)?;
        let Some(Channel { statistics }) = list.items.into_iter().next() else {
            return Ok(AccountCounters::default());
        };
        let subscribers = statistics.subscriber_count.filter(|_| !statistics.hidden_subscriber_count);
        Ok(AccountCounters {
            followers: number(subscribers.as_ref()),
            following: None,
            posts: number(statistics.video_count.as_ref()),
        })
    }

    pub(super) async fn by_day(
        &self,
        access: &Access,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<DayCounters>, Failure> {
        let metrics = "views,likes,comments,shares,estimatedMinutesWatched,subscribersGained,subscribersLost";
        let (from, to) = (from.to_string(), to.to_string());
        let query = [
            ("startDate", from.as_str()),
            ("endDate", &to),
            ("metrics", metrics),
            ("dimensions", "day"),
            ("sort", "day"),
        ];
        let Some(report) = self.report(access, &query).await? else { return Ok(Vec::new()) };
        let day = |row: Row<'_>| {
            let watched = row.watched();
            let lost = row.number("subscribersLost").unwrap_or(0);
            Some(DayCounters {
                gained: row.number("subscribersGained").map(|gained| gained - lost),
                counts: Counts {
                    views: row.number("views"),
                    likes: row.number("likes"),
                    comments: row.number("comments"),
                    shares: watched.shares,
                    watch_time: watched.seconds,
                    ..Counts::default()
                },
                ..DayCounters::of(row.name()?.parse().ok()?)
            })
        };
        Ok(report.rows().filter_map(day).collect())
    }

    /// `None` without the permission, which people may untick.
    async fn report(&self, access: &Access, query: &[(&str, &str)]) -> Result<Option<Report>, Failure> {
        let request = self
            .http
            .get(self.settings.analytics_base.at("/v2/reports"))
            .query(&[("ids", "channel==MINE")])
            .query(query);
        match self.ask(access, request).await {
            Ok(answer) => read(&answer).map(Some),
            Err(failure) if failure.kind == FailureKind::ReconnectRequired => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    pub(super) async fn list(
        &self,
        access: &Access,
        since: DateTime<Utc>,
        cursor: Option<String>,
    ) -> Result<Posts, Failure> {
        // A channel's uploads are a playlist of nearly the same id; asking for it would cost another call.
        let playlist = access.remote_id.replacen("UC", "UU", 1);
        let mut query =
            vec![("part", "contentDetails"), ("maxResults", "50"), ("playlistId", playlist.as_str())];
        if let Some(token) = &cursor {
            query.push(("pageToken", token));
        }
        let request = self.http.get(self.api("/playlistItems")).query(&query);
        let page: List<Upload> = match self.ask(access, request).await {
            Ok(answer) => read(&answer)?,
            // A channel without a video has no such playlist.
            Err(failure) if failure.code.as_deref() == Some("playlistNotFound") => {
                return Ok(Posts::default());
            }
            Err(failure) => return Err(failure),
        };
        let ids: Vec<String> = page.items.into_iter().map(|upload| upload.content_details.video_id).collect();
        if ids.is_empty() {
            return Ok(Posts::default());
        }
        let counted = |video: Video| CountedPost {
            counts: video.counts(),
            post: RemotePost {
                url: Some(self.public_url(&video.id)),
                published_at: video.snippet.published_at,
                id: video.id,
            },
            text: format!("{}\n{}", video.snippet.title, video.snippet.description).trim_end().to_owned(),
        };
        let posts = self.videos(access, &ids).await?.into_iter().map(counted).collect();
        Ok(Posts { posts, next: page.next_page_token }.since(since))
    }

    /// At most [`BATCH`] of them, with what the Analytics API adds.
    pub(super) async fn videos(&self, access: &Access, ids: &[String]) -> Result<Vec<Video>, Failure> {
        let list = ids.join(",");
        let request =
            self.http.get(self.api("/videos")).query(&[("part", "snippet,statistics"), ("id", &list)]);
        let mut videos: List<Video> = read(&self.ask(access, request).await?)?;
        let (today, filter) = (self.clock.now().date_naive().to_string(), format!("video=={list}"));
        let query = [
            ("startDate", FIRST_DAY),
            ("endDate", &today),
            ("metrics", "shares,estimatedMinutesWatched"),
            ("dimensions", "video"),
            ("filters", &filter),
        ];
        if let Some(report) = self.report(access, &query).await? {
            let watched: HashMap<&str, Watched> =
                report.rows().filter_map(|row| Some((row.name()?, row.watched()))).collect();
            for video in &mut videos.items {
                video.watched = watched.get(video.id.as_str()).copied().unwrap_or_default();
            }
        }
        Ok(videos.items)
    }
}
