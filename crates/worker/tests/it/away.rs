//! What publishing doesn't need: the rows of the job queue, and a database that is always there.

use crate::process::WorkerProcess;
use crate::scene::Scene;
use chrono::TimeDelta;
use model::TargetState;
use std::collections::BTreeMap;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_queue_loses_nothing() {
    let folder = testing::temp_dir().unwrap();
    let url = format!("sqlite:{}", testing::fresh_sqlite_path(&folder).display());
    let scene = Scene::open(url, 20, 2).await;
    let expected = scene.schedule(40, "emptied").await;
    // Everything is enqueued and taken as on its way, then the queue's table is emptied.
    let publisher = service::publishing::Publisher::new(scene.context.clone(), String::from("nobody"));
    assert_eq!(publisher.enqueue_due(1000).await.unwrap(), 40);
    let mut tx = scene.context.db.begin().await.unwrap();
    assert_eq!(queue::clear(&mut tx).await.unwrap(), 40);
    tx.commit().await.unwrap();

    let _worker = WorkerProcess::start(&scene, "emptied", false);
    let states = scene.settled(&expected, TimeDelta::seconds(30)).await;
    assert_eq!(states, BTreeMap::from([(TargetState::Published, 40)]));
    scene.assert_each_once(&expected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_goes_on_after_postgres_was_away() {
    let server = testing::Postgres::start().unwrap();
    let database = server.database().await.unwrap();
    let scene = Scene::open(database.url().to_owned(), 20, 2).await;
    let _worker = WorkerProcess::start(&scene, "away", false);
    let before = scene.schedule(10, "before").await;
    scene.settled(&before, TimeDelta::seconds(30)).await;

    let due_while_away = scene.schedule(20, "during").await;
    server.pause().unwrap();
    tokio::time::sleep(Duration::from_secs(30)).await;
    server.resume().unwrap();
    let states = scene.settled(&due_while_away, TimeDelta::seconds(60)).await;
    assert_eq!(states, BTreeMap::from([(TargetState::Published, 20)]));

    let after = scene.schedule(10, "after").await;
    scene.settled(&after, TimeDelta::seconds(30)).await;
    for posts in [&before, &due_while_away, &after] {
        scene.assert_each_once(posts).await;
    }
    scene.context.db.close().await;
}
