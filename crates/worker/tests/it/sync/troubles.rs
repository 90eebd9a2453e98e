//! What goes wrong while syncing.

use super::office::{Office, counted};
use super::{Synced, likes};
use chrono::TimeDelta;
use model::account::Health;
use model::services::AccountService as _;
use model::state::Reason;
use model::statistics::SyncCause;
use serde_json::json;
use service::accounts::Accounts;
use std::time::Duration;
use testing::each_engine;

#[tokio::test]
async fn a_killed_sync_is_taken_up_again_and_changes_nothing_twice() {
    each_engine(async |test| {
        let office = Office::open(test).await;
        let account = office.made("x", "maya").await;
        let post = office.past_post("x", &account, "one", TimeDelta::days(1)).await;
        office.say("x", &post, counted(50, 5)).await;
        let id = office.connect("x", account).await;
        assert_eq!(office.sync(id, "one").await, Synced::Ended);
        office.go_to(office.now() + TimeDelta::hours(3)).await;
        office.say("x", &post, counted(80, 9)).await;
        office.numbers().sync_now(office.actor, id).await.unwrap();

        // The totals are told, and while the posts are waited for the worker dies.
        let slow =
            json!({"platform": "x", "kind": "latency", "endpoint": "read", "latency_ms": 20_000, "skip": 1});
        office.control.fault(slow).await.unwrap();
        let dying = tokio::time::timeout(Duration::from_millis(1_500), office.sync(id, "one")).await;
        assert!(dying.is_err(), "it was under way");
        office.control.clear_faults().await.unwrap();
        assert_eq!(office.sync(id, "two").await, Synced::Nothing, "it is held until the lease ends");
        office.go_to(office.now() + TimeDelta::minutes(6)).await;

        let run = office.newest(id).await.id;
        let (one, two) = (office.syncer("two"), office.syncer("three"));
        let both = tokio::join!(one.sync(run), two.sync(run));
        let both = [both.0.unwrap(), both.1.unwrap()];
        assert!(both.contains(&Synced::Ended) && both.contains(&Synced::Nothing), "one of them: {both:?}");
        assert_eq!(office.sync(id, "two").await, Synced::Nothing, "it is over");
        let today = office.day(id, office.today()).await.unwrap();
        assert_eq!((today.counts.likes, today.counts.views), (likes(4), Some(30)), "added once");
        assert_eq!((office.newest(id).await.cause, office.runs(id).await), (SyncCause::Asked, 2));
    })
    .await;
}

#[tokio::test]
async fn a_platform_that_asks_to_wait_is_waited_for() {
    each_engine(async |test| {
        let office = Office::open(test).await;
        let account = office.made("x", "maya").await;
        let post = office.past_post("x", &account, "one", TimeDelta::days(1)).await;
        let id = office.connect("x", account).await;
        let limit = json!({"platform": "x", "kind": "rate_limit", "endpoint": "read", "retry_after_s": 600, "skip": 1});
        office.control.fault(limit).await.unwrap();
        let Synced::PutOff(until) = office.sync(id, "one").await else { panic!("it should wait") };
        assert!(until > office.now() + TimeDelta::minutes(5), "{until}");
        let run = office.newest(id).await;
        assert_eq!((run.ended_at, run.reason.unwrap().0), (None, Reason::RateLimited));
        let today = office.day(id, office.today()).await.unwrap();
        assert!(today.followers.is_some(), "what was told before is kept");
        assert_eq!(office.sync(id, "one").await, Synced::Nothing, "not yet");
        assert_eq!(office.numbers().sync_now(office.actor, id).await.unwrap().cause, SyncCause::Connected);
        office.control.clear_faults().await.unwrap();
        office.go_to(until + TimeDelta::seconds(1)).await;
        assert_eq!(office.sync(id, "one").await, Synced::Ended);
        let run = office.newest(id).await;
        assert_eq!((run.reason, run.posts), (None, 1));
        assert!(office.posts(id).await.contains_key(&post));
    })
    .await;
}

