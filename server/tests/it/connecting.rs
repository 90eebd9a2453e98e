//! Connecting accounts by the simulated platforms' consent pages.

use crate::consent::{self, Decision};
use crate::harness::{Answer, BASE, TestServer, each_server_with, plain_request, request};
use axum::body::Body;
use http::{Method, StatusCode};
use platforms::PlatformSettings;
use sandbox::{Sandbox, SandboxConfig};
use serde_json::Value;
use std::collections::BTreeMap;
use url::Url;

/// What publishing on time can't do without, where the consent page lets a person leave it out; LinkedIn's doesn't.
const ESSENTIAL: &[(&str, &str, &[&str])] = &[
    ("x", "X", &["tweet.read", "tweet.write", "users.read", "offline.access"]),
    ("facebook", "Facebook", &["pages_show_list", "pages_read_engagement", "pages_manage_posts"]),
    ("instagram", "Instagram", &["instagram_business_basic", "instagram_business_content_publish"]),
];

async fn form(server: &TestServer, token: &str, function: &str, fields: String) -> Answer {
    let call = request(Method::POST, &format!("/api/{function}"), Some(token))
        .header("content-type", "application/x-www-form-urlencoded");
    server.send(call.body(Body::from(fields)).unwrap()).await
}

/// From our button to the answer of our callback.
async fn connect(server: &TestServer, token: &str, platform: &str, decision: Decision<'_>) -> Answer {
    let begun = form(server, token, "accounts/connect", format!("platform={platform}")).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text());
    let back = consent::decide(&consent::client(), begun.header("location"), decision).await;
    let callback = format!("{}?{}", back.path(), back.query().unwrap());
    server.send(plain_request(Method::GET, &callback, Some(token)).body(Body::empty()).unwrap()).await
}

async fn accounts(server: &TestServer, token: &str) -> Vec<Value> {
    let listed = form(server, token, "accounts/list", String::new()).await;
    let listed: Value = serde_json::from_slice(&listed.body).unwrap();
    listed["accounts"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_permission_left_out_is_named_and_nothing_connected() {
    let sandbox = Sandbox::start(SandboxConfig::in_memory()).await.unwrap();
    let settings = PlatformSettings::sandbox(&sandbox.url());
    let at_sandbox = |config: &mut server::config::Config| {
        // The sandbox sends nobody back to a public address.
        config.server.base_url = "http://localhost:3000".to_owned();
        config.server.extra_base_urls = vec![BASE.to_owned()];
        config.platforms = settings.clone();
    };
    each_server_with(at_sandbox, async |server| {
        let owner = server.people().await.owner;
        for (platform, name, scopes) in ESSENTIAL {
            for scope in *scopes {
                let answer = connect(&server, &owner, platform, Decision::Without(scope)).await;
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
                let there = Url::parse(BASE).unwrap().join(answer.header("location")).unwrap();
                assert_eq!(there.path(), "/accounts", "{platform} without {scope}");
                let told: BTreeMap<_, _> = there.query_pairs().into_owned().collect();
                let expected = [("missing", *scope), ("platform", *platform), ("problem", "missing_scopes")];
                let expected: BTreeMap<_, _> =
                    expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
                assert_eq!(told, expected);
                let page =
                    plain_request(Method::GET, answer.header("location"), Some(&owner)).body(Body::empty());
                let page = server.send(page.unwrap()).await.text();
                let title = format!("{name} was not connected.");
                let words = format!("Publishing needs permissions that were not given: {scope}.");
                assert!(page.contains(&title) && page.contains(&words), "{platform} without {scope}: {page}");
            }
        }
        assert!(accounts(&server, &owner).await.is_empty());

        for (platform, there) in [("x", "?connected=x"), ("instagram", "?connected=instagram")] {
            let answer = connect(&server, &owner, platform, Decision::Approve).await;
            assert_eq!(answer.header("location"), format!("/accounts{there}"));
        }
        assert_eq!(accounts(&server, &owner).await.len(), 2);
    })
    .await;
}
