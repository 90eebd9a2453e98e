//! Tokens that end, are refused, or are dead.

use super::*;

#[tokio::test]
async fn twenty_callers_refresh_once() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let id = stage.connect_x("maya").await;
        let old = stage.access(id).await.unwrap();
        let before = stage.token_calls().await;
        // X's tokens live two hours; five minutes before the end is within `refresh_ahead`.
        test.clock.advance(TimeDelta::minutes(115));
        stage
            .control(
                "/control/faults",
                json!({"platform": "x", "kind": "latency", "endpoint": "token", "latency_ms": 200}),
            )
            .await;
        let mut calls = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (context, workspace) = (stage.context.clone(), stage.admin.workspace);
            calls.spawn(async move { tokens::access(&context, workspace, id).await.unwrap() });
        }
        let got = calls.join_all().await;
        assert_eq!(stage.token_calls().await - before, 1, "{}", test.engine_name);
        assert!(got.iter().all(|access| access.token == got[0].token && access.token != old.token));
        assert!(stage.works(&got[0]).await, "the family was revoked");
        // And the new refresh token is the right one too.
        test.clock.advance(TimeDelta::minutes(115));
        let next = stage.access(id).await.unwrap();
        assert!(next.token != got[0].token && stage.works(&next).await);
        assert_eq!(stage.health(id).await, Health::Active);
    })
    .await;
}

#[tokio::test]
async fn a_refresh_outlives_whoever_asked_for_it() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let id = stage.connect_x("maya").await;
        let old = stage.access(id).await.unwrap();
        test.clock.advance(TimeDelta::minutes(115));
        stage
            .control(
                "/control/faults",
                json!({"platform": "x", "kind": "latency", "endpoint": "token", "latency_ms": 300}),
            )
            .await;
        let patience = std::time::Duration::from_millis(100);
        assert!(tokio::time::timeout(patience, stage.access(id)).await.is_err(), "it was to be cut off");
        let access = stage.access(id).await.unwrap();
        assert!(access.token != old.token && stage.works(&access).await, "{}", test.engine_name);
    })
    .await;
}

#[tokio::test]
async fn a_passing_failure_keeps_the_token_and_a_dead_one_asks_for_the_person() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let id = stage.connect_x("maya").await;
        let old = stage.access(id).await.unwrap();
        test.clock.advance(TimeDelta::minutes(115));
        let fault = json!({"platform": "x", "kind": "error", "endpoint": "token", "status": 503, "count": 1});
        stage.control("/control/faults", fault).await;
        assert_eq!(stage.access(id).await.unwrap().token, old.token, "it has five minutes left");
        assert_eq!(stage.health(id).await, Health::Error);
        let calls = stage.token_calls().await;
        assert_eq!(stage.access(id).await.unwrap().token, old.token);
        assert_eq!(stage.token_calls().await, calls, "not tried again at once");
        test.clock.advance(TimeDelta::seconds(11));
        assert_ne!(stage.access(id).await.unwrap().token, old.token);
        assert_eq!(stage.health(id).await, Health::Active, "{}", test.engine_name);

        stage.control("/control/revoke", json!({"platform": "x", "account": "maya"})).await;
        test.clock.advance(TimeDelta::minutes(115));
        assert!(matches!(stage.access(id).await, Err(AccessError::Reconnect { .. })));
        assert_eq!(stage.health(id).await, Health::NeedsReconnect);
        let calls = stage.token_calls().await;
        assert!(matches!(stage.access(id).await, Err(AccessError::Reconnect { .. })));
        assert_eq!(stage.token_calls().await, calls);
    })
    .await;
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let id = stage.connect_x("maya").await;
        let old = stage.access(id).await.unwrap();
        stage.control("/control/expire", json!({"platform": "x", "account": "maya"})).await;
        let force = || tokens::replace_refused(&stage.context, stage.admin.workspace, id, &old);
        let before = stage.token_calls().await;
        let new = force().await.unwrap();
        assert!(stage.works(&new).await, "{}", test.engine_name);
        assert_eq!(force().await.unwrap().token, new.token, "another had got it meanwhile");
        assert_eq!(stage.token_calls().await - before, 1);

        stage.control("/control/expire", json!({"platform": "x", "account": "maya"})).await;
        let checked = stage.accounts.check(stage.admin, id).await.unwrap();
        assert_eq!((checked.health, checked.last_error), (Health::Active, None));
        stage.control("/control/revoke", json!({"platform": "x", "account": "maya"})).await;
        let checked = stage.accounts.check(stage.admin, id).await.unwrap();
        assert_eq!(checked.health, Health::NeedsReconnect);
        assert!(checked.last_error.is_some());
    })
    .await;
}

#[tokio::test]
async fn seldom_used_accounts_are_renewed_ahead() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let id = stage.connect_x("maya").await;
        let old = stage.access(id).await.unwrap();
        let before = stage.token_calls().await;
        refresh_expiring(&stage.context, stage.admin.workspace).await.unwrap();
        assert_eq!(stage.token_calls().await, before, "renewed today");
        test.clock.advance(TimeDelta::hours(26));
        refresh_expiring(&stage.context, stage.admin.workspace).await.unwrap();
        refresh_expiring(&stage.context, stage.admin.workspace).await.unwrap();
        assert_eq!(stage.token_calls().await - before, 1, "{}", test.engine_name);
        assert_ne!(stage.access(id).await.unwrap().token, old.token);
    })
    .await;
}

/// A worker may come back late with what an old token met.
#[tokio::test]
async fn what_an_old_token_met_does_not_end_a_new_consent() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let id = stage.connect_x("maya").await;
        let old = stage.access(id).await.unwrap();
        assert!(stage.needs_reconnect(id, &old).await && stage.needs_reconnect(id, &old).await);
        assert_eq!(stage.connect_x("maya").await, id);
        assert!(!stage.needs_reconnect(id, &old).await, "{}", test.engine_name);
        assert_eq!(stage.health(id).await, Health::Active);
        let new = stage.access(id).await.unwrap();
        assert!(new.version > old.version && stage.works(&new).await);
        assert!(stage.needs_reconnect(id, &new).await);
        assert_eq!(stage.health(id).await, Health::NeedsReconnect);
        assert!(!stage.needs_reconnect(id, &old).await);
    })
    .await;
}

#[tokio::test]
async fn a_fault_that_has_passed_is_taken_off_the_screen() {
    each_engine(async |test| {
        let stage = Stage::new(&test).await;
        let (broken, ended) = (stage.connect_x("maya").await, stage.connect_x("nils").await);
        let now = test.db.clock().now();
        let mut tx = test.db.begin().await.unwrap();
        for id in [broken, ended] {
            storage::accounts::store_check(&mut tx, stage.admin.workspace, id, Err("503"), now)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        let version = stage.access(ended).await.unwrap().version;
        let workspace = stage.admin.workspace;
        assert!(
            tokens::mark_needs_reconnect(&stage.context, workspace, ended, version, "over").await.unwrap()
        );
        assert_eq!(stage.health(broken).await, Health::Error);
        repair(&stage.context, workspace).await.unwrap();
        assert_eq!(stage.health(broken).await, Health::Active, "{}", test.engine_name);
        assert_eq!(stage.health(ended).await, Health::NeedsReconnect);
    })
    .await;
}
