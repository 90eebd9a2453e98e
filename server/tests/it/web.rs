//! Headers, cookies, the guard against forged requests, pages for nobody, health and metrics.

use crate::harness::{PASSWORD, TestServer, request};
use axum::body::Body;
use http::{Method, Request, StatusCode};

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
    let server = TestServer::start().await;
    let get =
        || request(Method::GET, "/signin", None).header("accept", "text/html").body(Body::empty()).unwrap();
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
}

#[tokio::test]
async fn the_cookie_is_as_strict_as_the_address_allows() {
    let server = TestServer::start().await;
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
            cookie.contains("; Path=/") && cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax")
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
}

#[tokio::test]
async fn over_plain_http_our_own_origin_is_enough_and_no_other() {
    let server = TestServer::start().await;
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
}

#[tokio::test]
async fn sign_in_sends_nobody_away_from_us() {
    let server = TestServer::start().await;
    server.people().await;
    for next in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let body = format!("email=ana@example.com&password={}&next={next}", PASSWORD.replace(' ', "+"));
        let request = sign_in("fanfare.example")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap();
        assert_eq!(server.send(request).await.header("location"), "/", "{next}");
    }
}

#[tokio::test]
async fn unknown_addresses() {
    let server = TestServer::start().await;
    let page = request(Method::GET, "/no/such/page", None)
        .header("accept", "text/html")
        .body(Body::empty())
        .unwrap();
    assert_eq!(server.send(page).await.status, StatusCode::NOT_FOUND);
    let other = server.get("/no/such.file", None).await;
    assert_eq!((other.status, other.header("content-type")), (StatusCode::NOT_FOUND, "application/json"));
    for outside in ["/../Cargo.toml", "/pkg/../../Cargo.toml", "/%2e%2e/Cargo.toml"] {
        assert_eq!(server.get(outside, None).await.status, StatusCode::NOT_FOUND, "{outside}");
    }
}

#[tokio::test]
async fn health_is_for_everyone_and_metrics_for_operators() {
    let server = TestServer::start_with(|config| {
        config.server.metrics_token = platforms::Secret::new("scrape");
    })
    .await;
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
    storage::workers::beat(&mut tx, "w", "1", now).await.unwrap();
    tx.commit().await.unwrap();
    let ready = server.get("/readyz", None).await;
    assert_eq!(ready.status, StatusCode::OK);
    assert!(!ready.text().contains("clock_offset_ms"), "nothing is claimed that wasn't measured");
    server.test.clock.advance(chrono::TimeDelta::minutes(2));
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
}
