//! Nobody may do what they may not: every server function and every plain route, tried as everyone who may not.
//!
//! A new server function needs a row in [`table`], a new route a sample in [`plain`]; without one these tests fail.

mod plain;
mod table;

use crate::harness::{Answer, Ids, People, TestServer, request};
use axum::body::Body;
use http::{Method, StatusCode};
use leptos::server_fn::axum::server_fn_paths;
use model::ApiError;
use std::collections::BTreeSet;
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
    let owner = services.auth.authenticate(&people.owner).await.map(|session| session.is_some());
    format!("{post:?} {accounts:?} {members:?} {invitations:?} {media:?} {settings:?} {owner:?}")
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
    let server = TestServer::start().await;
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
}

#[tokio::test]
async fn with_too_weak_a_role() {
    let server = TestServer::start().await;
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
}

#[tokio::test]
async fn with_another_workspaces_ids() {
    let server = TestServer::start().await;
    let people = server.people().await;
    let ids = server.ids(&people).await;
    let before = look(&server, &people, &ids).await;
    for function in functions() {
        let Some(expected) = function.foreign else { continue };
        let answer = call(&server, function, &ids, Some(&people.stranger)).await;
        assert_eq!(told(&answer), expected, "{} {}", function.name, answer.text());
    }
    assert_eq!(look(&server, &people, &ids).await, before);
}

#[tokio::test]
async fn by_another_method() {
    let server = TestServer::start().await;
    let people = server.people().await;
    for function in functions() {
        for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH] {
            let request = request(method.clone(), &function.path(), Some(&people.owner));
            let answer = server.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {}", function.name);
        }
    }
}

#[tokio::test]
async fn with_a_huge_body() {
    let server = TestServer::start().await;
    let people = server.people().await;
    let ids = server.ids(&people).await;
    for function in functions() {
        let (kind, _) = function.body(&ids);
        let announced = request(Method::POST, &function.path(), Some(&people.owner))
            .header("content-type", kind)
            .header("content-length", 3 * 1024 * 1024);
        let answer = server.send(announced.body(Body::from(vec![b'a'; 3 * 1024 * 1024])).unwrap()).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", function.name);
        // Not announced: it is cut off while it is read.
        let unannounced =
            request(Method::POST, &function.path(), Some(&people.owner)).header("content-type", kind);
        let body = Body::from_stream(chunks());
        let answer = server.send(unannounced.body(body).unwrap()).await;
        assert!(!answer.status.is_success(), "{} {}", function.name, answer.status);
    }
}

/// 4 MiB without a length before it.
fn chunks() -> impl futures::Stream<Item = Result<axum::body::Bytes, std::io::Error>> {
    futures::stream::iter((0..64).map(|_| Ok(axum::body::Bytes::from(vec![b'a'; 64 * 1024]))))
}

#[tokio::test]
async fn from_another_site() {
    let server = TestServer::start().await;
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
}
