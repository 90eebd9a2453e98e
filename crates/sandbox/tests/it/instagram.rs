//! Instagram: tokens by age, containers, pictures really fetched, published once.

use crate::harness::{Harness, REDIRECT, jpeg, png, read, text};
use crate::media_server::MediaServer;
use reqwest::StatusCode;
use serde_json::{Value, json};

const GRAPH: &str = "/instagram/graph/v26.0";

async fn post(h: &Harness, path: &str, token: &str, form: &[(&str, &str)]) -> (StatusCode, Value) {
    let to = h.at(&format!("{GRAPH}{path}"));
    read(h.http.post(to).bearer_auth(token).form(form).send().await.unwrap()).await
}

async fn business(h: &Harness) -> (String, String) {
    let account = h.account("instagram").await;
    (text(&account, "id").to_owned(), text(&account, "access_token").to_owned())
}

async fn status(h: &Harness, container: &str, token: &str) -> String {
    let (_, body) = h.get(&format!("{GRAPH}/{container}?fields=status_code,status"), token).await;
    text(&body, "status_code").to_owned()
}

#[tokio::test]
async fn tokens_grow_from_an_hour_to_sixty_days_and_renew_after_a_day() {
    let h = Harness::start().await;
    let address = h.at(&format!(
        "/instagram/oauth/authorize?client_id=sandbox-instagram&redirect_uri={REDIRECT}&response_type=code&state=s\
         &scope=instagram_business_basic,instagram_business_content_publish"
    ));
    let back = h.consent(&address, &[("decision", "approve"), ("persona", "lindqvist.coffee")]).await;
    let form = [
        ("client_id", "sandbox-instagram"),
        ("client_secret", "sandbox-instagram-secret"),
        ("grant_type", "authorization_code"),
        ("redirect_uri", REDIRECT),
        ("code", back["code"].as_str()),
    ];
    let exchange = h.http.post(h.at("/instagram/api/oauth/access_token")).form(&form);
    let (_, short) = read(exchange.send().await.unwrap()).await;
    assert_eq!(short["permissions"][0], "instagram_business_basic");
    let long = format!(
        "/instagram/graph/access_token?grant_type=ig_exchange_token&client_secret=sandbox-instagram-secret&access_token={}",
        text(&short, "access_token")
    );
    let (_, long) = read(h.http.get(h.at(&long)).send().await.unwrap()).await;
    assert_eq!(long["expires_in"], 5_184_000);
    let token = text(&long, "access_token");
    let refresh =
        format!("/instagram/graph/refresh_access_token?grant_type=ig_refresh_token&access_token={token}");
    let renew = async || read(h.http.get(h.at(&refresh)).send().await.unwrap()).await;
    assert_eq!(renew().await.0, 400, "younger than 24 hours");
    h.advance(86_401).await;
    assert_eq!(renew().await.0, 200);
    let (_, me) = h.get(&format!("{GRAPH}/me?fields=user_id,username,account_type"), token).await;
    assert_eq!((text(&me, "username"), text(&me, "account_type")), ("lindqvist.coffee", "BUSINESS"));
    h.advance(60 * 86_400).await;
    let (code, expired) = renew().await;
    assert_eq!((code.as_u16(), expired["error"]["code"].as_i64()), (400, Some(190)));
}

