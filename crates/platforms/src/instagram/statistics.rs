//! Insights: <https://developers.facebook.com/docs/instagram-platform/api-reference/instagram-user/insights>,
//! <https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights>. What can't be told is left
//! out of an answer instead of being 0, and one metric that is not valid fails the whole call.

use super::Instagram;
use crate::contract::{Access, Failure, RemotePost};
use crate::facebook::graph_time;
use crate::graph::{Insight, List, day_start, tells_nothing};
use crate::statistics::{AccountCounters, CountedPost, DayCounters, Posts};
use chrono::{DateTime, Days, NaiveDate, Utc};
use model::statistics::{Counts, Metric};
use serde::Deserialize;
use std::collections::BTreeMap;

pub(super) const METRICS: [Metric; 10] = [
    Metric::Followers,
    Metric::Reach,
    Metric::Views,
    Metric::Engagement,
    Metric::EngagementRate,
    Metric::Likes,
    Metric::Comments,
    Metric::Shares,
    Metric::Saves,
    Metric::Posts,
];
/// Told as a series; everything else only in total, so day by day.
const SERIES: [&str; 2] = ["reach", "follower_count"];
const TOTALS: [&str; 5] = ["views", "likes", "comments", "shares", "saves"];
/// Valid for posts and reels alike.
const MEDIA_METRICS: &str = "views,reach,likes,comments,shares,saved";
/// In one call. Thirty are allowed between `since` and `until`, and an hour more is too much when clocks go back.
const MOST_DAYS: u64 = 29;
/// Posts in a page: few enough for their insights to come with them.
const PAGE: &str = "30";

#[derive(Deserialize)]
struct Totals {
    followers_count: Option<i64>,
    follows_count: Option<i64>,
    media_count: Option<i64>,
}

#[derive(Deserialize)]
struct Media {
    id: String,
    caption: Option<String>,
    timestamp: Option<String>,
    permalink: Option<String>,
    like_count: Option<i64>,
    comments_count: Option<i64>,
    insights: Option<List<Insight>>,
}

impl Media {
    fn counts(&self) -> Counts {
        let told = |name: &str| {
            let insights = self.insights.as_ref()?;
            insights.data.iter().find(|insight| insight.name == name)?.value()
        };
        Counts {
            views: told("views"),
            reach: told("reach"),
            // Live, while insights may be two days late.
            likes: self.like_count.or_else(|| told("likes")),
            comments: self.comments_count.or_else(|| told("comments")),
            shares: told("shares"),
            saves: told("saved"),
            watch_time: None,
        }
    }
}

/// The fields of a medium, with its insights or without.
fn media_fields(insights: bool) -> String {
    let fields = "id,caption,timestamp,permalink,like_count,comments_count";
    if insights { format!("{fields},insights.metric({MEDIA_METRICS})") } else { fields.to_owned() }
}

impl Instagram {
    pub(super) async fn totals(&self, access: &Access) -> Result<AccountCounters, Failure> {
        let totals: Totals =
            self.get(access, "/me", &[("fields", "followers_count,follows_count,media_count")]).await?;
        Ok(AccountCounters {
            followers: totals.followers_count,
            following: totals.follows_count,
            posts: totals.media_count,
        })
    }

