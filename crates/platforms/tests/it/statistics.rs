//! Numbers of accounts and posts, as the sandbox was told that they are.

use crate::harness::{Harness, access};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use model::Platform;
use model::statistics::{Counts, Metric};
use platforms::{Access, DayCounters, FailureKind};
use serde_json::{Value, json};

const COUNTS: Counts = Counts {
    views: Some(5_000),
    reach: Some(3_000),
    likes: Some(210),
    comments: Some(17),
    shares: Some(25),
    saves: Some(9),
    watch_time: Some(60_000),
};

fn told(counts: Counts) -> Value {
    json!(counts)
}

/// What of [`COUNTS`] a platform tells of a post.
fn of_post(platform: Platform) -> Counts {
    match platform {
        Platform::Instagram | Platform::LinkedIn => Counts { watch_time: None, ..COUNTS },
        Platform::Facebook => Counts { saves: None, watch_time: None, ..COUNTS },
        Platform::X => Counts { reach: None, watch_time: None, ..COUNTS },
        Platform::Bluesky => Counts { views: None, reach: None, saves: None, watch_time: None, ..COUNTS },
    }
}

/// A day that is over everywhere.
fn past_day(harness: &Harness, back: u64) -> NaiveDate {
    harness.clock.now().date_naive() - Days::new(back)
}

async fn said_of_days(harness: &Harness, platform: Platform, access: &Access, days: &[(NaiveDate, u64)]) {
    let days: Vec<Value> = days
        .iter()
        .map(|(day, followers)| json!({"day": day, "followers": followers, "counts": told(COUNTS)}))
        .collect();
    let account = json!({"platform": platform.key(), "account": access.remote_id, "days": days});
    harness.control("/control/statistics", json!({"accounts": [account]})).await;
}

/// Posts of the past, one a day, newest first.
async fn past_posts(harness: &Harness, platform: Platform, access: &Access, count: usize) -> Vec<String> {
    let base = harness.clock.now() - TimeDelta::days(1);
    let posts: Vec<Value> = (0..count)
        .rev()
        .map(|n| {
            let at: DateTime<Utc> = base - TimeDelta::days(i64::try_from(n).unwrap());
            json!({
                "platform": platform.key(), "account": access.remote_id, "text": format!("Number {n}"),
                "key": platforms::rkey::tid(at, 7), "created_at": at.timestamp_millis(),
            })
        })
        .collect();
    let made = harness.control("/control/history", json!({"posts": posts})).await;
    made.as_array().unwrap().iter().rev().map(|post| post["id"].as_str().unwrap().to_owned()).collect()
}

async fn said_of_posts(harness: &Harness, platform: Platform, ids: &[String], more: Value) {
    let posts: Vec<Value> = ids
        .iter()
        .map(|id| {
            let mut post = json!({"platform": platform.key(), "id": id, "counts": told(COUNTS)});
            post.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            post
        })
        .collect();
    harness.control("/control/statistics", json!({"posts": posts})).await;
}

#[tokio::test]
async fn an_account_s_totals_are_those_of_today() {
    let harness = Harness::start().await;
    for platform in Platform::ALL {
        let access = access(&harness.connect(platform).await);
        let today = past_day(&harness, 0);
        // By whichever calendar the platform has.
        let days = [(today - Days::new(1), 4_321), (today, 4_321), (today + Days::new(1), 4_321)];
        said_of_days(&harness, platform, &access, &days).await;
        past_posts(&harness, platform, &access, 3).await;
        let totals = harness.network(platform).counters(&access).await.unwrap();
        assert_eq!(totals.followers, Some(4_321), "{platform}");
        let posts = match platform {
            Platform::Facebook | Platform::LinkedIn => None,
            _ => Some(3),
        };
        assert_eq!(totals.posts, posts, "{platform}");
    }
}

