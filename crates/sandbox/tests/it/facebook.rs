//! Facebook: dialog, exchange, Pages, posts with true doubles, photos.

use crate::harness::{Harness, REDIRECT, jpeg, png, read, text};
use crate::media_server::MediaServer;
use reqwest::StatusCode;
use serde_json::{Value, json};

const GRAPH: &str = "/facebook/graph/v26.0";

async fn post(h: &Harness, path: &str, token: &str, form: &[(&str, &str)]) -> (StatusCode, Value) {
    let mut form = form.to_vec();
    form.push(("access_token", token));
    read(h.http.post(h.at(&format!("{GRAPH}{path}"))).form(&form).send().await.unwrap()).await
}

async fn page(h: &Harness) -> (String, String) {
    let account = h.account("facebook").await;
    let page = &account["pages"][0];
    (text(page, "id").to_owned(), text(page, "access_token").to_owned())
}

async fn exchange(h: &Harness, extra: &str) -> (StatusCode, Value) {
    let query = format!("client_id=sandbox-facebook&client_secret=sandbox-facebook-secret&{extra}");
    read(h.http.get(h.at(&format!("{GRAPH}/oauth/access_token?{query}"))).send().await.unwrap()).await
}

#[tokio::test]
async fn a_person_connects_pages_through_a_long_lived_token() {
    let h = Harness::start().await;
    let address = h.at(&format!(
        "/facebook/v26.0/dialog/oauth?client_id=sandbox-facebook&redirect_uri={REDIRECT}&state=s\
         &response_type=code&scope=pages_show_list,pages_manage_posts,pages_read_engagement,read_insights"
    ));
    let denied = h.consent(&address, &[("decision", "deny")]).await;
    assert_eq!((denied["error"].as_str(), denied["error_reason"].as_str()), ("access_denied", "user_denied"));
    let back = h.consent(&address, &[("decision", "approve"), ("persona", "maya")]).await;
    let code = format!("redirect_uri={REDIRECT}&code={}", back["code"]);
    let (status, short) = exchange(&h, &code).await;
    assert_eq!(status, 200, "{short}");
    let (status, again) = exchange(&h, &code).await;
    assert_eq!((status.as_u16(), again["error"]["code"].as_i64()), (400, Some(100)));
    let (_, long) = exchange(
        &h,
        &format!("grant_type=fb_exchange_token&fb_exchange_token={}", text(&short, "access_token")),
    )
    .await;
    assert_eq!(long["expires_in"], 5_184_000);
    let user = text(&long, "access_token");
    let (_, pages) =
        h.get(&format!("{GRAPH}/me/accounts?fields=id,name,access_token,picture{{url}}"), user).await;
    assert_eq!(pages["data"].as_array().unwrap().len(), 3);
    assert_eq!(pages["data"][0]["name"], "Lindqvist Coffee");
    let page_token = text(&pages["data"][0], "access_token").to_owned();

    h.advance(61 * 86_400).await;
    let (status, expired) = h.get(&format!("{GRAPH}/me"), user).await;
    assert_eq!((status.as_u16(), expired["error"]["error_subcode"].as_i64()), (400, Some(463)));
    let (status, me) = h.get(&format!("{GRAPH}/me?fields=id,name,followers_count"), &page_token).await;
    assert_eq!((status.as_u16(), text(&me, "name")), (200, "Lindqvist Coffee"), "a Page token has no end");
    let debug = format!(
        "{GRAPH}/debug_token?input_token={page_token}&access_token=sandbox-facebook%7Csandbox-facebook-secret"
    );
    let (_, debug) = read(h.http.get(h.at(&debug)).send().await.unwrap()).await;
    assert_eq!((&debug["data"]["is_valid"], &debug["data"]["expires_at"]), (&json!(true), &json!(0)));
}

