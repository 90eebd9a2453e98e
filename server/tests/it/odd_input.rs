//! Text that no form would send, in every text field of every server function, on both databases: NUL, other control
//! characters, odd Unicode, numbers out of range, and very much of it. It is taken or refused, and never an error of ours.

use crate::harness::{Ids, TestServer, each_server, multipart, plain_request, png, request};
use axum::body::Body;
use http::{Method, StatusCode};
use model::error::ApiError;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

const ODD: &[&str] = &[
    "\0",
    "a\0b@example.com",
    "https://example.com/\0",
    "\u{1}\u{7f}\u{85}\r\n",
    "\u{202e}\u{2066}\u{feff}\u{ffff}\u{10ffff}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}e\u{301}\u{301}\u{301}",
    "99999999999999999999",
    "-1",
    "'; DROP TABLE person; --",
    "%00%ff\\",
    "NaN",
];

/// Every function with a field that takes any text, and those fields; `?` stands for the text.
fn forms(ids: &Ids) -> Vec<(&'static str, String)> {
    let (account, post, media, connection) = (ids.account, ids.post, ids.media, ids.connection);
    vec![
        ("auth/setup", "name=?&email=?&password=?&workspace=?&zone=?".to_owned()),
        ("auth/sign_in", "email=?&password=?".to_owned()),
        ("auth/reset_valid", "token=?".to_owned()),
        ("auth/reset_password", "token=?&password=?".to_owned()),
        ("invitations/view", "token=?".to_owned()),
        ("invitations/sign_up", "token=?&name=?&email=?&password=?".to_owned()),
        ("invitations/accept", "token=?".to_owned()),
        ("preferences/theme", "theme=dark&next=?".to_owned()),
        ("preferences/locale", "locale=fr&next=?".to_owned()),
        ("workspaces/create", "name=?&zone=UTC".to_owned()),
        ("workspaces/create", "name=A&zone=?".to_owned()),
        ("settings/update", "name=?&zone=UTC&lateness_window_min=60".to_owned()),
        ("settings/update", "name=A&zone=?&lateness_window_min=60".to_owned()),
        ("settings/update", "name=A&zone=UTC&lateness_window_min=?".to_owned()),
        ("team/invite", "email=?&role=viewer".to_owned()),
        ("team/role", "user=?&role=?".to_owned()),
        ("accounts/connect", "platform=x&account=?".to_owned()),
        ("accounts/connect", "platform=?".to_owned()),
        ("accounts/bluesky", "host=&handle=?&app_password=secret".to_owned()),
        ("accounts/bluesky", "host=?&handle=ana.example&app_password=secret".to_owned()),
        ("accounts/bluesky", "host=&handle=ana.example&app_password=?".to_owned()),
        ("accounts/choose", format!("connection={connection}&accounts[0]=?")),
        ("accounts/edit", format!("account={account}&label=?")),
        ("media/alt", format!("media={media}&alt=?")),
        ("posts/get", "post=?".to_owned()),
        ("posts/history", "post=?".to_owned()),
        ("posts/restore", format!("post={post}&revision=?")),
        ("posts/compose", format!("text=?&accounts[0]={account}&act=draft")),
        ("posts/compose", format!("text=a&accounts[0]=?&media[0][id]=?&post={post}&version=?&act=?")),
        (
            "posts/compose",
            format!("text=a&accounts[0]={account}&media[0][id]={media}&media[0][alt]=?&act=draft"),
        ),
        ("posts/compose", format!("text=a&accounts[0]={account}&local=?&act=schedule")),
    ]
}

fn json_calls(ids: &Ids, odd: &str) -> Vec<(&'static str, serde_json::Value)> {
    let input = |text: &str, alt: &str, variant: &str| {
        json!({"text": text, "accounts": [ids.account], "media": [{"media": ids.media, "alt": alt}],
               "variants": [{"platform": "x", "text": variant}]})
    };
    let save = |input: serde_json::Value, when: serde_json::Value| json!({"save": {"post": null, "version": null, "input": input, "when": when}});
    let at = |zone: &str, local: &str| json!({"when": "at", "local": local, "zone": zone});
    let absurd = "+262142-12-31T23:59:59";
    let cropped = |crop: serde_json::Value| {
        json!({"text": "a", "accounts": [], "media": [{"media": ids.media, "alt": "", "crop": crop}],
               "variants": [{"platform": "x", "text": "b", "media": [{"media": ids.media, "alt": odd}]}]})
    };
    let near = |input: serde_json::Value, when: serde_json::Value| json!({"composed": {"post": null, "input": input, "when": when}});
    let present = json!({"answer": "present", "url": odd});
    vec![
        ("posts/save", save(input(odd, "", ""), json!(null))),
        ("posts/save", save(input("a", odd, ""), json!(null))),
        ("posts/save", save(input("a", "", odd), json!(null))),
        ("posts/save", save(input("a", "", "b"), at(odd, "2025-02-01T10:00:00"))),
        ("posts/save", save(input("a", "", "b"), at("UTC", odd))),
        ("posts/save", save(input("a", "", "b"), at("UTC", absurd))),
        ("posts/save", save(cropped(json!(odd)), json!(null))),
        ("posts/save", save(cropped(json!({"x": 999_999, "y": 0, "width": 2, "height": 1})), json!(null))),
        (
            "posts/save",
            save(cropped(json!({"x": 0, "y": 0, "width": u32::MAX, "height": u32::MAX})), json!(null)),
        ),
        ("posts/neighbours", near(input(odd, "", odd), json!(null))),
        ("posts/neighbours", near(input("a", odd, ""), at(odd, "2025-02-01T10:00:00"))),
        ("posts/neighbours", near(input("a", "", ""), at("UTC", odd))),
        ("posts/neighbours", near(input("a", "", ""), at("UTC", absurd))),
        ("calendar", json!({"filter": {"on": odd}})),
        ("calendar", json!({"filter": {"span": odd}})),
        ("calendar/page", json!({"filter": {"author": odd}})),
        ("posts/reschedule_many", json!({"moves": [{"post": ids.post, "when": at(odd, absurd)}]})),
        ("posts/list", json!({"filter": {"search": odd}})),
        ("posts/list", json!({"filter": {"cursor": odd}})),
        ("posts/list", json!({"filter": {"states": ["scheduled"], "cursor": odd}})),
        ("posts/list", json!({"filter": {"states": [odd]}})),
        ("posts/reschedule", json!({"post": ids.post, "when": at(odd, "2025-02-01T10:00:00")})),
        ("posts/reschedule", json!({"post": ids.post, "when": at("UTC", "-262143-01-01T00:00:00")})),
        ("posts/resolve_unknown", json!({"target": ids.target, "answer": present})),
    ]
}

