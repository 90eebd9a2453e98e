//! The crash test: due posts on five platforms, lost answers, and a worker that is killed again and again. Each post ends published
//! exactly once, as the sandbox counts; none is stuck.

use crate::jobs;
use crate::process::WorkerProcess;
use crate::scene::{Expected, Scene, until};
use chrono::TimeDelta;
use model::state::Stage;
use model::{AttemptId, TargetState};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::Duration;
use storage::{Db, EngineConn};

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
    each_is_out_once_and_stays_so(&scene, &expected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_post_goes_out_once_on_postgres() {
    let database = testing::Postgres::shared().unwrap().database().await.unwrap();
    let (scene, expected) = storm(database.url().to_owned(), POSTS, false).await;
    each_is_out_once_and_stays_so(&scene, &expected).await;
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
    assert!(
        wrong.iter().any(|(_, times)| *times > 1),
        "blind resending made no double, so the crash test proves nothing: {wrong:?}"
    );
}

async fn each_is_out_once_and_stays_so(scene: &Scene, expected: &[Expected]) {
    let all_out = BTreeMap::from([(TargetState::Published, expected.len())]);
    assert_eq!(scene.settled(expected, SETTLED_WITHIN).await, all_out);
    scene.assert_each_once(expected).await;
    // apalis gives the jobs of a killed worker to the last one when the former has been silent for 20 s (`QUEUE_HEARTBEAT`, twice).
    // Long after all is out they ask once more for the posts that were under way: that must send nothing.
    until("the jobs of killed workers are done again", TimeDelta::seconds(60), async || {
        jobs::unfinished(&scene.context.db).await == 0
    })
    .await;
    assert_eq!(scene.states(expected).await, all_out);
    scene.assert_each_once(expected).await;
}

/// Schedules the posts and runs a worker through the kills; a last worker goes on running with the scene.
async fn storm(database_url: String, posts: usize, blind_resend: bool) -> (Storm, Vec<Expected>) {
    let scene = Scene::open(database_url, DIVISOR, 6).await;
    scene
        .control
        .fault(json!({"kind": "lost_answer", "endpoint": "commit", "probability": 0.1, "seed": 5}))
        .await
        .unwrap();
    // Long enough calls for a kill to hit each stage. Few posts are long in preparation: Instagram's, which asks what became of
    // their containers, and those with an image elsewhere.
    for (platform, endpoint, latency_ms) in
        [("*", "prepare", 100), ("instagram", "read", 150), ("*", "commit", 60)]
    {
        let slow =
            json!({"platform": platform, "kind": "latency", "endpoint": endpoint, "latency_ms": latency_ms});
        scene.control.fault(slow).await.unwrap();
    }
    if blind_resend {
        // These two take the same post twice. So many answers are lost that the kills can't hit all of the second tries.
        for platform in ["facebook", "instagram"] {
            let lost =
                json!({"platform": platform, "kind": "lost_answer", "endpoint": "commit", "count": 15});
            scene.control.fault(lost).await.unwrap();
        }
    }
    let expected = scene.schedule(posts, if blind_resend { "blind" } else { "storm" }).await;

    let mut hits: BTreeMap<Stage, Hits> = BTreeMap::new();
    let mut kills = 0;
    let mut draw = 20_261_121_u64;
    while kills < KILLS || (hits.len() < 3 && kills < MOST_KILLS && !blind_resend) {
        let name = format!("storm-{kills}");
        let worker = WorkerProcess::start(&scene, &name, blind_resend);
        // A start takes about 0.1 s; then a random moment of the work.
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        tokio::time::sleep(Duration::from_millis(250 + (draw >> 33) % 400)).await;
        worker.kill();
        kills += 1;
        for (stage, attempts) in under_way_at(&scene.context.db, &name).await {
            let hits = hits.entry(stage).or_default();
            hits.kills += 1;
            hits.attempts += attempts;
        }
    }
    if !blind_resend {
        report(&scene, kills, &hits);
        for stage in [Stage::Claimed, Stage::Prepared, Stage::Committing] {
            assert!(hits.contains_key(&stage), "no kill hit an attempt that was {stage:?}: {hits:?}");
        }
        assert!(jobs::unfinished(&scene.context.db).await > 0, "the killed workers left no job behind");
    }
    let last = WorkerProcess::start(&scene, "storm-last", blind_resend);
    (Storm { scene, _worker: last }, expected)
}

/// How kills found attempts that had reached a stage.
#[derive(Debug, Default)]
struct Hits {
    /// Kills that hit at least one such attempt.
    kills: usize,
    attempts: usize,
}

/// Says in the output of a run that passes what the kills hit. Not by `println!`, which tests keep to themselves.
fn report(scene: &Scene, kills: usize, hits: &BTreeMap<Stage, Hits>) {
    let engine = if scene.context.db.is_postgres() { "PostgreSQL" } else { "SQLite" };
    let stages: Vec<String> = hits
        .iter()
        .map(|(stage, hits)| format!("{} {} ({})", stage.key(), hits.kills, hits.attempts))
        .collect();
    let line = format!(
        "crash test, {engine}: {kills} kills; kills that hit attempts in each stage (attempts hit): {}\n",
        stages.join(", ")
    );
    std::io::stderr().write_all(line.as_bytes()).unwrap();
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

/// How many attempts the worker that has just been killed had under way in each stage.
async fn under_way_at(db: &Db, worker: &str) -> BTreeMap<Stage, usize> {
    const LEASED: &str = "SELECT DISTINCT a.id, a.stage FROM attempt a JOIN target t ON t.attempt_id = a.id
                          WHERE t.state = 'publishing' AND t.lease_owner = $1 AND a.ended_at IS NULL";
    let mut tx = db.read().await.unwrap();
    let attempts: Vec<(AttemptId, Stage)> = match tx.as_engine() {
        EngineConn::Sqlite(conn) => sqlx::query_as(LEASED).bind(worker).fetch_all(conn).await.unwrap(),
        EngineConn::Postgres(conn) => sqlx::query_as(LEASED).bind(worker).fetch_all(conn).await.unwrap(),
    };
    let mut stages = BTreeMap::new();
    for (_, stage) in attempts {
        *stages.entry(stage).or_default() += 1;
    }
    stages
}