#[tokio::test]
async fn doubles_are_true_doubles_and_listed() {
    let h = Harness::start().await;
    let (page, token) = page(&h).await;
    let form = [("message", "Hello"), ("fields", "id,permalink_url")];
    let (status, first) = post(&h, &format!("/{page}/feed"), &token, &form).await;
    assert_eq!(status, 200, "{first}");
    let number = text(&first, "id").strip_prefix(&format!("{page}_")).unwrap();
    assert_eq!(text(&first, "permalink_url"), h.at(&format!("/facebook/{page}/posts/{number}")));
    let (_, second) = post(&h, &format!("/{page}/feed"), &token, &form).await;
    assert_ne!(first["id"], second["id"]);
    let at = format!("{GRAPH}/{page}/published_posts?fields=id,message,created_time&limit=1");
    let (_, list) = h.get(&at, &token).await;
    assert_eq!(list["data"][0]["id"], second["id"]);
    let after = text(&list["paging"]["cursors"], "after");
    let (_, rest) = h.get(&format!("{at}&after={after}"), &token).await;
    assert_eq!(rest["data"][0]["id"], first["id"]);
    let gone = h.http.delete(h.at(&format!("{GRAPH}/{}", text(&first, "id")))).bearer_auth(&token);
    assert_eq!(read(gone.send().await.unwrap()).await.1, json!({"success": true}));
    let (status, missing) = h.get(&format!("{GRAPH}/{}", text(&first, "id")), &token).await;
    assert_eq!((status.as_u16(), missing["error"]["error_subcode"].as_i64()), (400, Some(33)));
    assert_eq!(h.posts("facebook").await.iter().filter(|p| p["deleted"] == false).count(), 1);
}

#[tokio::test]
async fn photos_come_by_file_or_address_and_join_in_one_post() {
    let h = Harness::start().await;
    let (page, token) = page(&h).await;
    let server = MediaServer::start(jpeg(60, 40), "image/jpeg").await;
    let (status, fetched) =
        post(&h, &format!("/{page}/photos"), &token, &[("url", &server.url), ("published", "false")]).await;
    assert_eq!(status, 200, "{fetched}");
    let methods: Vec<String> = server.seen.lock().unwrap().iter().map(|s| s.0.clone()).collect();
    assert_eq!(methods, ["HEAD", "GET"]);
    let part = reqwest::multipart::Part::bytes(png(20, 20)).file_name("a.png").mime_str("image/png").unwrap();
    let form = reqwest::multipart::Form::new()
        .text("access_token", token.clone())
        .text("published", "false")
        .part("source", part);
    let sent = h.http.post(h.at(&format!("{GRAPH}/{page}/photos"))).multipart(form).send().await.unwrap();
    let (_, sent) = read(sent).await;
    assert!(h.posts("facebook").await.is_empty(), "unpublished photos are no posts");
    let media = |v: &Value| json!({"media_fbid": text(v, "id")}).to_string();
    let (first, second) = (media(&fetched), media(&sent));
    let form =
        [("message", "Two"), ("attached_media[0]", first.as_str()), ("attached_media[1]", second.as_str())];
    assert_eq!(post(&h, &format!("/{page}/feed"), &token, &form).await.0, 200);
    let (_, alone) =
        post(&h, &format!("/{page}/photos"), &token, &[("url", &server.url), ("caption", "One")]).await;
    assert!(text(&alone, "post_id").starts_with(&page));
    let posts = h.posts("facebook").await;
    assert_eq!(posts[0]["media"].as_array().unwrap().len(), 2);
    assert_eq!(posts[1]["text"], "One");
    let log = h.http.get(h.at("/control/requests?platform=facebook")).send().await.unwrap();
    assert_eq!(log.json::<Vec<Value>>().await.unwrap().len(), 2, "unpublished photos are no commits");
}

#[tokio::test]
async fn wrong_tokens_and_removed_apps_are_told_apart() {
    let h = Harness::start().await;
    let (page, token) = page(&h).await;
    let (_, bad) = post(&h, &format!("/{page}/feed"), "nonsense", &[("message", "a")]).await;
    assert_eq!(bad["error"]["code"], 190);
    h.fault(json!({"platform": "facebook", "kind": "lost_answer", "endpoint": "commit", "count": 1})).await;
    let form = [("message", "lost"), ("access_token", token.as_str())];
    assert!(h.http.post(h.at(&format!("{GRAPH}/{page}/feed"))).form(&form).send().await.is_err());
    assert_eq!(h.posts("facebook").await.len(), 1);
    h.control("/control/revoke", json!({"platform": "facebook"})).await;
    let (status, removed) = post(&h, &format!("/{page}/feed"), &token, &[("message", "a")]).await;
    assert_eq!((status.as_u16(), removed["error"]["error_subcode"].as_i64()), (400, Some(458)));
    h.fault(json!({"platform": "facebook", "kind": "rate_limit", "count": 1})).await;
    let limited = h.http.get(h.at(&format!("{GRAPH}/me"))).bearer_auth(&token).send().await.unwrap();
    assert!(
        limited.headers()["x-business-use-case-usage"]
            .to_str()
            .unwrap()
            .contains("estimated_time_to_regain_access")
    );
    assert_eq!(read(limited).await.1["error"]["code"], 32);
}
