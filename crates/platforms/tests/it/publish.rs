//! Publishing with images, reading back, deleting.

use crate::harness::{Harness, access};
use model::Platform;
use platforms::{Deleted, FailureKind};
use serde_json::json;

const TEXT: &str = "Grüße & ☕ from the <roastery>: https://example.com/a_b?c=1 #Kaffee (really)";

#[tokio::test]
async fn a_post_with_an_image_arrives_whole_and_once() {
    let harness = Harness::start().await;
    for platform in Platform::PUBLISHING {
        let access = access(&harness.connect(platform).await);
        let payload = harness.payload(TEXT, 1);
        let post = harness.publish(platform, &access, &payload).await.unwrap();
        let shown = harness.posts(platform).await;
        assert_eq!(shown.len(), 1, "{platform}");
        assert_eq!(shown[0]["id"], post.id, "{platform}: {shown:?}");
        assert_eq!(shown[0]["account"], access.remote_id, "{platform}");
        assert_eq!(shown[0]["media"].as_array().unwrap().len(), 1, "{platform}");
        assert_eq!(shown[0]["media"][0]["alt"], "Picture 0, a gradient", "{platform}");
        let link = harness.network(platform).permalink(&access, &post.id).await.unwrap();
        assert!(link.is_some_and(|link| link.starts_with("http")), "{platform}");
    }
}

#[tokio::test]
async fn four_images_keep_their_order() {
    let harness = Harness::start().await;
    for platform in Platform::PUBLISHING {
        let access = access(&harness.connect(platform).await);
        harness.publish(platform, &access, &harness.payload("Four", 4)).await.unwrap();
        let shown = harness.posts(platform).await;
        let alts: Vec<_> = shown[0]["media"].as_array().unwrap().iter().map(|m| m["alt"].clone()).collect();
        let expected: Vec<_> = (0..4).map(|i| json!(format!("Picture {i}, a gradient"))).collect();
        assert_eq!(alts, expected, "{platform}");
    }
}

#[tokio::test]
async fn text_alone_goes_out_where_it_may() {
    let harness = Harness::start().await;
    for platform in Platform::PUBLISHING {
        let access = access(&harness.connect(platform).await);
        let published = harness.publish(platform, &access, &harness.payload("Just words", 0)).await;
        if platform == Platform::Instagram {
            assert_eq!(published.unwrap_err().kind, FailureKind::Rejected);
        } else {
            assert!(published.is_ok(), "{platform}: {published:?}");
        }
    }
}

#[tokio::test]
async fn a_deleted_post_is_gone_and_deleting_again_is_fine() {
    let harness = Harness::start().await;
    for platform in Platform::PUBLISHING {
        let access = access(&harness.connect(platform).await);
        let post = harness.publish(platform, &access, &harness.payload("Going", 1)).await.unwrap();
        let network = harness.network(platform);
        let deleted = network.delete(&access, &post.id).await.unwrap();
        if platform == Platform::Instagram {
            assert_eq!(deleted, Deleted::Unsupported);
            continue;
        }
        assert_eq!(deleted, Deleted::Gone, "{platform}");
        assert_eq!(harness.posts(platform).await[0]["deleted"], true, "{platform}");
        assert_eq!(network.delete(&access, &post.id).await, Ok(Deleted::Gone), "{platform}");
    }
}

#[tokio::test]
async fn too_long_a_text_is_rejected_with_words() {
    let harness = Harness::start().await;
    for (platform, length) in [(Platform::X, 281), (Platform::Bluesky, 301), (Platform::LinkedIn, 3001)] {
        let access = access(&harness.connect(platform).await);
        let payload = harness.payload(&"a".repeat(length), 0);
        let failure = harness.publish(platform, &access, &payload).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Rejected, "{platform}: {failure:?}");
        assert!(!failure.message.is_empty(), "{platform}");
        assert!(harness.posts(platform).await.is_empty(), "{platform}");
    }
}