async fn tried(server: TestServer) {
    let people = server.people().await;
    let ids = server.ids(&people).await;
    let long = "\u{e9}".repeat(400_000);
    for odd in ODD.iter().copied().chain([long.as_str()]) {
        let shown: String = odd.chars().take(20).collect();
        let mut requests = Vec::new();
        for (name, body) in forms(&ids) {
            let body = body.replace('?', &utf8_percent_encode(odd, NON_ALPHANUMERIC).to_string());
            requests.push((name, "application/x-www-form-urlencoded", body));
        }
        for (name, body) in json_calls(&ids, odd) {
            requests.push((name, "application/json", body.to_string()));
        }
        for (name, kind, body) in requests {
            // The limits of sign-in are another test's.
            server.test.clock.advance(chrono::TimeDelta::minutes(16));
            let call = request(Method::POST, &format!("/api/{name}"), Some(&people.owner));
            let answer = server.send(call.header("content-type", kind).body(Body::from(body)).unwrap()).await;
            // A server of Bluesky that is not there is no fault of ours.
            let ours = answer.status.is_server_error();
            let in_address = answer.header("location").contains("internal");
            assert!(!ours && !in_address, "{name} with {shown:?}: {} {}", answer.status, answer.text());
        }
        let (kind, body) = multipart("file", odd.get(..400).unwrap_or(odd), &png());
        let upload = request(Method::POST, "/api/media", Some(&people.owner)).header("content-type", kind);
        let answer = server.send(upload.body(Body::from(body)).unwrap()).await;
        assert!(!answer.status.is_server_error(), "a file named {shown:?}: {}", answer.text());
        let short: String = odd.chars().take(200).collect();
        let escaped = utf8_percent_encode(&short, NON_ALPHANUMERIC).to_string();
        for path in [
            format!("/posts?search={escaped}&cursor={escaped}&state={escaped}&account={escaped}"),
            format!("/posts/{escaped}"),
            format!("/posts/{escaped}/edit"),
            format!("/posts/{escaped}/history"),
            format!("/accounts/choose/{escaped}"),
            format!("/accounts?platform={escaped}&problem={escaped}&message={escaped}"),
            format!("/oauth/{escaped}/callback?state={escaped}"),
            format!("/oauth/x/callback?state={escaped}&code={escaped}"),
            format!("/oauth/x/callback?state={escaped}&state=again"),
            format!("/invite/{escaped}"),
            format!("/reset/{escaped}"),
            format!("/api/media/{escaped}/thumb"),
            format!("/api/media/{}/{escaped}", ids.media),
            format!("/media/{escaped}/{escaped}/jpeg/{escaped}"),
            format!("/?fault={escaped}"),
            format!("/pkg/{escaped}"),
            format!("/{escaped}"),
        ] {
            let page = plain_request(Method::GET, &path, Some(&people.owner));
            let answer = server.send(page.body(Body::empty()).unwrap()).await;
            assert!(!answer.status.is_server_error(), "{path}: {} {}", answer.status, answer.text());
        }
    }
}

#[tokio::test]
async fn over_sqlite() {
    tried(TestServer::start().await).await;
}

#[tokio::test]
async fn over_postgres() {
    tried(TestServer::start_on(testing::TestDb::postgres().await.unwrap(), |_| {}).await).await;
}

#[tokio::test]
async fn a_form_that_is_none_is_refused_in_our_words() {
    each_server(async |server| {
        let people = server.people().await;
        let edge = "multipart/form-data; boundary=edge";
        for (kind, body) in [
            ("multipart/form-data", "--edge--"),
            ("text/plain", "a picture"),
            ("", ""),
            (edge, ""),
            (edge, "no edge at all"),
            (edge, "--edge\r\nno header\r\n\r\nabc\r\n--edge--"),
            (edge, "--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nno end"),
        ] {
            let upload =
                request(Method::POST, "/api/media", Some(&people.owner)).header("content-type", kind);
            let answer = server.send(upload.body(Body::from(body)).unwrap()).await;
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{kind:?} {body:?} {}",
                answer.text()
            );
            // What our pages have words for, in each language.
            let told: Result<ApiError, _> = serde_json::from_slice(&answer.body);
            assert!(matches!(told, Ok(ApiError::Invalid { .. })), "{}", answer.text());
        }
        let twice = server.get("/oauth/x/callback?state=a&state=b", Some(&people.owner)).await;
        assert_eq!(twice.header("location"), "/accounts?platform=x&problem=bad_state");
    })
    .await;
}
