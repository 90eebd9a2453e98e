//! Tokens that end, and limits that are reached.

use crate::harness::{Harness, access};
use model::Platform;
use platforms::{Access, FailureKind};
use serde_json::json;

#[tokio::test]
async fn an_expired_token_is_refused_and_refreshed_where_possible() {
    let harness = Harness::start().await;
    for platform in [Platform::X, Platform::Bluesky] {
        let network = harness.network(platform);
        let consent = harness.connect(platform).await;
        assert!(network.can_refresh(&consent.tokens), "{platform}");
        assert!(consent.tokens.access_expires_at.is_some_and(|end| end > harness.clock.now()), "{platform}");
        harness.control("/control/expire", json!({ "platform": platform.key() })).await;
        let payload = harness.payload("After the night", 0);
        let failure = harness.publish(platform, &access(&consent), &payload).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::TokenRefused, "{platform}: {failure:?}");
        let renewed = network.refresh(&consent.host, &consent.tokens).await.unwrap();
        let access = Access { token: renewed.access, ..access(&consent) };
        harness.publish(platform, &access, &payload).await.unwrap();
        assert_eq!(harness.posts(platform).await.len(), 1, "{platform}");
    }
}

#[tokio::test]
async fn reading_goes_on_after_an_expired_token_was_refreshed() {
    let harness = Harness::start().await;
    for platform in [Platform::TikTok, Platform::YouTube] {
        let network = harness.network(platform);
        let consent = harness.connect(platform).await;
        assert!(network.can_refresh(&consent.tokens), "{platform}");
        harness.control("/control/expire", json!({ "platform": platform.key() })).await;
        let failure = network.counters(&access(&consent)).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::TokenRefused, "{platform}: {failure:?}");
        let renewed = network.refresh(&consent.host, &consent.tokens).await.unwrap();
        assert!(renewed.refresh.is_some(), "{platform}");
        let access = Access { token: renewed.access.clone(), ..access(&consent) };
        network.counters(&access).await.unwrap();
        let again = network.refresh(&consent.host, &consent.tokens).await;
        if platform == Platform::TikTok {
            // The old one stopped working with the first use.
            assert_eq!(again.unwrap_err().kind, FailureKind::ReconnectRequired);
            network.refresh(&consent.host, &renewed).await.unwrap();
        } else {
            assert_eq!(again.unwrap().refresh, consent.tokens.refresh);
        }
    }
}

#[tokio::test]
async fn an_x_refresh_token_used_twice_ends_the_connection() {
    let harness = Harness::start().await;
    let network = harness.network(Platform::X);
    let consent = harness.connect(Platform::X).await;
    let renewed = network.refresh(&consent.host, &consent.tokens).await.unwrap();
    let failure = network.refresh(&consent.host, &consent.tokens).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::ReconnectRequired, "{failure:?}");
    let failure = network.refresh(&consent.host, &renewed).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::ReconnectRequired, "{failure:?}");
}

#[tokio::test]
async fn an_instagram_token_is_renewed_after_a_day() {
    let harness = Harness::start().await;
    let network = harness.network(Platform::Instagram);
    let consent = harness.connect(Platform::Instagram).await;
    // Younger than a day: as it is.
    assert_eq!(network.refresh(&consent.host, &consent.tokens).await.unwrap(), consent.tokens);
    harness.control("/control/clock", json!({ "advance_seconds": 2 * 24 * 3600 })).await;
    let older = platforms::Tokens {
        access_expires_at: consent.tokens.access_expires_at.map(|end| end - chrono::TimeDelta::days(2)),
        ..consent.tokens.clone()
    };
    let renewed = network.refresh(&consent.host, &older).await.unwrap();
    assert!(renewed.access_expires_at > older.access_expires_at);
    let access = Access { token: renewed.access, ..access(&consent) };
    network.profile(&access).await.unwrap();
}

#[tokio::test]
async fn a_removed_app_asks_to_reconnect() {
    let harness = Harness::start().await;
    for platform in Platform::ALL {
        let network = harness.network(platform);
        let consent = harness.connect(platform).await;
        harness.control("/control/revoke", json!({ "platform": platform.key() })).await;
        let failure = network.profile(&access(&consent)).await.unwrap_err();
        if network.can_refresh(&consent.tokens) && failure.kind == FailureKind::TokenRefused {
            let refused = network.refresh(&consent.host, &consent.tokens).await.unwrap_err();
            assert_eq!(refused.kind, FailureKind::ReconnectRequired, "{platform}: {refused:?}");
        } else {
            assert_eq!(failure.kind, FailureKind::ReconnectRequired, "{platform}: {failure:?}");
        }
    }
}

#[tokio::test]
async fn a_rate_limit_tells_until_when_where_the_platform_does() {
    let harness = Harness::start().await;
    for platform in Platform::PUBLISHING {
        let access = access(&harness.connect(platform).await);
        let payload = harness.payload("Too much", 1);
        let progress = harness.prepare(platform, &access, &payload).await.unwrap();
        harness
            .fault(platform, json!({ "kind": "rate_limit", "endpoint": "commit", "retry_after_s": 600 }))
            .await;
        let failure = harness.network(platform).commit(&access, &payload, &progress).await.unwrap_err();
        let FailureKind::RateLimited { until: Some(until) } = failure.kind else {
            panic!("{platform}: {failure:?}");
        };
        let wait = (until - harness.clock.now()).num_seconds();
        if platform == Platform::LinkedIn {
            assert!((0..=24 * 3600).contains(&wait), "{wait}");
        } else {
            assert!((500..=660).contains(&wait), "{platform}: {wait}");
        }
        assert!(harness.posts(platform).await.is_empty(), "{platform}");
    }
}