#[tokio::test]
async fn a_picture_is_fetched_processed_and_published_once() {
    let h = Harness::start().await;
    let (id, token) = business(&h).await;
    let noisy = {
        // Larger than one range, so that the fetch takes several.
        let mut bytes = jpeg(800, 800);
        bytes.resize(1_500_000, 0);
        bytes
    };
    let server = MediaServer::start(noisy.clone(), "image/jpeg").await;
    let form = [("image_url", server.url.as_str()), ("caption", "Hello #coffee"), ("alt_text", "A cup")];
    let (code, made) = post(&h, &format!("/{id}/media"), &token, &form).await;
    assert_eq!(code, 200, "{made}");
    let seen = server.seen.lock().unwrap().clone();
    assert_eq!(seen[0].0, "HEAD");
    assert!(seen.iter().all(|s| s.1.starts_with("facebookexternalhit/1.1")));
    assert_eq!((seen[1].2.as_str(), seen[2].2.as_str()), ("bytes=0-1048575", "bytes=1048576-2097151"));

    let container = text(&made, "id").to_owned();
    assert_eq!(status(&h, &container, &token).await, "IN_PROGRESS");
    let publish =
        async || post(&h, &format!("/{id}/media_publish"), &token, &[("creation_id", &container)]).await;
    let (code, early) = publish().await;
    assert_eq!((code.as_u16(), early["error"]["code"].as_i64()), (400, Some(9007)));
    h.advance(1).await;
    assert_eq!(status(&h, &container, &token).await, "FINISHED");
    h.fault(json!({"platform": "instagram", "kind": "lost_answer", "endpoint": "commit", "count": 1})).await;
    let to = h.at(&format!("{GRAPH}/{id}/media_publish"));
    let lost = h.http.post(to).bearer_auth(&token).form(&[("creation_id", &container)]).send().await;
    assert!(lost.is_err());
    assert_eq!(status(&h, &container, &token).await, "PUBLISHED");
    assert_eq!(publish().await.0, 400, "a container is published once");
    let posts = h.posts("instagram").await;
    assert_eq!(posts.len(), 1);
    assert_eq!((&posts[0]["key"], &posts[0]["media"][0]["alt"]), (&json!(container), &json!("A cup")));
    assert_eq!(posts[0]["media"][0]["bytes"], noisy.len());
    let (_, list) = h.get(&format!("{GRAPH}/{id}/media?fields=id,caption,permalink,timestamp"), &token).await;
    assert_eq!(list["data"][0]["caption"], "Hello #coffee");
    let (_, quota) =
        h.get(&format!("{GRAPH}/{id}/content_publishing_limit?fields=quota_usage,config"), &token).await;
    assert_eq!(
        (&quota["data"][0]["quota_usage"], &quota["data"][0]["config"]["quota_total"]),
        (&json!(1), &json!(100))
    );
}

#[tokio::test]
async fn wrong_pictures_are_refused_with_their_subcodes() {
    let h = Harness::start().await;
    let (id, token) = business(&h).await;
    let try_with = async |bytes: Vec<u8>, mime: &'static str| {
        let server = MediaServer::start(bytes, mime).await;
        let (_, body) = post(&h, &format!("/{id}/media"), &token, &[("image_url", &server.url)]).await;
        body["error"]["error_subcode"].as_i64()
    };
    assert_eq!(try_with(png(100, 100), "image/png").await, Some(2_207_005));
    assert_eq!(try_with(png(100, 100), "image/jpeg").await, Some(2_207_005), "a lie about the type");
    assert_eq!(try_with(jpeg(100, 400), "image/jpeg").await, Some(2_207_009));
    let (_, gone) =
        post(&h, &format!("/{id}/media"), &token, &[("image_url", "http://127.0.0.1:9/none")]).await;
    assert_eq!(gone["error"]["error_subcode"], 2_207_052);
    let (_, long) = post(&h, &format!("/{id}/media"), &token, &[("caption", &"a".repeat(2_201))]).await;
    assert_eq!(long["error"]["error_subcode"], 2_207_010);
}

#[tokio::test]
async fn a_carousel_waits_for_its_children_and_containers_fail_and_expire() {
    let h = Harness::start().await;
    let (id, token) = business(&h).await;
    let server = MediaServer::start(jpeg(100, 100), "image/jpeg").await;
    let mut children = Vec::new();
    for _ in 0..2 {
        let form = [("image_url", server.url.as_str()), ("is_carousel_item", "true")];
        let (_, child) = post(&h, &format!("/{id}/media"), &token, &form).await;
        children.push(text(&child, "id").to_owned());
    }
    let listed = children.join(",");
    let form = [("media_type", "CAROUSEL"), ("children", listed.as_str()), ("caption", "Both")];
    let (_, parent) = post(&h, &format!("/{id}/media"), &token, &form).await;
    h.advance(1).await;
    let (code, _) =
        post(&h, &format!("/{id}/media_publish"), &token, &[("creation_id", text(&parent, "id"))]).await;
    assert_eq!(code, 200);
    assert_eq!(h.posts("instagram").await[0]["media"].as_array().unwrap().len(), 2);

    h.fault(json!({"platform": "instagram", "kind": "container_error", "count": 1, "code": -2, "subcode": 2_207_003}))
        .await;
    let (_, failing) = post(&h, &format!("/{id}/media"), &token, &[("image_url", &server.url)]).await;
    let (_, fine) = post(&h, &format!("/{id}/media"), &token, &[("image_url", &server.url)]).await;
    h.advance(86_401).await;
    assert_eq!(status(&h, text(&failing, "id"), &token).await, "ERROR");
    assert_eq!(status(&h, text(&fine, "id"), &token).await, "EXPIRED");
}
