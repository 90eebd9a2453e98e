//! A whole process: it serves on a socket, publishes, and stops when told to.

mod backup;
mod demo;
mod doctor;
mod program;

use crate::harness::TestServer;
use chrono::{DateTime, TimeDelta, Utc};
use model::clock::{Clock as _, SystemClock};
use model::{TargetId, TargetState};
use server::config::{Config, ProcessRole};
use server::serve;
use server::startup::{App, StartError};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

const READY: &str = "HTTP/1.1 200";

fn config(folder: &tempfile::TempDir) -> Config {
    let mut config = Config::default();
    config.server.listen = "127.0.0.1:0".parse().unwrap();
    config.data.dir = folder.path().join("data");
    config
}

async fn get(address: SocketAddr, path: &str) -> String {
    let mut connection = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    answer
}

/// Waits until the answer of `/readyz` holds these words.
async fn readiness(address: SocketAddr, words: &str) -> String {
    let mut ready = String::new();
    for _ in 0..400 {
        ready = get(address, "/readyz").await;
        if ready.contains(words) {
            return ready;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{words:?} is not what it comes to: {ready}");
}

async fn stop(running: serve::Running, cancel: &CancellationToken) {
    cancel.cancel();
    tokio::time::timeout(Duration::from_secs(15), running.stopped()).await.unwrap().unwrap();
}

/// Makes a target, in this state, want to be looked at since then.
async fn wants_a_look(server: &TestServer, target: TargetId, state: TargetState, since: DateTime<Utc>) {
    let done = sqlx::query("UPDATE target SET state = $2, next_attempt_at = $3 WHERE id = $1")
        .bind(target)
        .bind(state)
        .bind(since)
        .execute(server.test.db.sqlite_writer().unwrap())
        .await;
    assert_eq!(done.unwrap().rows_affected(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_starts_becomes_ready_and_stops() {
    let folder = tempfile::tempdir().unwrap();
    let cancel = CancellationToken::new();
    let app = App::open(config(&folder)).await.unwrap();
    let running = serve::start(app, cancel.clone()).await.unwrap();
    let address = running.address.unwrap();
    assert!(get(address, "/healthz").await.ends_with("ok\n"));
    // The first heartbeat comes within moments.
    readiness(address, READY).await;
    assert!(get(address, "/metrics").await.starts_with("HTTP/1.1 200"), "a program on this machine may");

    stop(running, &cancel).await;
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mere_worker_answers_operators_and_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&folder);
    config.server.role = ProcessRole::Worker;
    let cancel = CancellationToken::new();
    let running = serve::start(App::open(config.clone()).await.unwrap(), cancel.clone()).await.unwrap();
    assert_eq!((running.address, running.ops_address), (None, None), "none unless configured");
    stop(running, &cancel).await;

    config.server.ops_listen = Some("127.0.0.1:0".parse().unwrap());
    let cancel = CancellationToken::new();
    let running = serve::start(App::open(config.clone()).await.unwrap(), cancel.clone()).await.unwrap();
    let address = running.ops_address.unwrap();
    assert_eq!(running.address, None);
    assert!(get(address, "/healthz").await.ends_with("ok\n"));
    readiness(address, READY).await;
    assert!(get(address, "/metrics").await.contains("http_requests_total{route=\"/readyz\""));
    for path in ["/", "/signin", "/api/media", "/pkg/fanfare.js", "/media/x"] {
        assert!(get(address, path).await.starts_with("HTTP/1.1 404"), "{path}");
    }
    let mut second = config;
    second.server.ops_listen = Some(address);
    let app = App::open(second).await.unwrap();
    let taken = serve::start(app, CancellationToken::new()).await.err().unwrap().to_string();
    assert!(taken.contains("`server.ops_listen`"), "{taken}");

    stop(running, &cancel).await;
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

/// Whatever else of the process lives.
#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_whenever_it_fetches_looks_dead() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&folder);
    // Silent after 1.5 s.
    config.publishing.timing_divisor = 20;
    let cancel = CancellationToken::new();
    let app = App::open(config).await.unwrap();
    let db = app.context.db.clone();
    let running = serve::start(app, cancel.clone()).await.unwrap();
    let address = running.address.unwrap();
    readiness(address, READY).await;
    let queue = db.sqlite_writer().unwrap();
    for sql in [
        "CREATE TRIGGER deaf BEFORE UPDATE ON Jobs WHEN NEW.status = 'Queued' BEGIN SELECT RAISE(ABORT, 'deaf'); END",
        "INSERT INTO Jobs (job, id, job_type, max_attempts, run_at, metadata)
         VALUES (CAST('{\"targets\":[]}' AS BLOB), '01ARZ3NDEKTSV4RRFFQ69G5FAV', 'fanfare.advance', 1, 0, '{}')",
    ] {
        sqlx::query(sql).execute(queue).await.unwrap();
    }
    readiness(address, "no worker has been heard of lately").await;
    sqlx::query("DROP TRIGGER deaf").execute(queue).await.unwrap();
    readiness(address, READY).await;
    stop(running, &cancel).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_that_nobody_asks_for_are_summed_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(&folder);
    config.server.role = ProcessRole::Worker;
    let cancel = CancellationToken::new();
    let app = App::open(config).await.unwrap();
    let metrics = app.metrics.clone();
    let running = serve::start(app, cancel.clone()).await.unwrap();
    metrics::histogram!("nobody_asks_seconds").record(1.0);
    // To ask would sum them up; what the handle shows for debugging only tells.
    let sums =
        || format!("{metrics:?}").split("distributions:").nth(1).unwrap().contains("nobody_asks_seconds");
    for _ in 0..200 {
        if sums() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(sums());
    stop(running, &cancel).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_with_pages_alone_goes_by_the_databases_clock() {
    let folder = tempfile::tempdir().unwrap();
    let database = testing::Postgres::shared().unwrap().database().await.unwrap();
    let mut config = config(&folder);
    config.server.role = ProcessRole::Web;
    config.publishing.timing_divisor = 20;
    database.url().clone_into(&mut config.database.url);
    config.secrets.master_key = platforms::Secret::new("ab".repeat(32));
    let clock = Arc::new(SystemClock::default());
    let ahead = || (clock.now() - SystemClock::default().now()).num_seconds();
    clock.set_offset_ms(60_000);
    let app = App::open_at(config, clock.clone(), Some(clock.clone())).await.unwrap();
    assert_eq!(ahead(), 0, "from the start");
    let cancel = CancellationToken::new();
    let running = serve::start(app, cancel.clone()).await.unwrap();
    clock.set_offset_ms(-60_000);
    for _ in 0..200 {
        if ahead() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(ahead(), 0, "and ever again");
    stop(running, &cancel).await;
}

#[tokio::test]
async fn a_target_left_lying_is_seen_in_any_state() {
    let server = TestServer::start().await;
    let people = server.people().await;
    let target = server.ids(&people).await.target;
    let now = server.test.clock.now();
    let mut tx = server.test.db.begin().await.unwrap();
    storage::workers::beat(&mut tx, "w", "1", true, now).await.unwrap();
    tx.commit().await.unwrap();
    let states =
        [TargetState::Scheduled, TargetState::Publishing, TargetState::Unknown, TargetState::Published];
    for state in states {
        wants_a_look(&server, target, state, now - TimeDelta::seconds(50)).await;
        assert_eq!(server.get("/readyz", None).await.status, http::StatusCode::OK, "{state:?}");
        wants_a_look(&server, target, state, now - TimeDelta::seconds(70)).await;
        let answer = server.get("/readyz", None).await;
        assert!(
            answer.status.is_server_error() && answer.text().contains("a due post is waiting"),
            "{state:?}"
        );
    }
}

#[tokio::test]
async fn a_start_with_another_key_or_without_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(config(&folder)).await.unwrap();
    app.context.db.close().await;
    assert!(folder.path().join("data/master.key").exists());
    let mut other = config(&folder);
    other.secrets.master_key = platforms::Secret::new("ab".repeat(32));
    assert!(matches!(App::open(other).await, Err(StartError::KeyCheck(_))));
    // A key that is gone is missed, not replaced by a new one.
    let file = folder.path().join("data/master.key");
    let kept = std::fs::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(matches!(App::open(config(&folder)).await, Err(StartError::KeyLost { .. })));
    assert!(!file.exists());
    std::fs::write(&file, kept).unwrap();
    App::open(config(&folder)).await.unwrap().context.db.close().await;

    let database = testing::Postgres::shared().unwrap().database().await.unwrap();
    let mut postgres = config(&folder);
    postgres.server.role = ProcessRole::Web;
    database.url().clone_into(&mut postgres.database.url);
    assert!(matches!(App::open(postgres.clone()).await, Err(StartError::NoMasterKey)));
    postgres.secrets.master_key = platforms::Secret::new("ab".repeat(32));
    let app = App::open(postgres).await.unwrap();
    app.context.db.close().await;
}