    pub(super) async fn by_day(
        &self,
        access: &Access,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<DayCounters>, Failure> {
        let mut days = BTreeMap::new();
        for metric in SERIES {
            self.series(access, metric, from, to, &mut days).await?;
        }
        let mut metrics: Vec<&str> = TOTALS.into();
        let now = self.clock.now();
        let over = |day: &NaiveDate| day.succ_opt().is_some_and(|next| day_start(next) <= now);
        for day in from.iter_days().take_while(|day| *day <= to).filter(over) {
            let told = self.total(access, &mut metrics, day).await?;
            let value =
                |name: &str| told.iter().find(|insight| insight.name == name).and_then(Insight::value);
            let counts = &mut days.entry(day).or_insert_with(|| DayCounters::of(day)).counts;
            counts.views = value("views");
            counts.likes = value("likes");
            counts.comments = value("comments");
            counts.shares = value("shares");
            counts.saves = value("saves");
            if metrics.is_empty() {
                break;
            }
        }
        Ok(days.into_values().filter(|day| !day.is_empty()).collect())
    }

    async fn series(
        &self,
        access: &Access,
        metric: &str,
        from: NaiveDate,
        to: NaiveDate,
        days: &mut BTreeMap<NaiveDate, DayCounters>,
    ) -> Result<(), Failure> {
        let mut start = from;
        while start <= to {
            let end = to.min(start + Days::new(MOST_DAYS - 1));
            for insight in self.insights(access, metric, "time_series", start, end).await? {
                for (day, value) in insight.by_day().filter(|(day, _)| (start..=end).contains(day)) {
                    let told = days.entry(day).or_insert_with(|| DayCounters::of(day));
                    if metric == "reach" {
                        told.counts.reach = Some(value);
                    } else {
                        told.gained = Some(value);
                    }
                }
            }
            start = end + Days::new(1);
        }
        Ok(())
    }

    /// The totals of a day. Metrics that are refused are not asked for again.
    async fn total(
        &self,
        access: &Access,
        metrics: &mut Vec<&str>,
        day: NaiveDate,
    ) -> Result<Vec<Insight>, Failure> {
        match self.ask_insights(access, &metrics.join(","), "total_value", day, day).await {
            Err(failure) if tells_nothing(&failure) => {
                let (mut told, mut valid) = (Vec::new(), Vec::new());
                for metric in metrics.iter() {
                    match self.ask_insights(access, metric, "total_value", day, day).await {
                        Ok(insights) => {
                            told.extend(insights);
                            valid.push(*metric);
                        }
                        Err(failure) if tells_nothing(&failure) => {}
                        Err(failure) => return Err(failure),
                    }
                }
                *metrics = valid;
                Ok(told)
            }
            answer => answer,
        }
    }

    /// Nothing where it is refused: too few followers, or the permission is not there.
    async fn insights(
        &self,
        access: &Access,
        metrics: &str,
        kind: &str,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<Insight>, Failure> {
        match self.ask_insights(access, metrics, kind, from, to).await {
            Err(failure) if tells_nothing(&failure) => Ok(Vec::new()),
            answer => answer,
        }
    }

    async fn ask_insights(
        &self,
        access: &Access,
        metrics: &str,
        kind: &str,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<Insight>, Failure> {
        let since = day_start(from).timestamp().to_string();
        let until = day_start(to + Days::new(1)).timestamp().to_string();
        let query = [
            ("metric", metrics),
            ("period", "day"),
            ("metric_type", kind),
            ("since", &since),
            ("until", &until),
        ];
        let path = format!("/{}/insights", access.remote_id);
        Ok(self.get::<List<Insight>>(access, &path, &query).await?.data)
    }

    pub(super) async fn list(
        &self,
        access: &Access,
        since: DateTime<Utc>,
        cursor: Option<String>,
    ) -> Result<Posts, Failure> {
        let path = format!("/{}/media", access.remote_id);
        let page = async |insights| {
            let fields = media_fields(insights);
            let mut query = vec![("fields", fields.as_str()), ("limit", PAGE)];
            if let Some(after) = &cursor {
                query.push(("after", after));
            }
            self.get::<List<Media>>(access, &path, &query).await
        };
        let (mut list, complete) = match page(true).await {
            // One medium without insights fails the page.
            Err(failure) if tells_nothing(&failure) => (page(false).await?, false),
            answer => (answer?, true),
        };
        if !complete {
            for media in &mut list.data {
                if media.timestamp.as_deref().and_then(graph_time).is_none_or(|at| at >= since) {
                    media.insights = self.media_insights(access, &media.id).await?;
                }
            }
        }
        let next = list.after();
        let counted = |media: Media| CountedPost {
            counts: media.counts(),
            post: RemotePost {
                id: media.id,
                url: media.permalink,
                published_at: media.timestamp.as_deref().and_then(graph_time),
            },
            text: media.caption.unwrap_or_default(),
        };
        Ok(Posts { posts: list.data.into_iter().map(counted).collect(), next }.since(since))
    }

    async fn media_insights(&self, access: &Access, id: &str) -> Result<Option<List<Insight>>, Failure> {
        match self.get(access, &format!("/{id}/insights"), &[("metric", MEDIA_METRICS)]).await {
            Ok(insights) => Ok(Some(insights)),
            Err(failure) if tells_nothing(&failure) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    pub(super) async fn count_known(
        &self,
        access: &Access,
        ids: &[String],
    ) -> Result<Vec<(String, Counts)>, Failure> {
        let mut counted = Vec::with_capacity(ids.len());
        for id in ids {
            let path = format!("/{id}");
            let media = async |insights| {
                let fields = media_fields(insights);
                self.get::<Media>(access, &path, &[("fields", &fields)]).await
            };
            let answer = match media(true).await {
                Err(failure) if tells_nothing(&failure) => media(false).await,
                answer => answer,
            };
            match answer {
                Ok(media) => counted.push((id.clone(), media.counts())),
                Err(failure) if failure.code.as_deref() == Some("100/33") => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(counted)
    }
}
