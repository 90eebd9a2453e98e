//! LinkedIn: sign-in, versions, posts, duplicates, images.

use crate::harness::{Harness, REDIRECT, jpeg, read, text};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

/// The example of the posts API's documentation, with our author and words.
fn body(author: &str, commentary: &str) -> Value {
    json!({
        "author": author,
        "commentary": commentary,
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": false,
    })
}

async fn post(h: &Harness, token: &str, body: &Value) -> Response {
    let request = h.http.post(h.at("/linkedin/api/rest/posts")).bearer_auth(token).json(body);
    request
        .header("LinkedIn-Version", "202610")
        .header("X-Restli-Protocol-Version", "2.0.0")
        .send()
        .await
        .unwrap()
}

async fn member(h: &Harness) -> (String, String) {
    let account = h.account("linkedin").await;
    (text(&account, "access_token").to_owned(), format!("urn:li:person:{}", text(&account, "id")))
}

#[tokio::test]
async fn a_member_signs_in_and_is_known() {
    let h = Harness::start().await;
    let address = h.at(&format!(
        "/linkedin/oauth/v2/authorization?response_type=code&client_id=sandbox-linkedin&redirect_uri={REDIRECT}\
         &state=s&scope=openid%20profile%20email%20w_member_social"
    ));
    let denied = h.consent(&address, &[("decision", "deny")]).await;
    assert_eq!(denied["error"], "user_cancelled_authorize");
    let back = h.consent(&address, &[("decision", "approve"), ("persona", "theo")]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", back["code"].as_str()),
        ("client_id", "sandbox-linkedin"),
        ("client_secret", "sandbox-linkedin-secret"),
        ("redirect_uri", REDIRECT),
    ];
    let exchange = async || {
        read(h.http.post(h.at("/linkedin/oauth/v2/accessToken")).form(&form).send().await.unwrap()).await
    };
    let (_, tokens) = exchange().await;
    assert_eq!(tokens["expires_in"], 5_184_000);
    assert!(tokens.get("refresh_token").is_none());
    let access = text(&tokens, "access_token");
    let (_, me) = h.get("/linkedin/api/v2/userinfo", access).await;
    assert_eq!((text(&me, "given_name"), text(&me, "family_name")), ("Théo", "Okafor"));
    h.control("/control/expire", json!({"platform": "linkedin", "account": "theo"})).await;
    let (status, refused) = h.get("/linkedin/api/v2/userinfo", access).await;
    assert_eq!((status.as_u16(), text(&refused, "code")), (401, "EXPIRED_ACCESS_TOKEN"));
    assert_eq!(exchange().await.0, StatusCode::BAD_REQUEST, "a code is good once");
}

#[tokio::test]
async fn a_post_answers_its_urn_in_a_header_and_a_double_names_it() {
    let h = Harness::start().await;
    let (token, author) = member(&h).await;
    let made = post(&h, &token, &body(&author, "Hello \\(world\\) #rust")).await;
    assert_eq!(made.status(), 201);
    let urn = made.headers()["x-restli-id"].to_str().unwrap().to_owned();
    assert!(urn.starts_with("urn:li:share:"));
    assert!(made.bytes().await.unwrap().is_empty());
    assert_eq!(h.posts("linkedin").await[0]["text"], "Hello (world) #rust");
    let (status, refused) = read(post(&h, &token, &body(&author, "Hello \\(world\\) #rust")).await).await;
    assert_eq!(status, 422);
    let error = &refused["errorDetails"]["inputErrors"][0];
    assert_eq!(error["code"], "DUPLICATE_POST");
    assert_eq!(text(error, "description"), format!("Content is a duplicate of {urn}"));
    assert_eq!(h.posts("linkedin").await.len(), 1);

    let encoded = urn.replace(':', "%3A");
    for _ in 0..2 {
        let gone = h.http.delete(h.at(&format!("/linkedin/api/rest/posts/{encoded}"))).bearer_auth(&token);
        assert_eq!(gone.header("LinkedIn-Version", "202610").send().await.unwrap().status(), 204);
    }
    assert_eq!(h.posts("linkedin").await[0]["deleted"], true);
    let list = h.http.get(h.at("/linkedin/api/rest/posts?q=author")).bearer_auth(&token);
    let list = list.header("LinkedIn-Version", "202610").send().await.unwrap();
    assert_eq!(list.status(), 403, "members can't list their posts");
}

#[tokio::test]
async fn version_author_and_length_are_checked() {
    let h = Harness::start().await;
    let (token, author) = member(&h).await;
    let ok = body(&author, "a");
    let send = async |version: Option<&str>| {
        let mut request = h.http.post(h.at("/linkedin/api/rest/posts")).bearer_auth(&token).json(&ok);
        if let Some(version) = version {
            request = request.header("LinkedIn-Version", version);
        }
        let (status, body) = read(request.send().await.unwrap()).await;
        (status.as_u16(), text(&body, "code").to_owned())
    };
    assert_eq!(send(None).await, (400, "VERSION_MISSING".to_owned()));
    assert_eq!(send(Some("202401")).await, (426, "NONEXISTENT_VERSION".to_owned()));
    assert_eq!(post(&h, &token, &body("urn:li:person:someoneelse", "a")).await.status(), 403);
    let (status, long) = read(post(&h, &token, &body(&author, &"a".repeat(3_001))).await).await;
    assert_eq!((status.as_u16(), text(&long, "code")), (400, "FIELD_LENGTH_TOO_LONG"));
    assert_eq!(post(&h, &token, &body(&author, "not (escaped)")).await.status(), 422);
}

#[tokio::test]
async fn a_picture_is_registered_uploaded_and_posted() {
    let h = Harness::start().await;
    let (token, author) = member(&h).await;
    let start = h.http.post(h.at("/linkedin/api/rest/images?action=initializeUpload")).bearer_auth(&token);
    let start = start
        .header("LinkedIn-Version", "202610")
        .json(&json!({"initializeUploadRequest": {"owner": author}}));
    let (_, started) = read(start.send().await.unwrap()).await;
    let urn = text(&started["value"], "image").to_owned();
    let mut with_picture = body(&author, "Look");
    with_picture["content"] = json!({"media": {"id": urn, "altText": "A field"}});
    assert_eq!(post(&h, &token, &with_picture).await.status(), 422, "nothing uploaded yet");
    let put = h.http.put(text(&started["value"], "uploadUrl")).bearer_auth(&token).body(jpeg(30, 30));
    assert_eq!(put.send().await.unwrap().status(), 201);
    assert_eq!(post(&h, &token, &with_picture).await.status(), 201);
    assert_eq!(h.posts("linkedin").await[0]["media"][0]["alt"], "A field");
}
