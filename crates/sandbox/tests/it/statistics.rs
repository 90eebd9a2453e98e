//! Numbers of accounts and posts, read as the documented examples read them.

use crate::harness::{Harness, text};
use sandbox::SandboxConfig;
use serde_json::{Value, json};

const DAY: i64 = 86_400_000;

async fn now(h: &Harness) -> i64 {
    let clock: Value = h.http.get(h.at("/control/clock")).send().await.unwrap().json().await.unwrap();
    clock["now"].as_i64().unwrap()
}

/// A post made so long ago; gives its identifier.
async fn past(h: &Harness, platform: &str, account: &Value, key: &str, days_ago: i64) -> String {
    let created_at = now(h).await - days_ago * DAY;
    let post = json!({
        "platform": platform, "account": account["id"], "key": key, "text": "Bread", "created_at": created_at,
    });
    let made = h.control("/control/history", json!({"posts": [post]})).await;
    text(&made[0], "id").to_owned()
}

async fn say(h: &Harness, platform: &str, id: &str, mut post: Value) {
    post["platform"] = json!(platform);
    post["id"] = json!(id);
    h.control("/control/statistics", json!({"posts": [post]})).await;
}

/// The person's first Page on Facebook, or the account itself.
async fn account(h: &Harness, platform: &str) -> Value {
    let made = h.account(platform).await;
    if platform == "facebook" { made["pages"][0].clone() } else { made }
}

fn error(body: &Value) -> (i64, i64) {
    let code = |name: &str| body["error"][name].as_i64().unwrap_or_default();
    (code("code"), code("error_subcode"))
}

#[tokio::test]
async fn made_up_numbers_are_the_same_each_time_and_only_grow() {
    let folder = tempfile::tempdir().unwrap();
    let config = || SandboxConfig { state_dir: Some(folder.path().to_owned()), ..SandboxConfig::in_memory() };
    let h = Harness::with(config()).await;
    let account = h.account("x").await;
    let token = text(&account, "access_token").to_owned();
    let post = past(&h, "x", &account, "one", 0).await;
    let address = format!("/x/api/2/tweets/{post}?tweet.fields=public_metrics");
    let metrics = async |h: &Harness| h.get(&address, &token).await.1["data"]["public_metrics"].clone();
    let mut seen = Vec::new();
    for _ in 0..6 {
        h.advance(1_000).await;
        seen.push(metrics(&h).await["impression_count"].as_u64().unwrap());
    }
    assert!(seen.windows(2).all(|pair| pair[0] <= pair[1]) && seen[0] < seen[5], "{seen:?}");
    let first_hours = seen[5] - seen[0];
    h.advance(30 * 86_400).await;
    let fresh = h.control("/control/accounts", json!({"platform": "x", "prefix": "tester"})).await;
    let token = text(&fresh[0], "access_token").to_owned();
    let at_last = async |h: &Harness| h.get(&address, &token).await.1["data"]["public_metrics"].clone();
    let settled = at_last(&h).await;
    h.advance(6_000).await;
    let later = at_last(&h).await["impression_count"].as_u64().unwrap();
    assert!(later - settled["impression_count"].as_u64().unwrap() < first_hours.max(2), "it settles");
    let before = at_last(&h).await;
    h.sandbox.stop().await;
    let h = Harness::with(config()).await;
    assert_eq!(at_last(&h).await, before, "after a restart");
}

#[tokio::test]
async fn what_was_said_of_a_post_is_shown_and_outlives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let config = || SandboxConfig { state_dir: Some(folder.path().to_owned()), ..SandboxConfig::in_memory() };
    let h = Harness::with(config()).await;
    let account = h.account("x").await;
    let token = text(&account, "access_token").to_owned();
    let post = past(&h, "x", &account, "one", 1).await;
    let counts = json!({"views": 800, "likes": 40, "comments": 3, "shares": 10, "saves": 2});
    say(&h, "x", &post, json!({"counts": counts})).await;
    let address = format!("/x/api/2/tweets?ids={post}&tweet.fields=public_metrics");
    let expected = json!({
        "retweet_count": 8, "reply_count": 3, "like_count": 40, "quote_count": 2, "bookmark_count": 2,
        "impression_count": 800,
    });
    assert_eq!(h.get(&address, &token).await.1["data"][0]["public_metrics"], expected);
    h.sandbox.stop().await;
    let h = Harness::with(config()).await;
    assert_eq!(h.get(&address, &token).await.1["data"][0]["public_metrics"], expected);
    say(&h, "x", &post, json!({"counts": {"views": 800}, "half_life_hours": 24})).await;
    let views = h.get(&address, &token).await.1["data"][0]["public_metrics"]["impression_count"].clone();
    assert_eq!(views, 400, "half of them after a day");
    let nobody = json!({"posts": [{"platform": "x", "id": "1"}]});
    let refused = h.http.post(h.at("/control/statistics")).json(&nobody).send().await.unwrap();
    assert_eq!(refused.status(), 404);
}

