//! A whole process: it serves on a socket, publishes, and stops when told to.

use server::config::{Config, ProcessRole};
use server::serve;
use server::startup::{App, StartError};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

fn config(folder: &tempfile::TempDir) -> Config {
    let mut config = Config::default();
    config.server.listen = "127.0.0.1:0".parse().unwrap();
    config.data.dir = folder.path().join("data");
    config
}

async fn get(address: std::net::SocketAddr, path: &str) -> String {
    let mut connection = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    answer
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
    let mut ready = String::new();
    for _ in 0..200 {
        ready = get(address, "/readyz").await;
        if ready.starts_with("HTTP/1.1 200") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(ready.starts_with("HTTP/1.1 200"), "{ready}");
    assert!(get(address, "/metrics").await.starts_with("HTTP/1.1 200"), "a program on this machine may");

    cancel.cancel();
    tokio::time::timeout(Duration::from_secs(15), running.stopped()).await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
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
