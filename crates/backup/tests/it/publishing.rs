//! A restored database publishes what it should, once.

use crate::house::{ENGINES, House, sandbox};
use backup::Since;
use chrono::TimeDelta;
use model::{Platform, TargetState};
use seeding::DuePost;
use seeding::sandbox_control::Control;
use service::publishing::Faults;
use storage::portable::Held;
use tokio_util::sync::CancellationToken;
use worker::WorkerOptions;

/// A workspace with one account and a post on it that is due in a minute.
async fn with_a_post(house: &House, control: &Control) -> model::TargetId {
    let actor = seeding::people(&house.context).await.unwrap();
    let accounts =
        seeding::accounts(&house.context, control, actor, Platform::Bluesky, 1, "moved").await.unwrap();
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
            if state(house, target).await != TargetState::Scheduled {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
    // Long enough for a second one to come, if there were any.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
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
        let target = with_a_post(&old, &control).await;
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
        let target = with_a_post(&old, &control).await;
        let (path, _) = old.back_up().await;
        // The old one goes on for a while, and is lost.
        old.test.clock.advance(TimeDelta::minutes(2));
        assert_eq!(published(&[&old], &control, target).await, 1);
        let new = House::empty(into, &sandbox).await;
        new.test.clock.advance(TimeDelta::minutes(3));
        let restored = new.restore(&path, Since::MayHaveRun).await.unwrap();
        assert_eq!(restored.held, Held { missed: 1, looked_for: 0 });
        assert_eq!(state(&new, target).await, TargetState::Missed);
        assert_eq!(published(&[&new], &control, target).await, 1, "{from:?} into {into:?}");
    }
}
