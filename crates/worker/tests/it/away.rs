//! What publishing doesn't need: the rows of the job queue, and a database that is always there.

use crate::crew::Crew;
use crate::jobs;
use crate::process::WorkerProcess;
use crate::scene::{Expected, Scene, until};
use chrono::TimeDelta;
use model::TargetState;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;
use storage::publishing::TOGETHER;

#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_queue_loses_nothing_on_sqlite() {
    let folder = testing::temp_dir().unwrap();
    empty_the_queue(format!("sqlite:{}", testing::fresh_sqlite_path(&folder).display())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_queue_loses_nothing_on_postgres() {
    let database = testing::Postgres::shared().unwrap().database().await.unwrap();
    empty_the_queue(database.url().to_owned()).await;
}

/// Empties the queue's table, twice, under a worker that has its hands full and goes on.
async fn empty_the_queue(database_url: String) {
    let scene = Scene::open(database_url, 20, 2).await;
    scene.control.fault(json!({"kind": "latency", "endpoint": "commit", "latency_ms": 300})).await.unwrap();
    let mut posts = scene.schedule(24, "fetched").await;
    let crew = Crew::with_hands(&scene, &["emptied"], 2);
    until("a post is going out", TimeDelta::seconds(30), async || {
        scene.states(&posts).await.contains_key(&TargetState::Publishing)
    })
    .await;
    // The worker fetches no more before it has done what it fetched, so the jobs of these stay in the table. They come back
    // after the first time because the marks on their targets run out.
    let waiting = scene.schedule(40, "waiting").await;
    for time in 1..=2 {
        lose_the_jobs_of(&scene, &waiting).await;
        let states = scene.states(&waiting).await;
        assert!(states.get(&TargetState::Scheduled).is_some_and(|n| *n > 20), "time {time}: {states:?}");
    }
    scene.control.clear_faults().await.unwrap();
    posts.extend(waiting);
    let states = scene.settled(&posts, TimeDelta::seconds(30)).await;
    assert_eq!(states, BTreeMap::from([(TargetState::Published, posts.len())]));
    scene.assert_each_once(&posts).await;
    crew.stop().await;
    scene.context.db.close().await;
}

/// Waits until jobs for all of them are there that nobody has fetched, and empties the table.
async fn lose_the_jobs_of(scene: &Scene, posts: &[Expected]) {
    let jobs = i64::try_from(posts.len() / TOGETHER).unwrap();
    until("jobs wait", TimeDelta::seconds(30), async || {
        jobs::pending(&mut scene.context.db.read().await.unwrap()).await >= jobs
    })
    .await;
    let mut tx = scene.context.db.begin().await.unwrap();
    assert!(jobs::pending(&mut tx).await >= jobs, "fetched meanwhile");
    queue::clear(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// Requests time out after 7.5 s, leases after 22.5 s: before the database is back.
const AWAY_DIVISOR: u32 = 4;
/// So long do answers take: until the database is away, and short of the time-out.
const ANSWER_MS: u64 = 5000;
const AWAY: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn publishing_goes_on_after_postgres_was_away() {
    let server = testing::Postgres::start().unwrap();
    let database = server.database().await.unwrap();
    let scene = Scene::open(database.url().to_owned(), AWAY_DIVISOR, 1).await;
    let clock = scene.context.db.clock();
    let _worker = WorkerProcess::start(&scene, "away", false);
    let before = scene.schedule(10, "before").await;
    scene.settled(&before, TimeDelta::seconds(30)).await;

    let due = clock.now() + TimeDelta::seconds(15);
    let due_while_away = scene.schedule_at(20, "during", due).await;
    scene
        .control
        .fault(
            json!({"kind": "latency", "endpoint": "commit", "latency_ms": ANSWER_MS, "after_publish": true}),
        )
        .await
        .unwrap();
    let answered_while_away = scene.schedule(8, "answered").await;
    until("all are at their platforms", TimeDelta::seconds(10), async || {
        scene.wrong(&answered_while_away).await.is_empty()
    })
    .await;
    assert_eq!(
        scene.states(&answered_while_away).await,
        BTreeMap::from([(TargetState::Publishing, 8)]),
        "no answer came yet"
    );
    assert_eq!(scene.states(&due_while_away).await, BTreeMap::from([(TargetState::Scheduled, 20)]));
    server.pause().unwrap();
    assert!(clock.now() < due, "the database went away too late");
    scene.control.clear_faults().await.unwrap();
    tokio::time::sleep(AWAY).await;
    server.resume().unwrap();

    for (posts, number) in [(&due_while_away, 20), (&answered_while_away, 8)] {
        let states = scene.settled(posts, TimeDelta::seconds(60)).await;
        assert_eq!(states, BTreeMap::from([(TargetState::Published, number)]));
    }
    for post in &answered_while_away {
        // The answer could not be written: the post was looked for, and not sent again.
        assert_eq!(scene.last_outcome(post.target).await.as_deref(), Some("lost"), "{}", post.text);
        let row = scene.row(post.target).await;
        assert!(row.attempts == 1 && row.remote_id.is_some() && row.attempt_id.is_none(), "{row:?}");
    }

    let after = scene.schedule(10, "after").await;
    scene.settled(&after, TimeDelta::seconds(30)).await;
    for posts in [&before, &due_while_away, &answered_while_away, &after] {
        scene.assert_each_once(posts).await;
    }
    scene.context.db.close().await;
}
