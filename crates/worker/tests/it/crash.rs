//! The crash test: due posts on five platforms, lost answers, and a worker that is killed again and again. Each post ends published
//! exactly once, as the sandbox counts; none is stuck.

use crate::process::WorkerProcess;
use crate::scene::{Expected, Scene};
use chrono::TimeDelta;
use model::TargetState;
use model::state::Stage;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;
use storage::Db;

const POSTS: usize = 300;
/// At least this many kills, and on until each stage was hit.
const KILLS: usize = 10;
const MOST_KILLS: usize = 60;
/// Shortens leases and settling: a lease lasts 4.5 s.
const DIVISOR: u32 = 20;
/// After the last kill, everything is settled within this.
const SETTLED_WITHIN: TimeDelta = TimeDelta::seconds(90);

#[tokio::test(flavor = "multi_thread")]
async fn every_post_goes_out_once_on_sqlite() {
    let folder = testing::temp_dir().unwrap();
    let url = format!("sqlite:{}", testing::fresh_sqlite_path(&folder).display());
    let (scene, expected) = storm(url, POSTS, false).await;
    let states = scene.settled(&expected, SETTLED_WITHIN).await;
    assert_eq!(states, BTreeMap::from([(TargetState::Published, POSTS)]));
    scene.assert_each_once(&expected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_post_goes_out_once_on_postgres() {
    let database = testing::Postgres::shared().unwrap().database().await.unwrap();
    let (scene, expected) = storm(database.url().to_owned(), POSTS, false).await;
    let states = scene.settled(&expected, SETTLED_WITHIN).await;
    assert_eq!(states, BTreeMap::from([(TargetState::Published, POSTS)]));
    scene.assert_each_once(&expected).await;
    scene.context.db.close().await;
}

/// The same storm with the mistake switched on shows that the test would notice.
#[tokio::test(flavor = "multi_thread")]
async fn sending_again_blindly_is_noticed() {
    let folder = testing::temp_dir().unwrap();
    let url = format!("sqlite:{}", testing::fresh_sqlite_path(&folder).display());
    let (scene, expected) = storm(url, 100, true).await;
    scene.settled(&expected, SETTLED_WITHIN).await;
    let wrong = scene.wrong(&expected).await;
    assert!(!wrong.is_empty(), "blind resending made no double: the crash test proves nothing");
}

/// Schedules the posts and runs a worker through the kills; a last worker goes on running with the scene.
async fn storm(database_url: String, posts: usize, blind_resend: bool) -> (Storm, Vec<Expected>) {
    let scene = Scene::open(database_url, DIVISOR, 6).await;
    scene
        .control
        .fault(json!({"kind": "lost_answer", "endpoint": "commit", "probability": 0.1, "seed": 5}))
        .await
        .unwrap();
    // Long enough calls for a kill to hit each stage.
    for endpoint in ["prepare", "commit"] {
        scene
            .control
            .fault(json!({"kind": "latency", "endpoint": endpoint, "latency_ms": 60}))
            .await
            .unwrap();
    }
    let expected = scene.schedule(posts, if blind_resend { "blind" } else { "storm" }).await;

    let mut hit: BTreeMap<Stage, usize> = BTreeMap::new();
    let mut kills = 0;
    let mut draw = 20_261_121_u64;
    while kills < KILLS || (hit.len() < 3 && kills < MOST_KILLS && !blind_resend) {
        let worker = WorkerProcess::start(&scene, &format!("storm-{kills}"), blind_resend);
        // A start takes about 0.1 s; then a random moment of the work.
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        tokio::time::sleep(Duration::from_millis(250 + (draw >> 33) % 400)).await;
        worker.kill();
        kills += 1;
        for stage in live_stages(&scene.context.db).await {
            *hit.entry(stage).or_default() += 1;
        }
    }
    println!("{kills} kills; attempts under way by stage: {hit:?}");
    if !blind_resend {
        for stage in [Stage::Claimed, Stage::Prepared, Stage::Committing] {
            assert!(hit.contains_key(&stage), "no kill hit an attempt that was {stage:?}: {hit:?}");
        }
    }
    let last = WorkerProcess::start(&scene, "storm-last", blind_resend);
    (Storm { scene, _worker: last }, expected)
}

struct Storm {
    scene: Scene,
    _worker: WorkerProcess,
}

impl std::ops::Deref for Storm {
    type Target = Scene;
    fn deref(&self) -> &Scene {
        &self.scene
    }
}

/// The stages of attempts whose worker has just been killed: under a lease, not ended.
async fn live_stages(db: &Db) -> Vec<Stage> {
    let mut tx = db.read().await.unwrap();
    let now = db.clock().now();
    let fresh = now + TimeDelta::milliseconds(90_000 / i64::from(DIVISOR)) - TimeDelta::milliseconds(700);
    storage::attempts::under_lease(&mut tx, fresh).await.unwrap()
}
