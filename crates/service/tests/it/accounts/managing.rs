//! Disconnecting, and what must not be reached.

use super::*;

#[tokio::test]
async fn disconnecting_cancels_what_waits_and_ends_the_consent() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let id = stage.connect_x("maya").await;
        let access = stage.access(id).await.unwrap();
        stage.post(id, TargetState::Scheduled).await;
        assert_eq!(stage.accounts.list(stage.admin).await.unwrap()[0].waiting_posts, 1);
        let done = stage.accounts.disconnect(stage.admin, id).await.unwrap();
        assert_eq!(done, Disconnected { platform: Platform::X, revoked: Revocation::Ended });
        assert!(stage.accounts.list(stage.admin).await.unwrap().is_empty());
        assert!(!stage.works(&access).await, "the consent has ended at the platform");
        assert_eq!(stage.access(id).await.unwrap_err(), AccessError::NotFound);
        let acts = ["account.connected", "account.disconnected", "grant.revoked"];
        assert_eq!(stage.acts().await, acts, "{}", test.engine_name);
        assert_eq!(stage.accounts.disconnect(stage.admin, id).await, Err(ApiError::NotFound));

        // A platform that fails doesn't keep the account, and the person is told.
        assert_eq!(stage.connect_x("maya").await, id);
        assert_eq!(stage.accounts.list(stage.admin).await.unwrap()[0].waiting_posts, 0);
        stage
            .control("/control/faults", json!({"platform": "x", "kind": "error", "status": 503, "count": 1}))
            .await;
        let done = stage.accounts.disconnect(stage.admin, id).await.unwrap();
        assert_eq!(done.revoked, Revocation::ByHand, "{}", test.engine_name);
        assert!(stage.acts().await.contains(&"grant.revoke_failed".to_owned()));
    })
    .await;
}

/// Instagram documents no way to hand a permission back.
#[tokio::test]
async fn what_a_platform_cannot_be_told_is_left_to_the_person() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let page = stage.begin(Platform::Instagram, None).await;
        let answer = stage.consent(&page, "maya", &[]).await;
        let id = one(stage.finish(Platform::Instagram, answer).await.unwrap());
        let done = stage.accounts.disconnect(stage.admin, id).await.unwrap();
        let left = Disconnected { platform: Platform::Instagram, revoked: Revocation::ByHand };
        assert_eq!(done, left, "{}", test.engine_name);
    })
    .await;
}

#[tokio::test]
async fn what_is_going_out_keeps_the_tokens_until_it_is_out() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let id = stage.connect_x("maya").await;
        stage.post(id, TargetState::Publishing).await;
        let done = stage.accounts.disconnect(stage.admin, id).await.unwrap();
        assert_eq!(done.revoked, Revocation::Kept, "it is ended later");
        let access = stage.access(id).await.unwrap();
        revoke_left_over(&stage.context).await.unwrap();
        assert!(stage.works(&access).await, "{}", test.engine_name);
    })
    .await;
}

#[tokio::test]
async fn a_token_goes_to_the_host_that_gave_it_and_nowhere_else() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let id = stage.connect_x("maya").await;
        let second = Sandbox::start(SandboxConfig::in_memory()).await.unwrap();
        let moved = at_sandbox(stage.context.clone(), &second.url());
        let health = Accounts::new(moved.clone()).list(stage.admin).await.unwrap()[0].health;
        assert_eq!(health, Health::NeedsReconnect, "{}", test.engine_name);
        let refused = tokens::access(&moved, stage.admin.workspace, id).await;
        assert!(matches!(refused, Err(AccessError::Reconnect { message }) if message.contains("host")));
    })
    .await;
}

#[tokio::test]
async fn another_workspace_sees_and_touches_nothing() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let id = stage.connect_x("maya").await;
        let stranger = member(&stage.context, "zoe").await;
        let edit = AccountEdit { label: "mine".to_owned(), paused: true };
        let accounts = &stage.accounts;
        assert_eq!(accounts.edit(stranger, id, edit).await, Err(ApiError::NotFound));
        assert_eq!(accounts.check(stranger, id).await, Err(ApiError::NotFound));
        assert_eq!(accounts.disconnect(stranger, id).await, Err(ApiError::NotFound));
        let begun = accounts.begin_connect(stranger, stage.session, Platform::X, Some(id)).await;
        assert_eq!(begun, Err(ApiError::NotFound));
        let got = tokens::access(&stage.context, stranger.workspace, id).await;
        assert_eq!(got.unwrap_err(), AccessError::NotFound);
        assert!(
            !tokens::mark_needs_reconnect(&stage.context, stranger.workspace, id, 1, "no").await.unwrap()
        );
        assert_eq!(stage.health(id).await, Health::Active, "{}", test.engine_name);
    })
    .await;
}
