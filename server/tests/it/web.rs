//! Headers, cookies, the guard against forged requests, pages for nobody, health and metrics.

use crate::harness::{BASE, PASSWORD, each_server, each_server_with, plain_request, request};
use axum::body::Body;
use chrono::TimeDelta;
use futures::future::join_all;
use http::{Method, Request, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use platforms::Secret;
use server::config::Config;
use url::Url;

fn sign_in(host: &str) -> http::request::Builder {
    Request::builder()
        .method(Method::POST)
        .uri("/api/auth/sign_in")
        .header("host", host)
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded")
}

fn credentials() -> Body {
    Body::from(format!("email=ana@example.com&password={}", PASSWORD.replace(' ', "+")))
}

#[tokio::test]
async fn a_page_allows_its_own_scripts_only() {
    each_server(async |server| {
        // Nobody there would be sent to the page of the first start.
        server.people().await;
        let get = || plain_request(Method::GET, "/signin", None).body(Body::empty()).unwrap();
        let page = server.send(get()).await;
        assert_eq!(page.status, StatusCode::OK);
        let policy = page.header("content-security-policy");
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        assert!(nonce.len() >= 22, "{policy}");
        assert!(page.text().contains(&nonce), "the page's scripts carry the nonce");
        for part in [
            "default-src 'self'",
            "'strict-dynamic' 'wasm-unsafe-eval'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self' ",
        ] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
        assert!(!policy.contains("unsafe-inline'; script") && !policy.contains("'unsafe-eval'"));
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "same-origin");
        assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
        assert_eq!(page.header("cache-control"), "no-store");
        let again = server.send(get()).await;
        assert!(!again.header("content-security-policy").contains(&nonce), "a nonce is used once");
    })
    .await;
}

#[tokio::test]
async fn the_cookie_is_as_strict_as_the_address_allows() {
    each_server(async |server| {
        server.people().await;
        for (host, name, secure) in [
            ("fanfare.example", "__Host-session", true),
            ("localhost:3000", "__Host-session", true),
            ("127.0.0.1:3000", "__Host-session", true),
            ("nas.lan:3000", "session", false),
        ] {
            let request = sign_in(host).header("sec-fetch-site", "same-origin").body(credentials()).unwrap();
            let answer = server.send(request).await;
            assert_eq!(answer.status, StatusCode::OK, "{host} {}", answer.text());
            let cookie = answer.header("set-cookie");
            let token = cookie.strip_prefix(&format!("{name}=")).unwrap().split(';').next().unwrap();
            assert!(token.len() >= 43, "{cookie}");
            assert!(
                cookie.contains("; Path=/")
                    && cookie.contains("; HttpOnly")
                    && cookie.contains("; SameSite=Lax")
            );
            assert_eq!(cookie.contains("; Secure"), secure, "{cookie}");

            let page = |cookie: String| {
                Request::builder()
                    .uri("/")
                    .header("host", host)
                    .header("accept", "text/html")
                    .header("cookie", cookie)
            };
            let request = page(format!("other=1; {name}={token}")).body(Body::empty()).unwrap();
            let renewed = server.send(request).await;
            assert!(renewed.header("set-cookie").contains(token), "the cookie's end slides at {host}");
            let request = page(format!("{name}=forged")).body(Body::empty()).unwrap();
            assert!(!server.send(request).await.headers.contains_key("set-cookie"));
        }
    })
    .await;
}

