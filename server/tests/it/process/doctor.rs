//! `fanfare doctor` says what is wrong, and only that.

use super::program::fanfare;
use crate::harness::TestServer;
use chrono::{DateTime, TimeDelta, Utc};
use model::TargetState;
use model::clock::{Clock as _, SystemClock};

const KEY: (&str, &str) =
    ("FANFARE_SECRETS__MASTER_KEY", "abababababababababababababababababababababababababababababababab");

/// Whether it finds nothing wrong, and what it says.
async fn doctor(settings: &[(&str, &str)]) -> (bool, String) {
    let output = fanfare(settings, &["doctor"]).output().await.unwrap();
    let told = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.success(), told.contains("Nothing is wrong."), "{told}");
    (output.status.success(), told)
}

async fn heard_of_a_worker(server: &TestServer, at: DateTime<Utc>) {
    let mut tx = server.test.db.begin().await.unwrap();
    storage::workers::beat(&mut tx, "w", "1", true, at).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_silent_worker_and_a_waiting_post_are_told() {
    let server = TestServer::start().await;
    let people = server.people().await;
    let target = server.ids(&people).await.target;
    let data = server.app.config.data.dir.display().to_string();
    let settings = [("FANFARE_DATABASE__URL", server.test.url.as_str()), ("FANFARE_DATA__DIR", &data), KEY];
    let now = SystemClock::default().now();
    let (fine, told) = doctor(&settings).await;
    assert!(fine && told.contains("no worker runs") && told.contains("the right one"), "{told}");

    heard_of_a_worker(&server, now).await;
    let (fine, told) = doctor(&settings).await;
    assert!(fine && told.contains("ok    a worker was heard of"), "{told}");
    heard_of_a_worker(&server, now - TimeDelta::minutes(2)).await;
    let (fine, told) = doctor(&settings).await;
    assert!(!fine && told.contains("FAIL  no worker has been heard of for 12"), "{told}");
    heard_of_a_worker(&server, now).await;

    super::wants_a_look(&server, target, TargetState::Scheduled, now).await;
    let (fine, told) = doctor(&settings).await;
    assert!(fine && !told.contains("a post has been waiting"), "it has only just become due: {told}");
    super::wants_a_look(&server, target, TargetState::Unknown, now - TimeDelta::minutes(2)).await;
    let (fine, told) = doctor(&settings).await;
    assert!(!fine && told.contains("FAIL  a post has been waiting for 12"), "{told}");
}

#[tokio::test]
async fn a_start_that_would_be_refused_for_its_key_is_told_before() {
    let database = testing::Postgres::shared().unwrap().database().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    let postgres = [("FANFARE_DATABASE__URL", database.url()), ("FANFARE_DATA__DIR", &data)];
    let (fine, told) = doctor(&postgres).await;
    assert!(!fine && told.contains("FAIL  with PostgreSQL a master key is needed"), "{told}");
    let (fine, told) = doctor(&[postgres[0], postgres[1], KEY]).await;
    assert!(fine && told.contains("not up to date"), "{told}");
    let short = (KEY.0, "abab");
    assert!(!doctor(&[postgres[0], postgres[1], short]).await.0);

    // With SQLite the first start makes the key; to look must not.
    let (fine, told) = doctor(&[postgres[1]]).await;
    assert!(fine && told.contains("the first start makes the master key"), "{told}");
    assert!(!folder.path().join("master.key").exists());
    let nowhere = ("FANFARE_DATABASE__URL", "sqlite:/nowhere/fanfare.db");
    let (fine, told) = doctor(&[nowhere, postgres[1], short]).await;
    assert!(!fine && told.contains("2 to put right"), "the key is looked at without a database too: {told}");
}

#[tokio::test]
async fn an_exception_that_can_not_be_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    for (allow, good) in [("127.0.0.1:2583", true), ("http://127.0.0.1", false)] {
        let (fine, told) = doctor(&[("FANFARE_DATA__DIR", &data), ("FANFARE_OUTBOUND__ALLOW", allow)]).await;
        assert_eq!((fine, told.contains("FAIL  the setting `outbound.allow`")), (good, !good), "{told}");
    }
}