#[tokio::test]
async fn days_are_the_platform_s_own_and_long_ranges_are_split() {
    let harness = Harness::start().await;
    for platform in Platform::ALL {
        let network = harness.network(platform);
        let access = access(&harness.connect(platform).await);
        let (from, to) = (past_day(&harness, 102), past_day(&harness, 3));
        let all: Vec<(NaiveDate, u64)> =
            from.pred_opt().unwrap().iter_days().take_while(|day| *day <= to).zip(1_000..).collect();
        said_of_days(&harness, platform, &access, &all).await;
        let days = network.days(&access, from, to).await.unwrap();
        if matches!(platform, Platform::X | Platform::Bluesky) {
            assert_eq!(days, [], "{platform} tells nothing by day");
            continue;
        }
        let dates: Vec<NaiveDate> = days.iter().map(|day| day.day).collect();
        assert_eq!(dates, from.iter_days().take(100).collect::<Vec<_>>(), "{platform}");
        for (told, followers) in days.into_iter().zip(1_001..) {
            let expected = match platform {
                Platform::Facebook => DayCounters {
                    followers: Some(followers),
                    counts: Counts { views: COUNTS.views, reach: COUNTS.reach, ..Counts::default() },
                    // Clicks are part of it: one for fifty views.
                    engagement: Some(210 + 17 + 25 + 9 + 100),
                    ..DayCounters::of(told.day)
                },
                Platform::LinkedIn => DayCounters {
                    gained: Some(1),
                    counts: Counts { reach: None, watch_time: None, ..COUNTS },
                    ..DayCounters::of(told.day)
                },
                _ => DayCounters {
                    gained: Some(1),
                    counts: Counts { watch_time: None, ..COUNTS },
                    ..DayCounters::of(told.day)
                },
            };
            assert_eq!(told, expected, "{platform}");
        }
    }
}

