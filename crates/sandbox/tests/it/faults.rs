//! Faults, the journal, the pages.

use crate::harness::{Harness, read, text};
use sandbox::SandboxConfig;
use serde_json::{Value, json};
use std::time::Duration;

async fn tweet(h: &Harness, token: &str, body: &str) -> reqwest::Result<reqwest::Response> {
    h.http.post(h.at("/x/api/2/tweets")).bearer_auth(token).json(&json!({"text": body})).send().await
}

#[tokio::test]
async fn a_lost_answer_is_a_published_post() {
    let h = Harness::start().await;
    let account = h.account("x").await;
    let token = text(&account, "access_token");
    h.fault(json!({"platform": "x", "kind": "lost_answer", "endpoint": "commit", "count": 1})).await;
    assert!(tweet(&h, token, "reset").await.is_err());
    h.fault(
        json!({"platform": "x", "kind": "lost_answer", "endpoint": "commit", "count": 1, "mode": "hang"}),
    )
    .await;
    let hanging = h.http.post(h.at("/x/api/2/tweets")).bearer_auth(token).json(&json!({"text": "hang"}));
    assert!(hanging.timeout(Duration::from_millis(300)).send().await.unwrap_err().is_timeout());
    h.fault(json!({
        "platform": "*", "kind": "lost_answer", "endpoint": "commit", "count": 1, "mode": "gateway", "status": 504
    }))
    .await;
    assert_eq!(tweet(&h, token, "gateway").await.unwrap().status(), 504);
    let texts: Vec<Value> = h.posts("x").await.iter().map(|p| p["text"].clone()).collect();
    assert_eq!(texts, ["reset", "hang", "gateway"]);
    assert_eq!(tweet(&h, token, "reset").await.unwrap().status(), 403);
    let log =
        h.http.get(h.at("/control/requests?platform=x")).send().await.unwrap().json::<Value>().await.unwrap();
    assert_eq!(log.as_array().unwrap().len(), 4);
    assert_eq!(log[1]["fault"], "lost_answer");
    assert_eq!(log[1]["status"], 201);
}

#[tokio::test]
async fn faults_before_the_commit_publish_nothing() {
    let h = Harness::start().await;
    let account = h.account("x").await;
    let token = text(&account, "access_token");
    h.fault(json!({"platform": "x", "kind": "error", "endpoint": "commit", "status": 503, "count": 1})).await;
    assert_eq!(tweet(&h, token, "a").await.unwrap().status(), 503);
    h.fault(json!({"platform": "x", "kind": "rate_limit", "endpoint": "commit", "count": 1})).await;
    let limited = tweet(&h, token, "a").await.unwrap();
    assert_eq!(limited.status(), 429);
    assert_eq!(limited.headers()["x-rate-limit-remaining"], "0");
    assert!(limited.headers().contains_key("x-rate-limit-reset"));
    h.fault(json!({"platform": "x", "kind": "token_expiry", "count": 1})).await;
    assert_eq!(tweet(&h, token, "a").await.unwrap().status(), 401);
    assert_eq!(tweet(&h, token, "a").await.unwrap().status(), 401, "the token stays expired");
    assert!(h.posts("x").await.is_empty());
    let cleared = h.http.delete(h.at("/control/faults")).send().await.unwrap().json::<Value>().await.unwrap();
    assert_eq!(cleared["cleared"], 3);
}

#[tokio::test]
async fn chance_is_seeded() {
    let h = Harness::start().await;
    let account = h.account("x").await;
    let token = text(&account, "access_token");
    let mut runs = Vec::new();
    for run in 0..2 {
        h.fault(json!({"kind": "error", "endpoint": "commit", "probability": 0.5, "seed": 9})).await;
        let mut statuses = Vec::new();
        for i in 0..16 {
            statuses.push(tweet(&h, token, &format!("{run}/{i}")).await.unwrap().status().as_u16());
        }
        h.http.delete(h.at("/control/faults")).send().await.unwrap();
        runs.push(statuses);
    }
    assert_eq!(runs[0], runs[1]);
    assert!(runs[0].contains(&500) && runs[0].contains(&201));
}

#[tokio::test]
async fn the_state_survives_a_restart_and_a_torn_line() {
    let dir = tempfile::tempdir().unwrap();
    let config = || SandboxConfig { state_dir: Some(dir.path().to_owned()), ..SandboxConfig::in_memory() };
    let h = Harness::with(config()).await;
    let account = h.account("x").await;
    let token = text(&account, "access_token").to_owned();
    let (_, first) = read(tweet(&h, &token, "before").await.unwrap()).await;
    drop(h);
    let journal = dir.path().join("journal.jsonl");
    let mut bytes = std::fs::read(&journal).unwrap();
    bytes.extend_from_slice(b"{\"n\":99,\"e\":{\"t\":\"po");
    std::fs::write(&journal, bytes).unwrap();

    let h = Harness::with(config()).await;
    assert_eq!(h.posts("x").await[0]["id"], first["data"]["id"]);
    assert_eq!(tweet(&h, &token, "before").await.unwrap().status(), 403);
    let (_, second) = read(tweet(&h, &token, "after").await.unwrap()).await;
    assert_ne!(first["data"]["id"], second["data"]["id"]);
    h.sandbox.stop().await;
    let h = Harness::with(config()).await;
    assert_eq!(h.posts("x").await.len(), 2);
    h.control("/control/reset", json!({})).await;
    assert!(h.posts("x").await.is_empty());
}

#[tokio::test]
async fn the_pages_speak_english_and_french_and_escape_what_they_show() {
    let h = Harness::start().await;
    let account = h.account("x").await;
    tweet(&h, text(&account, "access_token"), "<b>not bold</b>").await.unwrap();
    let page = h.http.get(h.at("/")).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("&lt;b&gt;not bold") && !page.contains("<b>not bold"));
    let address = h.at(
        "/x/i/oauth2/authorize?response_type=code&client_id=sandbox-x&redirect_uri=http://127.0.0.1:1/cb&state=s\
         &scope=tweet.read&code_challenge=abc&code_challenge_method=plain",
    );
    let french = h.http.get(&address).header("accept-language", "fr-FR,fr;q=0.9,en;q=0.8");
    let french = french.send().await.unwrap().text().await.unwrap();
    assert!(french.contains("<html lang=\"fr\">") && french.contains("Bac à sable"));
    let english = h.http.get(&address).send().await.unwrap().text().await.unwrap();
    assert!(english.contains("Sandbox: nothing leaves this machine") && english.contains("Maya Lindqvist"));
}

#[tokio::test]
async fn a_thousand_posts_of_a_thousand_accounts_take_seconds() {
    let h = Harness::start().await;
    let made =
        h.control("/control/accounts", json!({"platform": "x", "count": 1000, "prefix": "load"})).await;
    let tokens: Vec<String> =
        made.as_array().unwrap().iter().map(|a| text(a, "access_token").to_owned()).collect();
    let started = std::time::Instant::now();
    for chunk in tokens.chunks(50) {
        let calls = chunk.iter().map(|token| tweet(&h, token, "at once"));
        for answer in futures::future::join_all(calls).await {
            assert_eq!(answer.unwrap().status(), 201);
        }
    }
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    assert_eq!(h.posts("x").await.len(), 1000);
}
