//! Insights of Pages: <https://developers.facebook.com/docs/graph-api/reference/insights>. Only Pages with a hundred likes
//! have any; one metric that is not valid fails the whole call.

use super::{Facebook, graph_time};
use crate::contract::{Access, Failure, RemotePost};
use crate::failure::Call;
use crate::graph::{Insight, List, day_start, tells_nothing};
use crate::statistics::{AccountCounters, CountedPost, DayCounters, Posts};
use chrono::{DateTime, Days, NaiveDate, Utc};
use model::statistics::{Counts, Metric};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};

pub(super) const METRICS: [Metric; 9] = [
    Metric::Followers,
    Metric::Reach,
    Metric::Views,
    Metric::Engagement,
    Metric::EngagementRate,
    Metric::Likes,
    Metric::Comments,
    Metric::Shares,
    Metric::Posts,
];
const PAGE_METRICS: [&str; 4] =
    ["page_media_view", "page_total_media_view_unique", "page_post_engagements", "page_follows"];
const POST_FIELDS: &str = "id,message,created_time,permalink_url,shares,\
                           reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count)";
const POST_INSIGHTS: &str = "insights.metric(post_media_view,post_total_media_view_unique)";
/// In one call. Ninety are allowed between `since` and `until`, and an hour more is too much when clocks go back.
const MOST_DAYS: u64 = 89;
/// Posts in a page, and in a call for known ones: "Maximum: 50".
const BATCH: usize = 50;

#[derive(Deserialize)]
struct Totals {
    followers_count: Option<i64>,
}

#[derive(Deserialize)]
struct Post {
    id: String,
    message: Option<String>,
    created_time: Option<String>,
    permalink_url: Option<String>,
    reactions: Option<Edge>,
    comments: Option<Edge>,
    shares: Option<Shares>,
    insights: Option<List<Insight>>,
}

#[derive(Deserialize)]
struct Edge {
    summary: Option<Summary>,
}

#[derive(Deserialize)]
struct Summary {
    total_count: Option<i64>,
}

#[derive(Deserialize)]
struct Shares {
    count: i64,
}

impl Post {
    fn counts(&self) -> Counts {
        let told = |name: &str| {
            let insights = self.insights.as_ref()?;
            insights.data.iter().find(|insight| insight.name == name)?.value()
        };
        let total = |edge: &Option<Edge>| edge.as_ref()?.summary.as_ref()?.total_count;
        Counts {
            views: told("post_media_view"),
            reach: told("post_total_media_view_unique"),
            likes: total(&self.reactions),
            comments: total(&self.comments),
            // Left out of the answer for a post that nobody shared.
            shares: Some(self.shares.as_ref().map_or(0, |shares| shares.count)),
            saves: None,
            watch_time: None,
        }
    }
}

/// The fields of a post, with its insights or without.
fn post_fields(insights: bool) -> String {
    if insights { format!("{POST_FIELDS},{POST_INSIGHTS}") } else { POST_FIELDS.to_owned() }
}