#[tokio::test]
async fn posts_come_newest_first_page_by_page_with_their_counters() {
    let harness = Harness::start().await;
    for platform in Platform::ALL {
        let network = harness.network(platform);
        let access = access(&harness.connect(platform).await);
        if !network.lists_posts() {
            assert_eq!(platform, Platform::LinkedIn);
            continue;
        }
        let ids = past_posts(&harness, platform, &access, 130).await;
        said_of_posts(&harness, platform, &ids, json!({})).await;
        let since = harness.clock.now() - TimeDelta::days(120) - TimeDelta::hours(12);
        let (mut found, mut cursor, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = network.posts(&access, since, cursor).await.unwrap();
            found.extend(page.posts);
            pages += 1;
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert!(pages > 1, "{platform}");
        let listed: Vec<&String> = found.iter().map(|counted| &counted.post.id).collect();
        assert_eq!(listed, ids[..120].iter().collect::<Vec<_>>(), "{platform}");
        assert!(
            found.iter().all(|counted| counted.counts == of_post(platform)),
            "{platform}: {:?}",
            found[0]
        );
        assert_eq!(found[7].text, "Number 7");
        assert!(found[7].post.url.is_some() && found[7].post.published_at.is_some());
    }
}

#[tokio::test]
async fn known_posts_are_counted_in_batches_and_those_that_are_gone_are_absent() {
    let harness = Harness::start().await;
    for platform in Platform::ALL {
        let network = harness.network(platform);
        let access = access(&harness.connect(platform).await);
        let many = if platform == Platform::LinkedIn { 3 } else { 120 };
        let ids = past_posts(&harness, platform, &access, many).await;
        said_of_posts(&harness, platform, &ids, json!({})).await;
        let mut counted = network.count(&access, &ids).await.unwrap();
        let mut wanted: Vec<_> = ids.iter().map(|id| (id.clone(), of_post(platform))).collect();
        counted.sort_by(|a, b| a.0.cmp(&b.0));
        wanted.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(counted, wanted, "{platform}");
        if network.delete(&access, &ids[0]).await.unwrap() == platforms::Deleted::Gone {
            let left = network.count(&access, &ids[..3]).await.unwrap();
            assert_eq!(left.len(), 2, "{platform}");
            assert!(left.iter().all(|(id, _)| *id != ids[0]), "{platform}");
        }
    }
}

#[tokio::test]
async fn what_a_platform_tells_is_what_it_says_that_it_tells() {
    let harness = Harness::start().await;
    for platform in Platform::ALL {
        let metrics = harness.network(platform).metrics();
        for metric in Metric::ALL {
            if let Some(_told) = of_post(platform).of(metric) {
                assert!(metrics.contains(&metric), "{platform} {metric:?}");
            }
        }
        let untold = if matches!(platform, Platform::X | Platform::Bluesky) {
            Metric::Reach
        } else {
            Metric::WatchTime
        };
        assert!(!metrics.contains(&untold), "{platform}");
    }
}

#[tokio::test]
async fn a_small_account_and_a_post_that_few_saw_tell_less_and_fail_nothing() {
    let harness = Harness::start().await;
    for platform in [Platform::Instagram, Platform::Facebook] {
        let network = harness.network(platform);
        let access = access(&harness.connect(platform).await);
        let day = past_day(&harness, 3);
        let small: Vec<(NaiveDate, u64)> =
            day.pred_opt().unwrap().iter_days().take(6).map(|day| (day, 40)).collect();
        said_of_days(&harness, platform, &access, &small).await;
        let days = network.days(&access, day, day).await.unwrap();
        assert!(
            days.iter().all(|day| day.gained.is_none() && day.followers.is_none()),
            "{platform}: {days:?}"
        );
        let ids = past_posts(&harness, platform, &access, 3).await;
        said_of_posts(&harness, platform, &ids, json!({})).await;
        said_of_posts(&harness, platform, &ids[1..2], json!({"too_few_viewers": true})).await;
        let since = harness.clock.now() - TimeDelta::days(9);
        let posts = network.posts(&access, since, None).await.unwrap().posts;
        let liked: Vec<_> = posts.iter().map(|post| post.counts.likes).collect();
        assert_eq!(liked, [Some(210); 3], "{platform}");
        assert_eq!(posts[1].counts.views, None, "{platform}");
        assert_eq!(network.count(&access, &ids).await.unwrap().len(), 3, "{platform}");
        if platform == Platform::Instagram {
            assert_eq!((posts[0].counts.views, posts[2].counts.views), (Some(5_000), Some(5_000)));
        }
    }
}

#[tokio::test]
async fn a_metric_that_is_not_valid_any_more_takes_no_other_with_it() {
    let harness = Harness::start().await;
    // On Instagram the calls for reach and followers come before the one for several metrics.
    for (platform, skip) in [(Platform::Instagram, 2), (Platform::Facebook, 0)] {
        let network = harness.network(platform);
        let access = access(&harness.connect(platform).await);
        let (from, to) = (past_day(&harness, 6), past_day(&harness, 4));
        let days: Vec<_> = from.iter_days().take_while(|day| *day <= to).map(|day| (day, 900)).collect();
        said_of_days(&harness, platform, &access, &days).await;
        let whole = network.days(&access, from, to).await.unwrap();
        assert_eq!(whole.len(), 3, "{platform}");
        let refused = json!({"kind": "error", "endpoint": "read", "status": 400, "code": 100, "skip": skip});
        harness.fault(platform, refused).await;
        assert_eq!(network.days(&access, from, to).await.unwrap(), whole, "{platform}");
    }
}

#[tokio::test]
async fn without_the_permission_for_insights_the_public_counters_remain() {
    let harness = Harness::start().await;
    for (platform, granted) in [
        (Platform::Instagram, "instagram_business_basic instagram_business_content_publish"),
        (Platform::Facebook, "pages_show_list pages_read_engagement pages_manage_posts"),
    ] {
        let network = harness.network(platform);
        let form = [("decision", "approve"), ("scopes_shown", "1"), ("grants", granted)];
        let values = harness.answer_consent(platform, &form).await;
        let access = access(&harness.exchange(platform, &values["code"]).await.unwrap());
        let ids = past_posts(&harness, platform, &access, 2).await;
        said_of_posts(&harness, platform, &ids, json!({})).await;
        assert_eq!(network.days(&access, past_day(&harness, 5), past_day(&harness, 3)).await.unwrap(), []);
        let posts =
            network.posts(&access, harness.clock.now() - TimeDelta::days(9), None).await.unwrap().posts;
        assert_eq!((posts[0].counts.likes, posts[0].counts.views), (Some(210), None), "{platform}");
        assert!(network.counters(&access).await.unwrap().followers.is_some(), "{platform}");
    }
}

#[tokio::test]
async fn limits_and_dead_tokens_stop_a_count() {
    let harness = Harness::start().await;
    for platform in Platform::ALL {
        let network = harness.network(platform);
        let access = access(&harness.connect(platform).await);
        let ids = past_posts(&harness, platform, &access, 1).await;
        harness
            .fault(platform, json!({"kind": "rate_limit", "endpoint": "read", "retry_after_s": 600}))
            .await;
        let failure = network.count(&access, &ids).await.unwrap_err();
        assert!(
            matches!(failure.kind, FailureKind::RateLimited { until: Some(_) }),
            "{platform}: {failure:?}"
        );
        harness.control("/control/revoke", json!({"platform": platform.key()})).await;
        let failure = network.count(&access, &ids).await.unwrap_err();
        let dead = matches!(failure.kind, FailureKind::ReconnectRequired | FailureKind::TokenRefused);
        assert!(dead, "{platform}: {failure:?}");
    }
}