#[tokio::test]
async fn over_plain_http_our_own_origin_is_enough_and_no_other() {
    each_server(async |server| {
        server.people().await;
        for (origin, status) in [
            (Some("http://nas.lan:3000"), StatusCode::OK),
            (Some("https://fanfare.example"), StatusCode::OK),
            (Some("http://evil.example"), StatusCode::FORBIDDEN),
            (Some("null"), StatusCode::FORBIDDEN),
            (None, StatusCode::FORBIDDEN),
        ] {
            let mut builder = sign_in("nas.lan:3000");
            if let Some(origin) = origin {
                builder = builder.header("origin", origin);
            }
            let answer = server.send(builder.body(credentials()).unwrap()).await;
            assert_eq!(answer.status, status, "{origin:?} {}", answer.text());
        }
        // What the browser says of the site counts before the origin.
        let both = sign_in("nas.lan:3000")
            .header("origin", "http://nas.lan:3000")
            .header("sec-fetch-site", "cross-site");
        assert_eq!(server.send(both.body(credentials()).unwrap()).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

/// What a link of somebody else's might have as `next`.
const ELSEWHERE: &[&str] = &[
    "https://evil.example/",
    "HTTPS://evil.example",
    "https:evil.example",
    "https:/\\evil.example",
    "https://fanfare.example@evil.example/",
    "//evil.example",
    "///evil.example",
    "//evil.example/%2f..",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\\evil.example",
    "\0//evil.example",
    "\u{a0}//evil.example",
    "\u{2028}//evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "/%2e%2e//evil.example",
    "/posts/..//evil.example",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "/%09/evil.example",
    "@evil.example",
    ".evil.example",
    ":80@evil.example",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "/posts\r\nlocation: https://evil.example",
    "/posts\r\n\r\n<script>alert(1)</script>",
    "",
];

#[tokio::test]
async fn no_form_sends_anybody_away_from_us() {
    each_server(async |server| {
        server.people().await;
        let password = PASSWORD.replace(' ', "+");
        for (function, fields) in [
            ("auth/sign_in", format!("email=ana@example.com&password={password}")),
            ("preferences/theme", "theme=dark".to_owned()),
            ("preferences/locale", "locale=fr".to_owned()),
        ] {
            let path = format!("/api/{function}");
            let page = Url::parse(BASE).unwrap().join(&path).unwrap();
            let send = async |builder: http::request::Builder, next: &str| {
                let next = utf8_percent_encode(next, NON_ALPHANUMERIC);
                let form = builder.header("content-type", "application/x-www-form-urlencoded");
                // The limits of sign-in are another test's.
                server.test.clock.advance(TimeDelta::minutes(16));
                server.send(form.body(Body::from(format!("{fields}&next={next}"))).unwrap()).await
            };
            let here = send(plain_request(Method::POST, &path, None), "/posts?state=failed").await;
            assert_eq!((here.status.as_u16(), here.header("location")), (302, "/posts?state=failed"));
            for next in ELSEWHERE {
                let plain = send(plain_request(Method::POST, &path, None), next).await;
                assert_eq!(plain.status, StatusCode::FOUND, "{function} {next:?} {}", plain.text());
                assert_eq!(plain.headers.get_all("location").iter().count(), 1, "{function} {next:?}");
                // With wasm it is our script that goes there.
                let script = send(request(Method::POST, &path, None), next).await;
                assert_eq!(script.status, StatusCode::OK, "{function} {next:?} {}", script.text());
                for location in [plain.header("location"), script.header("location")] {
                    // As browsers read it.
                    let there = page.join(location).unwrap();
                    let stays = there.origin() == page.origin() && there.username().is_empty();
                    assert!(stays, "{function} with {next:?} leads to {there}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_page_of_signing_in_sends_nobody_away_from_us() {
    each_server(async |server| {
        let people = server.people().await;
        for next in ELSEWHERE {
            let path = format!("/signin?next={}", utf8_percent_encode(next, NON_ALPHANUMERIC));
            let page = Url::parse(BASE).unwrap().join(&path).unwrap();
            // Who is signed in already is sent on at once.
            let there = plain_request(Method::GET, &path, Some(&people.owner)).body(Body::empty()).unwrap();
            let there = server.send(there).await;
            assert_eq!(there.status, StatusCode::FOUND, "{next:?}");
            let there = page.join(there.header("location")).unwrap();
            assert_eq!(there.origin(), page.origin(), "{next:?} leads to {there}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_made_at_the_same_time_keep_apart() {
    each_server(async |server| {
        let people = server.people().await;
        let pages = [
            ("/", Some(&people.owner), "Home"),
            ("/posts", Some(&people.editor), "Posts"),
            ("/compose", Some(&people.editor), "New post"),
            ("/accounts", Some(&people.stranger), "Accounts"),
            ("/team", Some(&people.admin), "Team"),
            ("/settings", Some(&people.viewer), "Settings"),
            ("/no/such/page", Some(&people.viewer), "Not found"),
            ("/signin", None, "Sign in"),
        ];
        let page = async |(path, token, title): (&str, Option<&String>, &str)| {
            let page = plain_request(Method::GET, path, token.map(String::as_str)).body(Body::empty());
            let page = server.send(page.unwrap()).await.text();
            let found = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
            assert_eq!(found, Some(format!("{title} · Fanfare").as_str()), "{path}");
        };
        join_all(pages.repeat(10).into_iter().map(page)).await;
    })
    .await;
}

#[tokio::test]
async fn unknown_addresses() {
    each_server(async |server| {
        let people = server.people().await;
        for token in [None, Some(people.viewer.as_str()), Some(&people.nobody)] {
            let page = plain_request(Method::GET, "/no/such/page", token).body(Body::empty()).unwrap();
            let page = server.send(page).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND);
            assert!(page.header("content-type").starts_with("text/html"));
        }
        let other = server.get("/no/such.file", None).await;
        assert_eq!((other.status, other.header("content-type")), (StatusCode::NOT_FOUND, "application/json"));
        for outside in ["/../Cargo.toml", "/pkg/../../Cargo.toml", "/%2e%2e/Cargo.toml"] {
            assert_eq!(server.get(outside, None).await.status, StatusCode::NOT_FOUND, "{outside}");
        }
    })
    .await;
}

#[tokio::test]
async fn health_is_for_everyone_and_metrics_for_operators() {
    let with_token = |config: &mut Config| config.server.metrics_token = Secret::new("scrape");
    each_server_with(with_token, async |server| {
        assert_eq!(server.get("/healthz", None).await.text(), "ok\n");
        let ready = server.get("/readyz", None).await;
        assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE, "no worker runs");
        assert!(
            ready.text().contains("no worker runs") && ready.text().contains("\"database\":true"),
            "{}",
            ready.text()
        );

        let now = server.test.db.clock().now();
        let mut tx = server.test.db.begin().await.unwrap();
        storage::workers::beat(&mut tx, "w", "1", true, now).await.unwrap();
        tx.commit().await.unwrap();
        let ready = server.get("/readyz", None).await;
        assert_eq!(ready.status, StatusCode::OK);
        assert!(!ready.text().contains("clock_offset_ms"), "nothing is claimed that wasn't measured");
        server.test.clock.advance(TimeDelta::minutes(2));
        assert_eq!(server.get("/readyz", None).await.status, StatusCode::SERVICE_UNAVAILABLE, "it is gone");

        assert_eq!(server.get("/metrics", None).await.status, StatusCode::NOT_FOUND, "from elsewhere");
        for (token, status) in [("Bearer scrape", StatusCode::OK), ("Bearer wrong", StatusCode::NOT_FOUND)] {
            let request = request(Method::GET, "/metrics", None)
                .header("authorization", token)
                .body(Body::empty())
                .unwrap();
            let answer = server.send(request).await;
            assert_eq!(answer.status, status);
            assert_eq!(
                answer.text().contains("http_requests_total{route=\"/healthz\""),
                status == StatusCode::OK
            );
        }
    })
    .await;
}