#[tokio::test]
async fn a_fault_that_stays_ends_the_run_and_a_dead_consent_asks_for_the_person() {
    each_engine(async |test| {
        let office = Office::open(test).await;
        let account = office.made("x", "maya").await;
        let id = office.connect("x", account.clone()).await;
        let broken = json!({"platform": "x", "kind": "error", "endpoint": "read", "status": 503});
        office.control.fault(broken).await.unwrap();
        let mut tries = 0;
        while let Synced::PutOff(until) = office.sync(id, "one").await {
            tries += 1;
            office.go_to(until + TimeDelta::seconds(1)).await;
        }
        assert_eq!(tries, 5);
        assert!(matches!(office.newest(id).await.reason.unwrap().0, Reason::GaveUp { .. }));
        office.control.clear_faults().await.unwrap();

        office
            .control
            .post("control/revoke", &json!({"platform": "x", "account": account.id}))
            .await
            .unwrap();
        office.numbers().sync_now(office.actor, id).await.unwrap();
        assert_eq!(office.sync(id, "one").await, Synced::Ended);
        assert!(matches!(office.newest(id).await.reason.unwrap().0, Reason::Reconnect { .. }));
        let accounts = Accounts::new(office.context.clone());
        let shown = accounts.list(office.actor).await.unwrap();
        assert_eq!(shown[0].health, Health::NeedsReconnect);
    })
    .await;
}

#[tokio::test]
async fn what_a_platform_does_not_tell_of_one_post_is_not_available() {
    each_engine(async |test| {
        let office = Office::open(test).await;
        let account = office.made("instagram", "lena").await;
        let shy = office.past_post("instagram", &account, "shy", TimeDelta::days(1)).await;
        let post = json!({"platform": "instagram", "id": shy, "counts": {"likes": 3, "reach": 4}, "too_few_viewers": true});
        office.control.post("control/statistics", &json!({"posts": [post]})).await.unwrap();
        let id = office.connect("instagram", account).await;
        assert_eq!(office.sync(id, "one").await, Synced::Ended);
        let counts = office.posts(id).await[&shy].counts;
        assert_eq!((counts.likes, counts.reach, counts.views), (likes(3), None, None), "{counts:?}");
        assert_eq!(office.newest(id).await.reason, None);

        // Nothing but the totals: the rest is refused for good.
        office.go_to(office.now() + TimeDelta::minutes(1)).await;
        let refused = json!({"platform": "instagram", "kind": "error", "endpoint": "read", "status": 400, "code": 100, "skip": 1});
        office.control.fault(refused).await.unwrap();
        office.numbers().sync_now(office.actor, id).await.unwrap();
        assert_eq!(office.sync(id, "one").await, Synced::Ended);
        let run = office.newest(id).await;
        assert!(matches!(run.reason.unwrap().0, Reason::Rejected { .. }), "the log says so");
        assert_eq!(office.posts(id).await[&shy].counts, counts, "nothing is taken for gone or 0");
    })
    .await;
}

#[tokio::test]
async fn connecting_again_keeps_the_history() {
    each_engine(async |test| {
        let office = Office::open(test).await;
        let account = office.made("bluesky", "noa").await;
        let post = office.past_post("bluesky", &account, "3jzfcijpj2z2a", TimeDelta::days(1)).await;
        let id = office.connect("bluesky", account.clone()).await;
        assert_eq!(office.sync(id, "one").await, Synced::Ended);
        let before = (office.day(id, office.today()).await.unwrap(), office.posts(id).await[&post].id);
        office.go_to(office.now() + TimeDelta::minutes(1)).await;
        Accounts::new(office.context.clone()).disconnect(office.actor, id).await.unwrap();
        let fresh = office.made("bluesky", "noa").await;
        assert_eq!(fresh.id, account.id);
        assert_eq!(office.connect("bluesky", fresh).await, id);
        assert_eq!(office.newest(id).await.cause, SyncCause::Connected);
        assert_eq!(office.sync(id, "one").await, Synced::Ended);
        let after = (office.day(id, office.today()).await.unwrap(), office.posts(id).await[&post].id);
        assert_eq!((after.1, after.0.day), (before.1, before.0.day));
        assert_eq!(after.0.followers.is_some(), before.0.followers.is_some());
    })
    .await;
}
