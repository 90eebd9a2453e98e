//! Answers that get lost at the commit, and finding out what became of the post.

use crate::harness::{Harness, access};
use chrono::TimeDelta;
use model::Platform;
use platforms::{FailureKind, Look};
use serde_json::json;

const TEXT: &str = "Lost & found: https://example.com/story #once ☕";

#[tokio::test]
async fn a_lost_answer_is_unknown_and_looking_finds_the_one_post() {
    let harness = Harness::start().await;
    for platform in Platform::PUBLISHING {
        for mode in ["reset", "gateway"] {
            let access = access(&harness.connect(platform).await);
            let payload = harness.payload(&format!("{TEXT} {mode}"), 1);
            let progress = harness.prepare(platform, &access, &payload).await.unwrap();
            let since = harness.just_now();
            let fault = json!({ "kind": "lost_answer", "endpoint": "commit", "mode": mode });
            harness.fault(platform, fault).await;
            let network = harness.network(platform);
            let failure = network.commit(&access, &payload, &progress).await.unwrap_err();
            assert_eq!(failure.kind, FailureKind::Unknown, "{platform} {mode}: {failure:?}");
            let found = match network.look(&access, &payload, &progress, since).await.unwrap() {
                Look::Found(found) => found,
                other => panic!("{platform} {mode}: {other:?}"),
            };
            let shown = harness.posts(platform).await;
            assert_eq!(found.len(), 1, "{platform} {mode}");
            assert_eq!(shown.last().unwrap()["id"], found[0].id, "{platform} {mode}");
            assert_eq!(shown.len(), if mode == "reset" { 1 } else { 2 }, "{platform} {mode}");
        }
    }
}

#[tokio::test]
async fn a_fault_before_the_post_is_unknown_too_and_looking_finds_nothing() {
    let harness = Harness::start().await;
    for platform in [Platform::X, Platform::Facebook, Platform::Instagram, Platform::Bluesky] {
        let access = access(&harness.connect(platform).await);
        let payload = harness.payload(TEXT, 1);
        let progress = harness.prepare(platform, &access, &payload).await.unwrap();
        let since = harness.just_now();
        harness.fault(platform, json!({ "kind": "error", "endpoint": "commit", "status": 503 })).await;
        let network = harness.network(platform);
        let failure = network.commit(&access, &payload, &progress).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Unknown, "{platform}: {failure:?}");
        let look = network.look(&access, &payload, &progress, since).await.unwrap();
        assert!(matches!(look, Look::Absent), "{platform}: {look:?}");
        // What was prepared is still good.
        network.commit(&access, &payload, &progress).await.unwrap();
        assert_eq!(harness.posts(platform).await.len(), 1, "{platform}");
    }
}

#[tokio::test]
async fn linkedin_is_settled_by_sending_again_within_ten_minutes() {
    let harness = Harness::start().await;
    let network = harness.network(Platform::LinkedIn);
    let access = access(&harness.connect(Platform::LinkedIn).await);
    let payload = harness.payload(TEXT, 1);
    let progress = harness.prepare(Platform::LinkedIn, &access, &payload).await.unwrap();
    let since = harness.just_now();
    harness.fault(Platform::LinkedIn, json!({ "kind": "error", "endpoint": "commit", "status": 503 })).await;
    let failure = network.commit(&access, &payload, &progress).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unknown);
    let late = network.look(&access, &payload, &progress, since - TimeDelta::minutes(11)).await.unwrap();
    assert!(matches!(late, Look::Undecidable(_)), "{late:?}");
    assert!(harness.posts(Platform::LinkedIn).await.is_empty());
    for _ in 0..2 {
        let look = network.look(&access, &payload, &progress, since).await.unwrap();
        assert!(matches!(look, Look::Found(found) if found.len() == 1));
        assert_eq!(harness.posts(Platform::LinkedIn).await.len(), 1);
    }
}

#[tokio::test]
async fn doubles_are_refused_with_what_the_platform_tells() {
    let harness = Harness::start().await;
    for platform in [Platform::X, Platform::LinkedIn] {
        let access = access(&harness.connect(platform).await);
        let payload = harness.payload(TEXT, 0);
        let first = harness.publish(platform, &access, &payload).await.unwrap();
        let failure = harness.publish(platform, &access, &payload).await.unwrap_err();
        let named = (platform == Platform::LinkedIn).then_some(first.id);
        assert_eq!(failure.kind, FailureKind::Duplicate { remote_id: named }, "{platform}");
    }
}

#[tokio::test]
async fn a_container_published_twice_stays_one_post() {
    let harness = Harness::start().await;
    let network = harness.network(Platform::Instagram);
    let access = access(&harness.connect(Platform::Instagram).await);
    let payload = harness.payload(TEXT, 2);
    let progress = harness.prepare(Platform::Instagram, &access, &payload).await.unwrap();
    let since = harness.just_now();
    let post = network.commit(&access, &payload, &progress).await.unwrap();
    let failure = network.commit(&access, &payload, &progress).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unknown, "{failure:?}");
    match network.look(&access, &payload, &progress, since).await.unwrap() {
        Look::Found(found) => assert_eq!((found.len(), &found[0].id), (1, &post.id)),
        other => panic!("{other:?}"),
    }
    assert_eq!(harness.posts(Platform::Instagram).await.len(), 1);
}

#[tokio::test]
async fn looking_leaves_older_and_other_posts_out() {
    let harness = Harness::start().await;
    for platform in [Platform::X, Platform::Facebook] {
        let access = access(&harness.connect(platform).await);
        harness.publish(platform, &access, &harness.payload("Another text", 0)).await.unwrap();
        let payload = harness.payload(TEXT, 0);
        harness.publish(platform, &access, &payload).await.unwrap();
        let network = harness.network(platform);
        let progress = platforms::Progress::default();
        let now = network.look(&access, &payload, &progress, harness.just_now()).await.unwrap();
        assert!(matches!(now, Look::Found(found) if found.len() == 1), "{platform}");
        let later = harness.clock.now() + TimeDelta::seconds(60);
        let later = network.look(&access, &payload, &progress, later).await.unwrap();
        assert!(matches!(later, Look::Absent), "{platform}: {later:?}");
    }
}
