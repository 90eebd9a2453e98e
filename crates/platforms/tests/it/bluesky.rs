//! What only Bluesky has: facets, own keys, servers that people name.

use crate::harness::{Harness, access};
use model::Platform;
use model::error::HostProblem;
use platforms::{ConnectFailure, Secret};

#[tokio::test]
async fn the_record_carries_facets_for_what_exists() {
    let harness = Harness::start().await;
    let access = access(&harness.connect(Platform::Bluesky).await);
    let text = "☕ with @theo.sandbox.test and @nobody.sandbox.test https://example.com #Kaffee";
    let payload = harness.payload(text, 0);
    let progress = harness.prepare(Platform::Bluesky, &access, &payload).await.unwrap();
    let kinds: Vec<&str> = progress.0["facets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|facet| facet["features"][0]["$type"].as_str().unwrap().rsplit('#').next().unwrap())
        .collect();
    assert_eq!(kinds, ["mention", "link", "tag"]);
    let network = harness.network(Platform::Bluesky);
    let post = network.commit(&access, &payload, &progress).await.unwrap();
    assert!(post.id.ends_with(&payload.publish_key), "{}", post.id);
}

#[tokio::test]
async fn writing_the_same_record_again_changes_nothing() {
    let harness = Harness::start().await;
    let network = harness.network(Platform::Bluesky);
    let access = access(&harness.connect(Platform::Bluesky).await);
    let payload = harness.payload("Same key, same post", 1);
    let progress = harness.prepare(Platform::Bluesky, &access, &payload).await.unwrap();
    let first = network.commit(&access, &payload, &progress).await.unwrap();
    assert_eq!(network.commit(&access, &payload, &progress).await.unwrap(), first);
    assert_eq!(harness.posts(Platform::Bluesky).await.len(), 1);
}

#[tokio::test]
async fn wrong_passwords_and_wrong_servers_are_told_apart() {
    let harness = Harness::start().await;
    let network = harness.network(Platform::Bluesky);
    let wrong =
        network.sign_in(&network.host(), "maya.sandbox.test", &Secret::new("aaaa-bbbb-cccc-dddd")).await;
    assert!(matches!(wrong, Err(ConnectFailure::WrongCredentials)), "{wrong:?}");
    assert_eq!(harness.registry.check_bluesky_server(&network.host()).await, Ok(network.host()));
    for (typed, problem) in [
        (network.host().replace("/bluesky", "/x"), HostProblem::WrongServer),
        ("http://127.0.0.1:1".to_owned(), HostProblem::PortNotAllowed),
        ("https://10.0.0.1".to_owned(), HostProblem::PrivateAddress),
        ("https://localhost".to_owned(), HostProblem::PrivateAddress),
    ] {
        assert_eq!(harness.registry.check_bluesky_server(&typed).await, Err(problem), "{typed}");
    }
}
