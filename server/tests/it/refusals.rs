//! Nobody may do what they may not: every server function and every plain route, tried as everyone who may not.
//!
//! A new server function needs a row in [`table`], a new route a sample in [`plain`]; without one these tests fail.

mod plain;
mod table;

use crate::harness::{Answer, Ids, People, TestServer, each_server, request, unannounced};
use axum::body::Body;
use http::{Method, StatusCode};
use leptos::server_fn::axum::server_fn_paths;
use model::ApiError;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use table::{FUNCTIONS, Function, May};

/// The functions of this build that have a row; [`every_server_function_has_a_row`] sees to the rest.
fn functions() -> impl Iterator<Item = &'static Function> {
    let there: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    FUNCTIONS.iter().filter(move |function| there.contains(&function.path()))
}

async fn call(server: &TestServer, function: &Function, ids: &Ids, token: Option<&str>) -> Answer {
    let (kind, body) = function.body(ids);
    let request = request(Method::POST, &function.path(), token).header("content-type", kind);
    server.send(request.body(Body::from(body)).unwrap()).await
}

/// The status of the answer; where a form without wasm is answered by a page, that of the error in the page's address.
fn told(answer: &Answer) -> u16 {
    let fault = answer.header("location").split("?fault=").nth(1);
    let error =
        fault.map(|json| percent_encoding::percent_decode_str(json).decode_utf8().unwrap().into_owned());
    match error {
        Some(json) => serde_json::from_str::<ApiError>(&json).unwrap().status(),
        None => answer.status.as_u16(),
    }
}

/// What workspace A looks like, to see that nothing has changed.
async fn look(server: &TestServer, people: &People, ids: &Ids) -> String {
    let services = &server.app.services;
    let post = services.posts.get(ids.actor, ids.post).await;
    let accounts = services.accounts.list(ids.actor).await;
    let members = services.team.members(ids.actor).await;
    let invitations = services.team.invitations(ids.actor).await;
    let media = services.media.list(ids.actor, None).await;
    let settings = services.team.settings(ids.actor).await;
    let syncs = services.statistics.sync_runs(ids.actor, ids.account, None).await;
    let owner = services.auth.authenticate(&people.owner).await.map(|session| session.is_some());
    format!("{post:?} {accounts:?} {members:?} {invitations:?} {media:?} {settings:?} {syncs:?} {owner:?}")
}

#[tokio::test]
async fn every_server_function_has_a_row() {
    // The router registers them.
    let _server = TestServer::start().await;
    let there: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    let rows: BTreeSet<String> = FUNCTIONS.iter().map(Function::path).collect();
    assert!(!there.is_empty());
    let without_row: Vec<_> = there.difference(&rows).collect();
    assert!(without_row.is_empty(), "say in refusals/table.rs who may call {without_row:?}");
    let gone: Vec<_> = rows.difference(&there).collect();
    assert!(gone.is_empty(), "rows in refusals/table.rs without a function: {gone:?}");
    assert!(server_fn_paths().all(|(_, method)| method == Method::POST), "reads and writes alike are POST");
}

#[tokio::test]
async fn without_a_session() {
    each_server(async |server| {
        let people = server.people().await;
        let ids = server.ids(&people).await;
        let before = look(&server, &people, &ids).await;
        for function in functions() {
            for token in [None, Some("forged"), Some("")] {
                let answer = call(&server, function, &ids, token).await;
                let status = answer.status;
                let name = function.name;
                match function.may {
                    May::Everyone | May::LinkHolder => {
                        assert!(
                            status != 401 && status != 403 && status != 500,
                            "{name} {status} {}",
                            answer.text()
                        );
                    }
                    May::SignedIn | May::Member(_) => assert_eq!(status, 401, "{name} {}", answer.text()),
                }
            }
        }
        assert_eq!(look(&server, &people, &ids).await, before);
    })
    .await;
}

#[tokio::test]
async fn with_too_weak_a_role() {
    each_server(async |server| {
        let people = server.people().await;
        let ids = server.ids(&people).await;
        let before = look(&server, &people, &ids).await;
        for function in functions() {
            let May::Member(permission) = function.may else { continue };
            if let Some(weak) = people.below(permission.least_role()) {
                let answer = call(&server, function, &ids, Some(weak)).await;
                assert_eq!(told(&answer), 403, "{} {}", function.name, answer.text());
            }
            let answer = call(&server, function, &ids, Some(&people.nobody)).await;
            assert_eq!(told(&answer), 404, "{} without a workspace {}", function.name, answer.text());
        }
        assert_eq!(look(&server, &people, &ids).await, before);
    })
    .await;
}

