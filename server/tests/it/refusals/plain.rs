//! The plain routes of `http::routes::TABLE`, tried as everyone who may not.

use crate::harness::{Ids, each_server, multipart, png, request, unannounced};
use axum::body::Body;
use http::{Method, StatusCode};
use server::http::routes::{PlainRoute, TABLE, Who};
use std::sync::atomic::Ordering;

const MIB: usize = 1024 * 1024;

/// An address of the route that would do something. A new route needs one.
fn sample(route: &PlainRoute, ids: &Ids) -> String {
    match route.path {
        path @ ("/healthz" | "/readyz" | "/metrics" | "/api/media" | "/manifest.webmanifest") => {
            path.to_owned()
        }
        "/events" => format!("/events?workspace={}", ids.workspace),
        "/oauth/{platform}/callback" => "/oauth/x/callback?state=guess&code=guess".to_owned(),
        "/compare.csv" => format!("/compare.csv?accounts={}&range=7d", ids.account),
        path @ ("/accounts/{id}/numbers.csv" | "/accounts/{id}/posts.csv") => {
            path.replace("{id}", &ids.account.to_string())
        }
        "/api/media/{id}/{size}" => format!("/api/media/{}/thumb", ids.media),
        "/media/{*signed}" => {
            format!("/media/99999999999/guess/jpeg/{}/{}/thumb.jpg", ids.workspace, ids.media)
        }
        other => panic!("say in refusals/plain.rs how {other} is called"),
    }
}

fn call(route: &PlainRoute, ids: &Ids, method: &Method, token: Option<&str>) -> http::Request<Body> {
    let builder = request(method.clone(), &sample(route, ids), token);
    if *method == Method::POST {
        let (kind, body) = multipart("file", "a.png", &png());
        builder.header("content-type", kind).body(Body::from(body)).unwrap()
    } else {
        builder.body(Body::empty()).unwrap()
    }
}

#[tokio::test]
async fn who_may_and_who_may_not() {
    each_server(async |server| {
        let people = server.people().await;
        let ids = server.ids(&people).await;
        for route in TABLE {
            let send = async |token: Option<&str>| server.send(call(route, &ids, &route.method, token)).await;
            let without = send(None).await;
            match route.who {
                Who::Everyone => assert!(without.status != 401 && without.status != 404, "{}", route.path),
                Who::Operator | Who::LinkHolder => {
                    assert_eq!(without.status, StatusCode::NOT_FOUND, "{}", route.path);
                    assert_eq!(
                        send(Some(&people.owner)).await.status,
                        StatusCode::NOT_FOUND,
                        "{}",
                        route.path
                    );
                }
                // A browser comes here by itself: it is sent on to where the person can do something.
                Who::Member(permission) if route.path == "/oauth/{platform}/callback" => {
                    assert_eq!(
                        (without.status.as_u16(), without.header("location")),
                        (303, "/signin?next=/accounts")
                    );
                    let weak = send(people.below(permission.least_role())).await;
                    assert_eq!(weak.header("location"), "/accounts?platform=x&problem=forbidden");
                    let forged = send(Some(&people.owner)).await;
                    assert_eq!(forged.header("location"), "/accounts?platform=x&problem=bad_state");
                }
                Who::Member(permission) => {
                    assert_eq!(without.status, StatusCode::UNAUTHORIZED, "{}", route.path);
                    assert_eq!(send(Some("forged")).await.status, StatusCode::UNAUTHORIZED, "{}", route.path);
                    assert_eq!(
                        send(Some(&people.nobody)).await.status,
                        StatusCode::NOT_FOUND,
                        "{}",
                        route.path
                    );
                    if let Some(weak) = people.below(permission.least_role()) {
                        assert_eq!(send(Some(weak)).await.status, StatusCode::FORBIDDEN, "{}", route.path);
                    }
                    if route.path.contains("{id}") {
                        assert_eq!(
                            send(Some(&people.stranger)).await.status,
                            StatusCode::NOT_FOUND,
                            "{}",
                            route.path
                        );
                    }
                    assert!(
                        send(Some(&people.owner)).await.status.is_success(),
                        "{}: the owner may",
                        route.path
                    );
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn by_another_method_with_a_huge_body_or_from_another_site() {
    each_server(async |server| {
        let people = server.people().await;
        let ids = server.ids(&people).await;
        for route in TABLE {
            let other = if route.method == Method::GET { Method::POST } else { Method::GET };
            for method in [other, Method::DELETE, Method::PUT] {
                let answer = server.send(call(route, &ids, &method, Some(&people.owner))).await;
                // A body where none is taken is refused before its method.
                let refused = matches!(answer.status.as_u16(), 405 | 413);
                assert!(refused, "{method} {} {}", route.path, answer.status);
            }
            let huge = request(route.method.clone(), &sample(route, &ids), Some(&people.owner))
                .header("content-length", route.max_body + 1)
                .body(Body::from(vec![b'a'; route.max_body + 1]))
                .unwrap();
            assert_eq!(server.send(huge).await.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", route.path);
            if route.method != Method::GET {
                // Not announced, in a part of the form that nobody asked for.
                let begin = "--edge\r\nContent-Disposition: form-data; name=\"padding\"\r\n\r\n";
                let total = (route.max_body / MIB + 2) * MIB;
                let (body, taken) = unannounced(begin, b'a', total);
                let huge = request(route.method.clone(), &sample(route, &ids), Some(&people.owner))
                    .header("content-type", "multipart/form-data; boundary=edge");
                let answer = server.send(huge.body(body).unwrap()).await;
                assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", route.path);
                let taken = taken.load(Ordering::Relaxed);
                assert!(taken < total, "{} took {taken} bytes", route.path);

                let mut forged = call(route, &ids, &route.method, Some(&people.owner));
                forged.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
                assert_eq!(server.send(forged).await.status, StatusCode::FORBIDDEN, "{}", route.path);
            }
        }
        // It changes something, so that looking ahead must not do it.
        let callback = "/oauth/x/callback?state=guess&code=guess";
        let ahead = request(Method::HEAD, callback, Some(&people.owner)).body(Body::empty()).unwrap();
        assert_eq!(server.send(ahead).await.status, StatusCode::METHOD_NOT_ALLOWED);
    })
    .await;
}