/// <https://developers.facebook.com/docs/instagram-platform/api-reference/instagram-user/insights>
#[tokio::test]
async fn instagram_tells_series_and_totals_late_and_nothing_instead_of_0() {
    let h = Harness::start().await;
    let account = account(&h, "instagram").await;
    let (id, token) = (text(&account, "id"), text(&account, "access_token"));
    let days: Vec<Value> = (1..=4)
        .map(|n| json!({"day": format!("2026-11-0{n}"), "followers": 500 + n, "counts": {"reach": 90 + n, "views": n % 2, "likes": 0}}))
        .collect();
    let told = json!({"platform": "instagram", "account": id, "days": days});
    h.control("/control/statistics", json!({"accounts": [told]})).await;
    // Midnight in California: 1 November still has summer time when it begins.
    let range = "period=day&since=1793516400&until=1793779200";
    let insights = format!("/instagram/graph/v26.0/{id}/insights?{range}");
    let (status, body) = h.get(&format!("{insights}&metric=reach"), token).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(
        body["data"][0]["values"],
        json!([
            {"value": 91, "end_time": "2026-11-02T08:00:00+0000"},
            {"value": 92, "end_time": "2026-11-03T08:00:00+0000"},
            {"value": 93, "end_time": "2026-11-04T08:00:00+0000"},
        ])
    );
    let (_, body) = h.get(&format!("{insights}&metric=views,likes&metric_type=total_value"), token).await;
    assert_eq!(body["data"].as_array().unwrap().len(), 1, "no entry for 0: {body}");
    assert_eq!(
        (&body["data"][0]["name"], &body["data"][0]["total_value"]["value"]),
        (&json!("views"), &json!(2))
    );
    for (wrong, code) in [
        ("metric=views", 100),
        ("metric=reach,impressions", 100),
        ("metric=follower_count&metric_type=total_value", 100),
    ] {
        let (status, body) = h.get(&format!("{insights}&{wrong}"), token).await;
        assert_eq!((status.as_u16(), error(&body).0), (400, code), "{wrong}: {body}");
    }
    let long = format!(
        "/instagram/graph/v26.0/{id}/insights?metric=reach&period=day&since=1790000000&until=1793779200"
    );
    assert_eq!(error(&h.get(&long, token).await.1).0, 100);
    let late = json!({"platform": "instagram", "account": id, "late_hours": 100_000});
    h.control("/control/statistics", json!({"accounts": [late]})).await;
    assert_eq!(h.get(&format!("{insights}&metric=reach"), token).await.1["data"], json!([]));
}

/// <https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights>
#[tokio::test]
async fn instagram_media_hide_likes_and_refuse_metrics_of_other_kinds() {
    let h = Harness::start().await;
    let account = account(&h, "instagram").await;
    let token = text(&account, "access_token");
    let post = past(&h, "instagram", &account, "one", 3).await;
    say(&h, "instagram", &post, json!({"counts": {"views": 70, "saves": 0}, "hide_likes": true})).await;
    let media = format!("/instagram/graph/v26.0/{post}");
    let fields = "like_count,comments_count,insights.metric(views,saved)";
    let (_, body) = h.get(&format!("{media}?fields={fields}"), token).await;
    assert!(body.get("like_count").is_none() && body["comments_count"].is_u64(), "{body}");
    assert_eq!(body["insights"]["data"].as_array().unwrap().len(), 1, "{body}");
    assert_eq!(body["insights"]["data"][0]["values"], json!([{"value": 70}]));
    let (status, body) =
        h.get(&format!("{media}/insights?metric=views,ig_reels_avg_watch_time"), token).await;
    assert_eq!((status.as_u16(), error(&body).0), (400, 100), "{body}");
    say(&h, "instagram", &post, json!({"too_few_viewers": true})).await;
    let (_, body) = h.get(&format!("{media}/insights?metric=views"), token).await;
    assert_eq!(error(&body).0, 10, "{body}");
}

