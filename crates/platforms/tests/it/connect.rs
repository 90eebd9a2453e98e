//! Connecting: consent, partial consent, refusal, replay, and what a connected account shows.

use crate::harness::{Harness, access};
use model::Platform;
use platforms::{Access, ConnectFailure, FailureKind, Progress, Secret};

const WITH_CONSENT_PAGE: [Platform; 6] = [
    Platform::X,
    Platform::Facebook,
    Platform::LinkedIn,
    Platform::Instagram,
    Platform::TikTok,
    Platform::YouTube,
];

#[tokio::test]
async fn consent_gives_tokens_scopes_and_accounts() {
    let harness = Harness::start().await;
    for platform in Platform::ALL {
        let consent = harness.connect(platform).await;
        assert!(consent.missing_scopes.is_empty(), "{platform}: {consent:?}");
        assert!(!consent.accounts.is_empty(), "{platform}");
        assert_eq!(consent.host, harness.network(platform).host());
        let shown = harness.network(platform).profile(&access(&consent)).await.unwrap();
        assert_eq!(shown.remote_id, consent.accounts[0].remote_id, "{platform}");
        assert_eq!(shown.name, consent.accounts[0].name, "{platform}");
    }
}

#[tokio::test]
async fn facebook_gives_every_page_with_its_own_token() {
    let harness = Harness::start().await;
    let consent = harness.connect(Platform::Facebook).await;
    assert_eq!(consent.accounts.len(), 3);
    assert!(consent.accounts.iter().all(|page| page.token.is_some()));
    assert!(!harness.network(Platform::Facebook).can_refresh(&consent.tokens));
}

#[tokio::test]
async fn what_was_not_granted_is_named() {
    let harness = Harness::start().await;
    for (platform, granted, lacking) in [
        (Platform::X, "tweet.read users.read", "tweet.write"),
        (Platform::Facebook, "pages_show_list pages_read_engagement", "pages_manage_posts"),
        (Platform::TikTok, "user.info.basic video.list", "user.info.stats"),
        (
            Platform::YouTube,
            "https://www.googleapis.com/auth/youtube.readonly",
            "https://www.googleapis.com/auth/yt-analytics.readonly",
        ),
    ] {
        let form = [("decision", "approve"), ("scopes_shown", "1"), ("grants", granted)];
        let values = harness.answer_consent(platform, &form).await;
        let consent = harness.exchange(platform, &values["code"]).await.unwrap();
        assert!(consent.missing_scopes.iter().any(|scope| scope == lacking), "{platform}: {consent:?}");
    }
}

#[tokio::test]
async fn a_refusal_comes_back_as_access_denied() {
    let harness = Harness::start().await;
    for platform in WITH_CONSENT_PAGE {
        let values = harness.answer_consent(platform, &[("decision", "deny")]).await;
        assert!(values.contains_key("error"), "{platform}: {values:?}");
        assert!(!values.contains_key("code"), "{platform}");
    }
}

#[tokio::test]
async fn a_code_works_once() {
    let harness = Harness::start().await;
    for platform in WITH_CONSENT_PAGE {
        let values = harness.answer_consent(platform, &[("decision", "approve")]).await;
        harness.exchange(platform, &values["code"]).await.unwrap();
        let again = harness.exchange(platform, &values["code"]).await.unwrap_err();
        assert!(matches!(again, ConnectFailure::Said { .. }), "{platform}: {again:?}");
    }
}

#[tokio::test]
async fn a_token_is_sent_to_the_host_of_its_grant_only() {
    let harness = Harness::start().await;
    for platform in WITH_CONSENT_PAGE {
        let elsewhere = Access {
            host: "https://api.example.com".to_owned(),
            token: Secret::new("t"),
            version: 1,
            remote_id: "1".to_owned(),
            handle: "a".to_owned(),
        };
        let failure = harness.network(platform).profile(&elsewhere).await.unwrap_err();
        assert_eq!(failure.code.as_deref(), Some("other_host"), "{platform}");
        assert_eq!(failure.kind, FailureKind::ReconnectRequired, "{platform}");
    }
}

#[tokio::test]
async fn revoking_ends_the_tokens() {
    let harness = Harness::start().await;
    for platform in Platform::ALL.into_iter().filter(|platform| *platform != Platform::Instagram) {
        let network = harness.network(platform);
        let consent = harness.connect(platform).await;
        network.revoke(&consent.host, &consent.subject, &consent.tokens).await.unwrap();
        let failure = network.profile(&access(&consent)).await.unwrap_err();
        assert!(
            matches!(failure.kind, FailureKind::ReconnectRequired | FailureKind::TokenRefused),
            "{platform}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn nothing_is_published_where_that_is_not_offered() {
    let harness = Harness::start().await;
    for platform in Platform::ALL.into_iter().filter(|platform| !platform.publishes()) {
        let network = harness.network(platform);
        let access = access(&harness.connect(platform).await);
        let (payload, progress) = (harness.payload("Not yet", 1), Progress::default());
        let before = harness.posts(platform).await.len();
        let prepared = network.prepare(&access, &payload, &harness.pictures, &progress).await.unwrap_err();
        let committed = network.commit(&access, &payload, &progress).await.unwrap_err();
        assert_eq!(
            (prepared.kind, &committed.kind),
            (FailureKind::Rejected, &FailureKind::Rejected),
            "{platform}"
        );
        assert!(committed.message.contains("not offered yet"), "{committed:?}");
        assert_eq!(harness.posts(platform).await.len(), before, "{platform}");
    }
}

#[tokio::test]
async fn a_second_consent_at_google_gives_a_lasting_connection_too() {
    let harness = Harness::start().await;
    for _ in 0..2 {
        let consent = harness.connect(Platform::YouTube).await;
        assert!(consent.tokens.refresh.is_some());
    }
}