impl Facebook {
    async fn fetch<T: DeserializeOwned>(
        &self,
        access: &Access,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<T, Failure> {
        self.check(access)?;
        let token = [("access_token", access.token.expose())];
        let request = self.http.get(self.graph(path)).query(query).query(&token);
        let answer = self.send(request, Call::Repeatable).await?;
        answer.json().map_err(|_| Call::Repeatable.unreadable(&answer))
    }

    pub(super) async fn totals(&self, access: &Access) -> Result<AccountCounters, Failure> {
        let path = format!("/{}", access.remote_id);
        let totals: Totals = self.fetch(access, &path, &[("fields", "followers_count")]).await?;
        Ok(AccountCounters { followers: totals.followers_count, ..AccountCounters::default() })
    }

    pub(super) async fn by_day(
        &self,
        access: &Access,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<DayCounters>, Failure> {
        let mut days = BTreeMap::new();
        let mut start = from;
        while start <= to {
            let end = to.min(start + Days::new(MOST_DAYS - 1));
            for insight in self.page_insights(access, start, end).await? {
                for (day, value) in insight.by_day().filter(|(day, _)| (start..=end).contains(day)) {
                    let told = days.entry(day).or_insert_with(|| DayCounters::of(day));
                    match insight.name.as_str() {
                        "page_media_view" => told.counts.views = Some(value),
                        "page_total_media_view_unique" => told.counts.reach = Some(value),
                        "page_post_engagements" => told.engagement = Some(value),
                        _ => told.followers = Some(value),
                    }
                }
            }
            start = end + Days::new(1);
        }
        Ok(days.into_values().collect())
    }

    /// All metrics in one call; one by one where that is refused, without those that are refused again.
    async fn page_insights(
        &self,
        access: &Access,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<Insight>, Failure> {
        let path = format!("/{}/insights", access.remote_id);
        let since = day_start(from).timestamp().to_string();
        let until = day_start(to + Days::new(1)).timestamp().to_string();
        let ask = async |metric: &str| {
            let query = [("metric", metric), ("period", "day"), ("since", &since), ("until", &until)];
            self.fetch::<List<Insight>>(access, &path, &query).await.map(|list| list.data)
        };
        match ask(&PAGE_METRICS.join(",")).await {
            Err(failure) if tells_nothing(&failure) => {
                let mut told = Vec::new();
                for metric in PAGE_METRICS {
                    match ask(metric).await {
                        Ok(insights) => told.extend(insights),
                        Err(failure) if tells_nothing(&failure) => {}
                        Err(failure) => return Err(failure),
                    }
                }
                Ok(told)
            }
            answer => answer,
        }
    }

    pub(super) async fn list(
        &self,
        access: &Access,
        since: DateTime<Utc>,
        cursor: Option<String>,
    ) -> Result<Posts, Failure> {
        let path = format!("/{}/published_posts", access.remote_id);
        let (start, limit) = (since.timestamp().to_string(), BATCH.to_string());
        let page = async |insights| {
            let fields = post_fields(insights);
            let mut query = vec![("fields", fields.as_str()), ("since", &start), ("limit", &limit)];
            if let Some(after) = &cursor {
                query.push(("after", after));
            }
            self.fetch::<List<Post>>(access, &path, &query).await
        };
        let list = match page(true).await {
            Err(failure) if tells_nothing(&failure) => page(false).await?,
            answer => answer?,
        };
        let next = list.after();
        let counted = |post: Post| CountedPost {
            counts: post.counts(),
            post: RemotePost {
                url: Some(post.permalink_url.unwrap_or_else(|| self.public_url(&post.id))),
                id: post.id,
                published_at: post.created_time.as_deref().and_then(graph_time),
            },
            text: post.message.unwrap_or_default(),
        };
        Ok(Posts { posts: list.data.into_iter().map(counted).collect(), next }.since(since))
    }

    pub(super) async fn count_known(
        &self,
        access: &Access,
        ids: &[String],
    ) -> Result<Vec<(String, Counts)>, Failure> {
        let mut counted = Vec::with_capacity(ids.len());
        for batch in ids.chunks(BATCH) {
            match self.count_batch(access, batch).await {
                // A single post that is gone fails the whole call.
                Err(failure) if is_gone(&failure) && batch.len() > 1 => {
                    for id in batch {
                        match self.count_batch(access, std::slice::from_ref(id)).await {
                            Ok(found) => counted.extend(found),
                            Err(failure) if is_gone(&failure) => {}
                            Err(failure) => return Err(failure),
                        }
                    }
                }
                Err(failure) if is_gone(&failure) => {}
                answer => counted.extend(answer?),
            }
        }
        Ok(counted)
    }

    async fn count_batch(
        &self,
        access: &Access,
        ids: &[String],
    ) -> Result<impl Iterator<Item = (String, Counts)> + use<>, Failure> {
        let list = ids.join(",");
        let posts = async |insights| {
            let fields = post_fields(insights);
            self.fetch::<HashMap<String, Post>>(access, "/", &[("ids", &list), ("fields", &fields)]).await
        };
        let found = match posts(true).await {
            Err(failure) if tells_nothing(&failure) => posts(false).await?,
            answer => answer?,
        };
        Ok(found.into_values().map(|post| (post.id.clone(), post.counts())))
    }
}

/// "Some of the aliases you requested do not exist", or the object itself doesn't.
fn is_gone(failure: &Failure) -> bool {
    matches!(failure.code.as_deref(), Some("803" | "100/33"))
}
