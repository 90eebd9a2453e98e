//! The Bluesky adapter against a real server: `node end2end/setup/bluesky-server.mjs` prints its address.

use crate::harness::Harness;
use model::Platform;
use platforms::{Access, ConnectFailure, Deleted, FailureKind, Look, Secret};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// A real Bluesky server (npm's `@atproto/pds`), which ends with the pipe to its standard input.
struct BlueskyServer {
    url: String,
    process: Child,
}

impl BlueskyServer {
    fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../end2end/setup/bluesky-server.mjs");
        let mut process = Command::new("node")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node and the packages of end2end are installed: `make setup`");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).expect("the server tells its address");
        Self { url: ready["url"].as_str().unwrap().to_owned(), process }
    }
}

impl Drop for BlueskyServer {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        drop(self.process.wait());
    }
}

#[tokio::test]
async fn a_whole_life_on_a_real_server() {
    let server = BlueskyServer::start();
    let host = server.url.clone();
    let harness = Harness::allowing(&[host.trim_start_matches("http://")]).await;
    let network = harness.network(Platform::Bluesky);
    assert_eq!(harness.registry.check_bluesky_server(&host).await.as_ref(), Ok(&host));
    let name = format!("p{}", harness.clock.now().timestamp_millis());
    let handle = format!("{name}.test");
    let password = Secret::new("a long enough password");
    let account =
        json!({ "handle": handle, "email": format!("{name}@example.com"), "password": password.expose() });
    harness.call(&host, "com.atproto.server.createAccount", account).await;

    let wrong = network.sign_in(&host, &handle, &Secret::new("wrong")).await;
    assert!(matches!(wrong, Err(ConnectFailure::WrongCredentials)), "{wrong:?}");
    let consent = network.sign_in(&host, &handle, &password).await.unwrap();
    assert_eq!(consent.accounts[0].handle, handle);
    assert!(consent.tokens.access_expires_at.is_some_and(|end| end > harness.clock.now()));
    let tokens = network.refresh(&consent.host, &consent.tokens).await.unwrap();
    let access = Access {
        host: consent.host.clone(),
        token: tokens.access.clone(),
        version: 1,
        remote_id: consent.accounts[0].remote_id.clone(),
        handle: handle.clone(),
    };
    network.profile(&access).await.unwrap();

    let text = format!("Grüße ☕ @{handle} and @nobody.test https://example.com/a#b #Kaffee");
    let payload = harness.payload(&text, 2);
    let progress = harness.prepare(Platform::Bluesky, &access, &payload).await.unwrap();
    let since = harness.just_now();
    let before = network.look(&access, &payload, &progress, since).await.unwrap();
    assert!(matches!(before, Look::Absent), "{before:?}");
    let post = network.commit(&access, &payload, &progress).await.unwrap();
    assert_eq!(network.commit(&access, &payload, &progress).await.unwrap(), post);
    let after = network.look(&access, &payload, &progress, since).await.unwrap();
    assert!(matches!(after, Look::Found(found) if found[0].id == post.id));

    let list =
        format!("com.atproto.repo.listRecords?repo={}&collection=app.bsky.feed.post", access.remote_id);
    let listed = harness.read(&host, &list).await;
    let records = listed["records"].as_array().unwrap();
    assert_eq!(records.len(), 1);
    let record = &records[0]["value"];
    assert_eq!(record["text"], text.as_str());
    let parts: Vec<&str> =
        record["facets"].as_array().unwrap().iter().map(|facet| part(&text, facet)).collect();
    assert_eq!(parts, [format!("@{handle}").as_str(), "https://example.com/a#b", "#Kaffee"]);
    assert_eq!(record["embed"]["images"][1]["alt"], "Picture 1, a gradient");

    let long = harness.payload(&"a".repeat(301), 0);
    assert_eq!(
        harness.publish(Platform::Bluesky, &access, &long).await.unwrap_err().kind,
        FailureKind::Rejected
    );
    for _ in 0..2 {
        assert_eq!(network.delete(&access, &post.id).await, Ok(Deleted::Gone));
    }
    network.revoke(&consent.host, &consent.subject, &tokens).await.unwrap();
    let over = network.refresh(&consent.host, &tokens).await.unwrap_err();
    assert_eq!(over.kind, FailureKind::ReconnectRequired, "{over:?}");
    let garbage = Access { token: Secret::new("garbage"), ..access };
    assert_eq!(network.profile(&garbage).await.unwrap_err().kind, FailureKind::ReconnectRequired);
}

fn part<'t>(text: &'t str, facet: &Value) -> &'t str {
    let at = |key: &str| usize::try_from(facet["index"][key].as_u64().unwrap()).unwrap();
    &text[at("byteStart")..at("byteEnd")]
}
