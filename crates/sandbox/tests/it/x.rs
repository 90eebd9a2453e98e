//! X: sign-in, rotation, posts, media.

use crate::harness::{Harness, REDIRECT, jpeg, read, text};
use reqwest::StatusCode;
use serde_json::{Value, json};

const SCOPE: &str = "tweet.read tweet.write users.read media.write offline.access";
/// The pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn authorize_address(h: &Harness) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("response_type", "code"),
            ("client_id", "sandbox-x"),
            ("redirect_uri", REDIRECT),
            ("scope", SCOPE),
            ("state", "xyz"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ])
        .finish();
    h.at(&format!("/x/i/oauth2/authorize?{query}"))
}

async fn token(h: &Harness, form: &[(&str, &str)]) -> (StatusCode, Value) {
    let request = h.http.post(h.at("/x/api/2/oauth2/token")).form(form);
    read(request.basic_auth("sandbox-x", Some("sandbox-x-secret")).send().await.unwrap()).await
}

async fn sign_in(h: &Harness) -> Value {
    let back = h.consent(&authorize_address(h), &[("decision", "approve"), ("persona", "maya")]).await;
    assert_eq!(back["state"], "xyz");
    let form = [
        ("grant_type", "authorization_code"),
        ("code", back["code"].as_str()),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    let (status, tokens) = token(h, &form).await;
    assert_eq!(status, 200, "{tokens}");
    tokens
}

async fn post(h: &Harness, token: &str, body: Value) -> (StatusCode, Value) {
    read(h.http.post(h.at("/x/api/2/tweets")).bearer_auth(token).json(&body).send().await.unwrap()).await
}

#[tokio::test]
async fn a_person_signs_in_posts_lists_and_deletes() {
    let h = Harness::start().await;
    let tokens = sign_in(&h).await;
    assert_eq!(tokens["expires_in"], 7200);
    assert_eq!(tokens["scope"], SCOPE);
    let access = text(&tokens, "access_token");
    let (_, me) = h.get("/x/api/2/users/me?user.fields=public_metrics,profile_image_url", access).await;
    assert_eq!(me["data"]["username"], "maya");
    assert!(me["data"]["public_metrics"]["followers_count"].is_u64());

    let (status, made) = post(&h, access, json!({"text": "Hello, café ☕ https://example.com"})).await;
    assert_eq!(status, 201, "{made}");
    let id = text(&made["data"], "id").to_owned();
    let timeline = format!("/x/api/2/users/{}/tweets?tweet.fields=created_at", text(&me["data"], "id"));
    let (_, list) = h.get(&timeline, access).await;
    assert_eq!(list["data"][0]["id"], id);
    assert_eq!(list["meta"]["result_count"], 1);

    let gone =
        h.http.delete(h.at(&format!("/x/api/2/tweets/{id}"))).bearer_auth(access).send().await.unwrap();
    assert_eq!(gone.headers()["x-rate-limit-limit"], "50");
    assert_eq!(gone.json::<Value>().await.unwrap(), json!({"data": {"deleted": true}}));
    let (_, list) = h.get(&timeline, access).await;
    assert_eq!(list["meta"], json!({"result_count": 0}));
    assert_eq!(h.posts("x").await[0]["deleted"], true);
}

#[tokio::test]
async fn a_code_is_good_once_for_thirty_seconds_and_its_verifier() {
    let h = Harness::start().await;
    let address = authorize_address(&h);
    let form = |code: &str, verifier: &str| {
        [
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", REDIRECT.to_owned()),
            ("code_verifier", verifier.to_owned()),
        ]
    };
    let exchange = async |code: &str, verifier: &str| {
        let form = form(code, verifier);
        let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
        token(&h, &form).await
    };
    let code = h.consent(&address, &[("decision", "approve")]).await.remove("code").unwrap();
    let (status, refused) = exchange(&code, &VERIFIER.replace('k', "l")).await;
    assert_eq!((status.as_u16(), text(&refused, "error")), (400, "invalid_request"));

    let code = h.consent(&address, &[("decision", "approve")]).await.remove("code").unwrap();
    h.advance(31).await;
    assert_eq!(exchange(&code, VERIFIER).await.0, 400);

    let code = h.consent(&address, &[("decision", "approve")]).await.remove("code").unwrap();
    let (_, tokens) = exchange(&code, VERIFIER).await;
    let access = text(&tokens, "access_token").to_owned();
    assert_eq!(h.get("/x/api/2/users/me", &access).await.0, 200);
    assert_eq!(exchange(&code, VERIFIER).await.0, 400);
    assert_eq!(h.get("/x/api/2/users/me", &access).await.0, 401, "a replayed code ends its grant");
}

#[tokio::test]
async fn the_app_must_be_known_and_its_redirect_registered() {
    let h = Harness::start().await;
    let evil = authorize_address(&h).replace("127.0.0.1%3A3000", "evil.example");
    assert_eq!(h.http.get(&evil).send().await.unwrap().status(), 400);
    let plain = h.http.post(h.at("/x/api/2/oauth2/token")).form(&[("grant_type", "refresh_token")]);
    let (status, body) = read(plain.send().await.unwrap()).await;
    assert_eq!((status.as_u16(), text(&body, "error")), (401, "unauthorized_client"));
    let back = h.consent(&authorize_address(&h), &[("decision", "deny")]).await;
    assert_eq!(back["error"], "access_denied");
}

#[tokio::test]
async fn a_refresh_token_used_twice_ends_the_family() {
    let h = Harness::start().await;
    let first = sign_in(&h).await;
    let refresh = |t: &Value| text(t, "refresh_token").to_owned();
    let renew = async |t: String| token(&h, &[("grant_type", "refresh_token"), ("refresh_token", &t)]).await;
    let (status, second) = renew(refresh(&first)).await;
    assert_eq!(status, 200);
    assert_ne!(refresh(&first), refresh(&second));
    assert_eq!(h.get("/x/api/2/users/me", text(&second, "access_token")).await.0, 200);
    let (status, refused) = renew(refresh(&first)).await;
    assert_eq!(status, 400);
    assert_eq!(refused["error_description"], "Value passed for the token was invalid.");
    assert_eq!(renew(refresh(&second)).await.0, 400);
    let (status, body) = h.get("/x/api/2/users/me", text(&second, "access_token")).await;
    assert_eq!((status.as_u16(), text(&body, "type")), (401, "about:blank"));
}

#[tokio::test]
async fn access_ends_after_two_hours_and_by_revocation() {
    let h = Harness::start().await;
    let tokens = sign_in(&h).await;
    h.advance(7_201).await;
    assert_eq!(h.get("/x/api/2/users/me", text(&tokens, "access_token")).await.0, 401);
    let tokens = sign_in(&h).await;
    let revoke = h
        .http
        .post(h.at("/x/api/2/oauth2/revoke"))
        .basic_auth("sandbox-x", Some("sandbox-x-secret"))
        .form(&[("token", text(&tokens, "refresh_token"))]);
    assert_eq!(read(revoke.send().await.unwrap()).await.1, json!({"revoked": true}));
    assert_eq!(h.get("/x/api/2/users/me", text(&tokens, "access_token")).await.0, 401);
}

#[tokio::test]
async fn partly_granted_scopes_show_in_the_token_and_are_enforced() {
    let h = Harness::start().await;
    let form =
        [("decision", "approve"), ("scopes_shown", "1"), ("grants", "tweet.read"), ("grants", "users.read")];
    let back = h.consent(&authorize_address(&h), &form).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", back["code"].as_str()),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    let (_, tokens) = token(&h, &form).await;
    assert_eq!(tokens["scope"], "tweet.read users.read");
    assert!(tokens.get("refresh_token").is_none());
    assert_eq!(post(&h, text(&tokens, "access_token"), json!({"text": "no"})).await.0, 403);
}

#[tokio::test]
async fn the_same_text_again_is_refused_without_an_id() {
    let h = Harness::start().await;
    let account = h.account("x").await;
    let access = text(&account, "access_token");
    assert_eq!(post(&h, access, json!({"text": "Once"})).await.0, 201);
    let (status, body) = post(&h, access, json!({"text": "Once"})).await;
    assert_eq!(status, 403);
    assert_eq!(
        body,
        json!({
            "title": "Forbidden", "type": "about:blank", "status": 403,
            "detail": "You are not allowed to create a Tweet with duplicate content.",
        })
    );
    let posts = h.posts("x").await;
    assert_eq!((posts.len(), posts[0]["attempts"].as_u64()), (1, Some(2)));
}

#[tokio::test]
async fn a_text_over_280_and_an_unknown_property_are_refused() {
    let h = Harness::start().await;
    let account = h.account("x").await;
    let access = text(&account, "access_token");
    assert_eq!(post(&h, access, json!({"text": "語".repeat(140)})).await.0, 201);
    assert_eq!(post(&h, access, json!({"text": "語".repeat(141)})).await.0, 403);
    assert_eq!(post(&h, access, json!({"text": "a", "status": "b"})).await.0, 400);
    assert_eq!(post(&h, access, json!({"text": " "})).await.0, 400);
}

#[tokio::test]
async fn a_picture_goes_up_whole_or_in_segments_with_its_alt_text() {
    let h = Harness::start().await;
    let account = h.account("x").await;
    let access = text(&account, "access_token");
    let bytes = jpeg(64, 48);
    let part =
        reqwest::multipart::Part::bytes(bytes.clone()).file_name("a.jpg").mime_str("image/jpeg").unwrap();
    let form = reqwest::multipart::Form::new().part("media", part).text("media_category", "tweet_image");
    let whole = h.http.post(h.at("/x/api/2/media/upload")).bearer_auth(access).multipart(form);
    let (_, whole) = read(whole.send().await.unwrap()).await;
    let first = text(&whole["data"], "id").to_owned();
    assert_eq!(whole["data"]["size"], bytes.len());

    let start = h.http.post(h.at("/x/api/2/media/upload/initialize")).bearer_auth(access).json(
        &json!({"media_type": "image/jpeg", "total_bytes": bytes.len(), "media_category": "tweet_image"}),
    );
    let (_, started) = read(start.send().await.unwrap()).await;
    let second = text(&started["data"], "id").to_owned();
    for (i, chunk) in bytes.chunks(bytes.len() / 2 + 1).enumerate() {
        let part = reqwest::multipart::Part::bytes(chunk.to_vec()).file_name("blob");
        let form = reqwest::multipart::Form::new().text("segment_index", i.to_string()).part("media", part);
        let to = h.at(&format!("/x/api/2/media/upload/{second}/append"));
        assert_eq!(h.http.post(to).bearer_auth(access).multipart(form).send().await.unwrap().status(), 200);
    }
    let done = h.http.post(h.at(&format!("/x/api/2/media/upload/{second}/finalize"))).bearer_auth(access);
    assert_eq!(read(done.send().await.unwrap()).await.1["data"]["id"], second);

    let alt = json!({"id": first, "metadata": {"alt_text": {"text": "A dancing cat"}}});
    let meta = h.http.post(h.at("/x/api/2/media/metadata")).bearer_auth(access).json(&alt);
    assert_eq!(meta.send().await.unwrap().status(), 200);
    let (status, _) = post(&h, access, json!({"text": "Two", "media": {"media_ids": [first, second]}})).await;
    assert_eq!(status, 201);
    let media = h.posts("x").await[0]["media"].clone();
    assert_eq!(media[0]["alt"], "A dancing cat");
    assert_eq!(media[0]["sha256"], media[1]["sha256"]);
    let blob =
        h.http.get(h.at(&format!("/control/blobs/{}", text(&media[0], "sha256")))).send().await.unwrap();
    assert_eq!(blob.bytes().await.unwrap(), bytes);
}