/// <https://developers.facebook.com/docs/graph-api/reference/insights>
#[tokio::test]
async fn facebook_fails_a_call_for_one_bad_metric_and_tells_small_pages_nothing() {
    let h = Harness::start().await;
    let page = account(&h, "facebook").await;
    let (id, token) = (text(&page, "id"), text(&page, "access_token"));
    let insights =
        format!("/facebook/graph/v26.0/{id}/insights?period=day&since=2026-11-01&until=2026-11-04");
    let day = |followers: u32| json!({"day": "2026-11-03", "followers": followers, "counts": {"views": 8}});
    let say_days = async |days: Value| {
        let told = json!({"platform": "facebook", "account": id, "days": days});
        h.control("/control/statistics", json!({"accounts": [told]})).await;
    };
    say_days(json!([day(120)])).await;
    let (_, body) = h.get(&format!("{insights}&metric=page_follows,page_media_view"), token).await;
    let last = |n: usize| body["data"][n]["values"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last(0), json!({"value": 120, "end_time": "2026-11-04T08:00:00+0000"}));
    assert_eq!(last(1)["value"], 8);
    let (status, body) = h.get(&format!("{insights}&metric=page_follows,page_impressions"), token).await;
    assert_eq!((status.as_u16(), error(&body)), (400, (100, 0)));
    assert_eq!(error(&h.get(&insights, token).await.1), (3_001, 1_504_028));
    let far =
        format!("/facebook/graph/v26.0/{id}/insights?metric=page_follows&since=2026-01-01&until=2026-11-04");
    assert_eq!(error(&h.get(&far, token).await.1).0, 100);
    say_days(json!([day(99)])).await;
    assert_eq!(h.get(&format!("{insights}&metric=page_follows"), token).await.1["data"], json!([]));
}

/// <https://developers.facebook.com/docs/graph-api/batch-requests#multiple-ids>
#[tokio::test]
async fn the_graphs_answer_for_several_ids_and_for_all_or_none() {
    let h = Harness::start().await;
    for platform in ["facebook", "instagram"] {
        let account = account(&h, platform).await;
        let token = text(&account, "access_token");
        let one = past(&h, platform, &account, "one", 2).await;
        let two = past(&h, platform, &account, "two", 1).await;
        let (status, body) =
            h.get(&format!("/{platform}/graph/v26.0/?ids={one},{two}&fields=id"), token).await;
        assert_eq!(status, 200, "{body}");
        assert_eq!((&body[&one]["id"], &body[&two]["id"]), (&json!(one), &json!(two)));
        let (_, body) = h.get(&format!("/{platform}/graph/v26.0?ids={one},1_2&fields=id"), token).await;
        assert_eq!(error(&body).0, 803, "{body}");
    }
}

/// <https://learn.microsoft.com/en-us/linkedin/marketing/community-management/members/post-statistics>
#[tokio::test]
async fn linkedin_tells_members_numbers_to_apps_that_may_have_them() {
    let h = Harness::start().await;
    let member = account(&h, "linkedin").await;
    let scopes = json!(["openid", "profile", "w_member_social"]);
    let plain = json!({"platform": "linkedin", "prefix": "plain", "scopes": scopes});
    let plain = h.control("/control/accounts", plain).await[0].clone();
    let get = async |token: &str, query: &str| {
        let request = h.http.get(h.at(&format!("/linkedin/api/rest/{query}"))).bearer_auth(token);
        let answer = request.header("LinkedIn-Version", "202610").send().await.unwrap();
        crate::harness::read(answer).await
    };
    let (status, body) = get(text(&plain, "access_token"), "memberFollowersCount?q=me").await;
    assert_eq!((status.as_u16(), text(&body, "code")), (403, "ACCESS_DENIED"));
    let days: Vec<Value> = (3..=6)
        .map(|n| json!({"day": format!("2026-05-0{n}"), "followers": 100 + 2 * n, "counts": {"views": n}}))
        .collect();
    let told = json!({"platform": "linkedin", "account": member["id"], "days": days});
    h.control("/control/statistics", json!({"accounts": [told]})).await;
    let token = text(&member, "access_token");
    let range = "dateRange=(start:(day:4,month:5,year:2026),end:(day:6,month:5,year:2026))";
    let (_, body) = get(token, &format!("memberFollowersCount?q=dateRange&{range}")).await;
    assert_eq!(body["elements"].as_array().unwrap().len(), 2, "{body}");
    assert_eq!(body["elements"][0]["memberFollowersCount"], 2);
    assert_eq!(body["elements"][0]["dateRange"]["start"], json!({"day": 4, "month": 5, "year": 2026}));
    let daily = format!("memberCreatorPostAnalytics?q=me&queryType=IMPRESSION&aggregation=DAILY&{range}");
    assert_eq!(get(token, &daily).await.1["elements"][1]["count"], 5);
    let reached = daily.replace("IMPRESSION", "MEMBERS_REACHED");
    assert_eq!(get(token, &reached).await.0, 400);
    let post = past(&h, "linkedin", &member, "one", 2).await;
    say(&h, "linkedin", &post, json!({"counts": {"reach": 77}})).await;
    let entity = format!("entity=(share:{})", post.replace(':', "%3A"));
    let total =
        format!("memberCreatorPostAnalytics?q=entity&{entity}&queryType=MEMBERS_REACHED&aggregation=TOTAL");
    let (_, body) = get(token, &total).await;
    assert_eq!(
        (&body["elements"][0]["count"], &body["elements"][0]["targetEntity"]["share"]),
        (&json!(77), &json!(post))
    );
}
