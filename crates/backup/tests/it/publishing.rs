//! A restored database publishes what it should, once.

use crate::house::{ENGINES, House, sandbox};
use backup::Since;
use chrono::TimeDelta;
use model::state::Reason;
use model::{Platform, TargetState};
use seeding::DuePost;
use seeding::sandbox_control::Control;
use serde_json::json;
use service::publishing::Faults;
use std::time::Duration;
use storage::portable::Held;
use tokio_util::sync::CancellationToken;
use worker::WorkerOptions;

/// A workspace with one account and a post on it that is due in a minute.
async fn with_a_post(house: &House, control: &Control, platform: Platform) -> model::TargetId {
    let actor = seeding::people(&house.context).await.unwrap();
    let accounts = seeding::accounts(&house.context, control, actor, platform, 1, "moved").await.unwrap();
    let post = DuePost { account: accounts[0].id, text: "Moved to a new house".to_owned(), media: None };
    let due = house.test.db.clock().now() + TimeDelta::minutes(1);
    let targets =
        seeding::due_posts(&house.context, actor.workspace, actor.user, &[post], due).await.unwrap();
    targets[0]
}

async fn state(house: &House, target: model::TargetId) -> TargetState {
    let mut read = house.test.db.read().await.unwrap();
    storage::publishing::load(&mut read, target).await.unwrap().unwrap().state
}

async fn reason(house: &House, target: model::TargetId) -> Option<Reason> {
    let mut read = house.test.db.read().await.unwrap();
    storage::publishing::load(&mut read, target).await.unwrap().unwrap().reason.map(|reason| reason.0)
}

/// How often the sandbox has the post, after workers have looked at `houses` for a while.
async fn published(houses: &[&House], control: &Control, target: model::TargetId) -> usize {
    let cancel = CancellationToken::new();
    let start = |house: &&House| {
        let options = WorkerOptions {
            name: "w".to_owned(),
            serves: false,
            concurrency: 4,
            faults: Faults::default(),
            system_clock: None,
        };
        worker::start(house.context.clone(), options, cancel.clone())
    };
    let workers: Vec<_> = houses.iter().map(start).collect();
    for house in houses {
        for _ in 0..200 {
            let moving = [TargetState::Scheduled, TargetState::Publishing, TargetState::Unknown];
            if !moving.contains(&state(house, target).await) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    // Long enough for a second one to come, if there were any.
    tokio::time::sleep(Duration::from_millis(500)).await;
    cancel.cancel();
    for worker in workers {
        worker.stopped().await;
    }
    let posts = control.posts().await.unwrap();
    posts.iter().filter(|post| post.text == "Moved to a new house").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_due_post_of_a_moved_installation_goes_out_once() {
    for (from, into) in [(ENGINES[0], ENGINES[1]), (ENGINES[1], ENGINES[0])] {
        let sandbox = sandbox().await;
        let control = Control::new(&sandbox.url());
        let old = House::empty(from, &sandbox).await;
        let target = with_a_post(&old, &control, Platform::Bluesky).await;
        let (path, _) = old.back_up().await;
        let new = House::empty(into, &sandbox).await;
        new.test.clock.advance(TimeDelta::minutes(2));
        let restored = new.restore(&path, Since::Stopped).await.unwrap();
        assert_eq!(restored.held, Held::default());
        assert_eq!(published(&[&new], &control, target).await, 1, "{from:?} into {into:?}");
        assert_eq!(state(&new, target).await, TargetState::Published);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_old_server_may_have_sent_is_not_sent_again() {
    for (from, into) in [(ENGINES[0], ENGINES[1]), (ENGINES[1], ENGINES[0])] {
        let sandbox = sandbox().await;
        let control = Control::new(&sandbox.url());
        let old = House::empty(from, &sandbox).await;
        let target = with_a_post(&old, &control, Platform::Bluesky).await;
        let (path, _) = old.back_up().await;
        // The old one goes on for a while, and is lost.
        old.test.clock.advance(TimeDelta::minutes(2));
        assert_eq!(published(&[&old], &control, target).await, 1);
        let new = House::empty(into, &sandbox).await;
        new.test.clock.advance(TimeDelta::minutes(3));
        let restored = new.restore(&path, Since::MayHaveRun).await.unwrap();
        assert_eq!(restored.held, Held { missed: 1, looked_for: 0 });
        assert_eq!(reason(&new, target).await, Some(Reason::Restored));
        assert_eq!(state(&new, target).await, TargetState::Missed);
        assert_eq!(published(&[&new], &control, target).await, 1, "{from:?} into {into:?}");
    }
}

/// As a post whose image the platform still works on: the attempt goes on when it is ready, and no lease is held meanwhile.
async fn waits_for_its_platform(house: &House, target: model::TargetId) {
    let later = house.test.db.clock().now() + TimeDelta::seconds(30);
    let mut tx = house.test.db.begin().await.unwrap();
    let attempt = storage::publishing::load(&mut tx, target).await.unwrap().unwrap().attempt_id.unwrap();
    assert!(storage::publishing::release(&mut tx, target, attempt, later).await.unwrap());
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_going_out_is_looked_for_before_anything_is_sent() {
    for (from, into) in [(ENGINES[0], ENGINES[1]), (ENGINES[1], ENGINES[0])] {
        let sandbox = sandbox().await;
        let control = Control::new(&sandbox.url());
        let old = House::empty(from, &sandbox).await;
        // Facebook takes the same words twice.
        let target = with_a_post(&old, &control, Platform::Facebook).await;
        old.test.clock.advance(TimeDelta::minutes(2));
        let slow =
            json!({"kind": "latency", "endpoint": "commit", "latency_ms": 1500, "after_publish": true});
        control.fault(slow).await.unwrap();
        let going_out = async {
            while state(&old, target).await != TargetState::Publishing {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            waits_for_its_platform(&old, target).await;
            old.back_up().await.0
        };
        let houses = [&old];
        let (out, path) = tokio::join!(published(&houses, &control, target), going_out);
        assert_eq!(out, 1);
        control.clear_faults().await.unwrap();

        let new = House::empty(into, &sandbox).await;
        new.test.clock.advance(TimeDelta::minutes(3));
        let restored = new.restore(&path, Since::MayHaveRun).await.unwrap();
        assert_eq!(restored.held, Held { missed: 0, looked_for: 1 });
        assert_eq!(published(&[&new], &control, target).await, 1, "{from:?} into {into:?}");
        assert_eq!(state(&new, target).await, TargetState::Published);
    }
}