#[tokio::test]
async fn with_another_workspaces_ids() {
    each_server(async |server| {
        let people = server.people().await;
        let ids = server.ids(&people).await;
        let before = look(&server, &people, &ids).await;
        for function in functions() {
            let Some(expected) = function.foreign else { continue };
            let answer = call(&server, function, &ids, Some(&people.stranger)).await;
            assert_eq!(told(&answer), expected, "{} {}", function.name, answer.text());
        }
        assert_eq!(look(&server, &people, &ids).await, before);
    })
    .await;
}

#[tokio::test]
async fn by_another_method() {
    each_server(async |server| {
        let people = server.people().await;
        for function in functions() {
            for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH] {
                let request = request(method.clone(), &function.path(), Some(&people.owner));
                let answer = server.send(request.body(Body::empty()).unwrap()).await;
                assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {}", function.name);
            }
        }
    })
    .await;
}

/// Largest form that is taken, in bytes.
const FORM: usize = 2 * 1024 * 1024;
/// As much as an attack might send.
const HUGE: usize = 2 * FORM;

/// The call with something beside it that changes nothing, so that it has `total` bytes; and how many of them were taken.
fn padded(kind: &str, call: &str, total: usize) -> (Body, Arc<AtomicUsize>) {
    match (kind, call) {
        ("application/json", _) => unannounced(call, b' ', total),
        (_, "") => unannounced("padding=", b'a', total),
        (_, _) => unannounced(&format!("{call}&padding="), b'a', total),
    }
}

#[tokio::test]
async fn with_a_huge_body() {
    each_server(async |server| {
        let people = server.people().await;
        let ids = server.ids(&people).await;
        let before = look(&server, &people, &ids).await;
        for function in functions() {
            let name = function.name;
            let (kind, body) = function.body(&ids);
            let call = |token| request(Method::POST, &function.path(), token).header("content-type", kind);
            let announced = call(Some(&people.owner)).header("content-length", HUGE);
            let answer = server.send(announced.body(Body::from(vec![b'a'; HUGE])).unwrap()).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{name}");
            // Not announced: it is cut off while it is read.
            let (stream, taken) = padded(kind, &body, HUGE);
            let answer = server.send(call(Some(&people.owner)).body(stream).unwrap()).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{name} {}", answer.text());
            let taken = taken.load(Ordering::Relaxed);
            assert!(taken < HUGE, "{name} took {taken} bytes");
            // Only its length was wrong with it: just within the limit it is read, as the same refusals as ever tell.
            let (stream, _) = padded(kind, &body, FORM);
            let answer = server.send(call(None).body(stream).unwrap()).await;
            match function.may {
                May::Everyone | May::LinkHolder => {
                    let unread = matches!(answer.status.as_u16(), 400 | 413 | 500);
                    assert!(!unread, "{name} {} {}", answer.status, answer.text());
                }
                May::SignedIn | May::Member(_) => assert_eq!(answer.status, 401, "{name} {}", answer.text()),
            }
        }
        assert_eq!(look(&server, &people, &ids).await, before);
    })
    .await;
}

#[tokio::test]
async fn from_another_site() {
    each_server(async |server| {
        let people = server.people().await;
        let ids = server.ids(&people).await;
        let before = look(&server, &people, &ids).await;
        for function in functions() {
            let (kind, body) = function.body(&ids);
            for (name, value) in [
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
                ("origin", "https://evil.example"),
                ("origin", "null"),
                ("x-nothing", "no word of where it comes from"),
            ] {
                let mut request = request(Method::POST, &function.path(), Some(&people.owner))
                    .header("content-type", kind)
                    .body(Body::from(body.clone()))
                    .unwrap();
                request.headers_mut().remove("sec-fetch-site");
                request.headers_mut().insert(name, value.parse().unwrap());
                let answer = server.send(request).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} {name}: {value}", function.name);
            }
        }
        assert_eq!(look(&server, &people, &ids).await, before);
    })
    .await;
}
