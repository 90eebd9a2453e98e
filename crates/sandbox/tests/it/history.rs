//! Accounts with a face and a past.

use crate::harness::{Harness, jpeg, text};
use sandbox::SandboxConfig;
use serde_json::{Value, json};

/// 1 May 2025, noon.
const THEN: i64 = 1_746_100_800_000;
const PLATFORMS: [&str; 5] = ["x", "facebook", "instagram", "linkedin", "bluesky"];

/// An account of the handle, or a Page of that person on Facebook.
async fn account(h: &Harness, platform: &str, anew: bool) -> Value {
    let wanted = json!({
        "platform": platform, "prefix": "bakery", "anew": anew,
        "profile": {"name": "Corner Bakery", "bio": "Bread & butter", "followers": 18_420},
        "pages": if platform == "facebook" {
            json!([{"handle": "cornerpage", "name": "Corner Page", "bio": "Ours", "followers": 7},
                   {"handle": "cornershop", "name": "Corner Shop"}])
        } else { json!([]) },
    });
    let made = h.control("/control/accounts", wanted).await;
    if platform == "facebook" { made[0]["pages"][0].clone() } else { made[0].clone() }
}

fn tid(n: usize) -> String {
    format!("3lo2abcdefg{}2", char::from(b'a' + u8::try_from(n).unwrap()))
}

async fn add(h: &Harness, platform: &str, account: &Value, posts: usize, sha256: &str) -> Vec<Value> {
    let posts: Vec<Value> = (0..posts)
        .map(|n| {
            json!({
                "platform": platform, "account": account["id"], "key": tid(n), "text": format!("Bread {n} <3"),
                "created_at": THEN + i64::try_from(n).unwrap() * 86_400_000,
                "pictures": [{"sha256": sha256, "alt": "A loaf"}],
            })
        })
        .collect();
    let told = h.control("/control/history", json!({"posts": posts})).await;
    told.as_array().unwrap().clone()
}

async fn picture(h: &Harness) -> String {
    let answer = h.http.post(h.at("/control/blobs")).body(jpeg(20, 20)).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    text(&answer.json().await.unwrap(), "sha256").to_owned()
}

#[tokio::test]
async fn a_past_is_there_on_every_platform_and_comes_once() {
    let folder = tempfile::tempdir().unwrap();
    let config = || SandboxConfig { state_dir: Some(folder.path().to_owned()), ..SandboxConfig::in_memory() };
    let h = Harness::with(config()).await;
    let sha256 = picture(&h).await;
    let mut told_before = Vec::new();
    for platform in PLATFORMS {
        let account = account(&h, platform, true).await;
        let told = add(&h, platform, &account, 3, &sha256).await;
        assert_eq!(told.len(), 3, "{platform}");
        assert_eq!(add(&h, platform, &account, 3, &sha256).await, told, "{platform}: the same keys again");
        let posts = h.posts(platform).await;
        assert_eq!(posts.len(), 3, "{platform}");
        assert_eq!((&posts[0]["id"], &posts[0]["created_at"]), (&told[0]["id"], &json!(THEN)));
        assert_eq!(
            (&posts[0]["media"][0]["sha256"], &posts[0]["media"][0]["mime"]),
            (&json!(sha256), &json!("image/jpeg"))
        );
        for one in &told {
            let page = h.http.get(text(one, "url")).send().await.unwrap();
            assert_eq!(page.status(), 200, "{platform}: {one}");
            assert!(page.text().await.unwrap().contains("Bread"), "{platform}");
        }
        let profile = h.http.get(text(&account, "url")).send().await.unwrap().text().await.unwrap();
        assert!(profile.contains("Corner "), "{platform}: {profile}");
        told_before.push(told);
    }
    h.sandbox.stop().await;

    // It is read back, and the same past doesn't come on top of it.
    let h = Harness::with(config()).await;
    for (platform, before) in PLATFORMS.iter().zip(told_before) {
        assert_eq!(h.posts(platform).await.len(), 3, "{platform}");
        let account = account(&h, platform, true).await;
        assert_eq!(h.posts(platform).await.len(), 0, "{platform} begins anew");
        let told = add(&h, platform, &account, 2, &sha256).await;
        let ids = |told: &[Value]| told.iter().map(|one| one["id"].clone()).collect::<Vec<_>>();
        assert_eq!(ids(&told), ids(&before)[..2], "{platform}");
        assert_eq!(h.posts(platform).await.len(), 2, "{platform}");
    }
}

#[tokio::test]
async fn the_platforms_own_reads_find_the_past() {
    let h = Harness::start().await;
    let sha256 = picture(&h).await;
    let x = account(&h, "x", false).await;
    let told = add(&h, "x", &x, 3, &sha256).await;
    let timeline = format!("/x/api/2/users/{}/tweets?max_results=5", text(&x, "id"));
    let (_, posts) = h.get(&timeline, text(&x, "access_token")).await;
    assert_eq!((posts["data"].as_array().unwrap().len(), &posts["data"][0]["id"]), (3, &told[2]["id"]));

    let bluesky = account(&h, "bluesky", false).await;
    add(&h, "bluesky", &bluesky, 3, &sha256).await;
    let feed = format!("/bluesky/xrpc/app.bsky.feed.getAuthorFeed?actor={}", text(&bluesky, "id"));
    let (_, feed) = h.get(&feed, text(&bluesky, "access_token")).await;
    let newest = &feed["feed"][0]["post"];
    assert_eq!(newest["record"]["text"], "Bread 2 <3");
    let image = text(&newest["embed"]["images"][0], "fullsize").to_owned();
    assert_eq!(h.http.get(image).send().await.unwrap().bytes().await.unwrap(), jpeg(20, 20));
    let (_, profile) = h
        .get(
            &format!("/bluesky/xrpc/app.bsky.actor.getProfile?actor={}", text(&bluesky, "id")),
            text(&bluesky, "access_token"),
        )
        .await;
    assert_eq!((&profile["followersCount"], &profile["postsCount"]), (&json!(18_420), &json!(3)));
    assert_eq!(
        (&profile["displayName"], &profile["description"]),
        (&json!("Corner Bakery"), &json!("Bread & butter"))
    );
}

#[tokio::test]
async fn a_past_of_nobody_or_without_bytes_is_refused() {
    let h = Harness::start().await;
    let sha256 = picture(&h).await;
    let account = account(&h, "x", false).await;
    let post = |account: &Value, sha256: &str| {
        json!({"posts": [{
            "platform": "x", "account": account, "key": tid(1), "text": "a", "created_at": THEN,
            "pictures": [{"sha256": sha256}],
        }]})
    };
    for body in [post(&json!("nobody"), &sha256), post(&account["id"], "00")] {
        let answer = h.http.post(h.at("/control/history")).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 404);
    }
    assert!(h.posts("x").await.is_empty());
}
