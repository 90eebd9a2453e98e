//! The public pages of posts and accounts, and what every page has.

use crate::harness::{Harness, REDIRECT, jpeg, png, text};
use crate::media_server::MediaServer;
use reqwest::{RequestBuilder, StatusCode};
use sandbox::SandboxConfig;
use serde_json::{Value, json};
use url::Url;

/// The sandbox's mark.
const MARK: &str = "Sandbox: nothing leaves this machine";

async fn page(h: &Harness, path: &str) -> (StatusCode, String) {
    let answer = h.http.get(h.at(path)).send().await.unwrap();
    let status = answer.status();
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8", "{path}: {status}");
    let html = answer.text().await.unwrap();
    assert!(html.contains("<link rel=\"icon\" href=\"data:,\">"), "{path}: {html}");
    assert!(html.contains(MARK), "{path}: {html}");
    (status, html)
}

/// A page that holds each of `parts`; with and without a slash at the end.
async fn shows(h: &Harness, path: &str, parts: &[&str]) -> String {
    let bare = path.trim_end_matches('/');
    let (status, html) = page(h, bare).await;
    assert_eq!(status, 200, "{path}: {html}");
    assert!(parts.iter().all(|part| html.contains(part)), "{path}: {parts:?} in {html}");
    assert_eq!(page(h, &format!("{bare}/")).await, (status, html.clone()), "{path}");
    html
}

async fn gone(h: &Harness, path: &str, words: &str) {
    let (status, html) = page(h, path).await;
    assert_eq!(status, 410, "{html}");
    assert!(html.contains("This post was deleted") && !html.contains(words), "{html}");
}

async fn send(request: RequestBuilder, token: &str) -> Value {
    let answer = request.bearer_auth(token).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default()
}

/// Token, identifier and handle of a new account.
async fn somebody(h: &Harness, platform: &str) -> (String, String, String) {
    let account = h.account(platform).await;
    let own = |name| text(&account, name).to_owned();
    (own("access_token"), own("id"), own("handle"))
}

#[tokio::test]
async fn a_post_on_x_has_its_page_until_it_is_deleted() {
    let h = Harness::start().await;
    let (token, _, handle) = somebody(&h, "x").await;
    let body = json!({"text": "Fish & <b>chips</b>"});
    let made = send(h.http.post(h.at("/x/api/2/tweets")).json(&body), &token).await;
    let id = text(&made["data"], "id");
    let path = format!("/x/{handle}/status/{id}");
    let at = format!("@{handle}");
    let html = shows(&h, &path, &["Fish &amp; &lt;b&gt;chips&lt;/b&gt;", &at, " UTC</time>"]).await;
    assert!(!html.contains("<b>chips"), "{html}");
    let profile = format!("/x/{handle}");
    shows(&h, &profile, &["Fish &amp;", &at, &h.at(&path)]).await;
    shows(&h, "/", &[&h.at(&path), &h.at("/x/maya")]).await;
    send(h.http.delete(h.at(&format!("/x/api/2/tweets/{id}"))), &token).await;
    gone(&h, &path, "Fish").await;
    assert!(!shows(&h, &profile, &["Nothing published yet."]).await.contains("Fish"));
}

#[tokio::test]
async fn a_page_of_facebook_and_its_posts_are_where_their_links_lead() {
    let h = Harness::start().await;
    let account = h.account("facebook").await;
    let (id, token) = (text(&account["pages"][0], "id"), text(&account["pages"][0], "access_token"));
    let graph = format!("/facebook/graph/v26.0/{id}");
    let part = reqwest::multipart::Part::bytes(png(20, 20)).file_name("a.png").mime_str("image/png").unwrap();
    let form = reqwest::multipart::Form::new().text("published", "false").text("alt_text_custom", "A cup");
    let photo = h.http.post(h.at(&format!("{graph}/photos"))).multipart(form.part("source", part));
    let photo = json!({"media_fbid": send(photo, token).await["id"]}).to_string();
    let form = [("message", "Open today"), ("fields", "id,permalink_url"), ("attached_media[0]", &photo)];
    let made = send(h.http.post(h.at(&format!("{graph}/feed"))).form(&form), token).await;

    let link = text(&made, "permalink_url").to_owned();
    let path = link.strip_prefix(&h.at("")).unwrap_or_else(|| panic!("{link} is elsewhere"));
    let html = shows(&h, path, &["Open today", "alt=\"A cup\"", &link]).await;
    let image = html.split("<img src=\"").find(|part| part.contains("A cup")).unwrap();
    let image = h.http.get(image.split('"').next().unwrap()).send().await.unwrap();
    assert_eq!(
        (image.status(), image.headers()["content-type"].to_str().unwrap()),
        (StatusCode::OK, "image/png")
    );

    let post = text(&made, "id");
    shows(&h, &format!("/facebook/{post}"), &["Open today"]).await;
    let (_, about) = h.get(&format!("{graph}?fields=link,username,name"), token).await;
    let profile = text(&about, "link").strip_prefix(&h.at("")).unwrap();
    for path in [profile, &format!("/facebook/{}", text(&about, "username"))] {
        shows(&h, path, &[text(&about, "name"), "Open today"]).await;
    }
    send(h.http.delete(h.at(&format!("/facebook/graph/v26.0/{post}"))), token).await;
    gone(&h, path, "Open today").await;
}

#[tokio::test]
async fn what_a_page_does_not_publish_stays_its_own() {
    let h = Harness::start().await;
    let account = h.account("facebook").await;
    let (id, token) = (text(&account["pages"][0], "id"), text(&account["pages"][0], "access_token"));
    let form = [("message", "Not yet"), ("published", "false")];
    let made = send(h.http.post(h.at(&format!("/facebook/graph/v26.0/{id}/feed"))).form(&form), token).await;
    assert_eq!(page(&h, &format!("/facebook/{}", text(&made, "id"))).await.0, 404);
    assert!(!page(&h, &format!("/facebook/{id}")).await.1.contains("Not yet"));
}

#[tokio::test]
async fn a_picture_on_instagram_is_where_its_permalink_leads() {
    let h = Harness::start().await;
    let (token, id, handle) = somebody(&h, "instagram").await;
    let server = MediaServer::start(jpeg(60, 60), "image/jpeg").await;
    let graph = format!("/instagram/graph/v26.0/{id}");
    let form = [("image_url", server.url.as_str()), ("caption", "Morning light"), ("alt_text", "A window")];
    let made = send(h.http.post(h.at(&format!("{graph}/media"))).form(&form), &token).await;
    h.advance(1).await;
    let form = [("creation_id", text(&made, "id"))];
    let made = send(h.http.post(h.at(&format!("{graph}/media_publish"))).form(&form), &token).await;
    let fields = format!("/instagram/graph/v26.0/{}?fields=permalink,shortcode", text(&made, "id"));
    let (_, media) = h.get(&fields, &token).await;
    let path = format!("/instagram/p/{}/", text(&media, "shortcode"));
    assert_eq!(text(&media, "permalink"), h.at(&path));
    shows(&h, &path, &["Morning light", "alt=\"A window\"", &handle]).await;
    shows(&h, &format!("/instagram/{handle}/"), &["Morning light", &h.at(&path)]).await;
}

#[tokio::test]
async fn an_update_on_linkedin_has_its_page_and_its_author_no_handle() {
    let h = Harness::start().await;
    let (token, id, handle) = somebody(&h, "linkedin").await;
    let body = json!({
        "author": format!("urn:li:person:{id}"), "commentary": "We are hiring", "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED"}, "lifecycleState": "PUBLISHED",
    });
    let versioned =
        |request: RequestBuilder| request.header("LinkedIn-Version", "202610").bearer_auth(&token);
    let made = versioned(h.http.post(h.at("/linkedin/api/rest/posts")).json(&body)).send().await.unwrap();
    let urn = made.headers()["x-restli-id"].to_str().unwrap();
    let path = format!("/linkedin/feed/update/{urn}");
    let html = shows(&h, &path, &["We are hiring"]).await;
    assert!(!html.contains(&format!("@{handle}")), "{html}");
    shows(&h, &format!("/linkedin/feed/update/{}", urn.replace(':', "%3A")), &["We are hiring"]).await;
    shows(&h, &format!("/linkedin/in/{handle}"), &["We are hiring", &h.at(&path)]).await;
    let api = h.http.delete(h.at(&format!("/linkedin/api/rest/posts/{}", urn.replace(':', "%3A"))));
    assert_eq!(versioned(api).send().await.unwrap().status(), 204);
    gone(&h, &path, "hiring").await;
}

#[tokio::test]
async fn a_post_on_bluesky_is_found_by_handle_and_by_did() {
    let h = Harness::start().await;
    let (token, did, handle) = somebody(&h, "bluesky").await;
    let record = json!({
        "$type": "app.bsky.feed.post", "text": "Blue skies", "createdAt": "2026-11-21T06:00:00.000Z",
    });
    let repo = "/bluesky/xrpc/com.atproto.repo";
    let body = json!({"repo": did, "collection": "app.bsky.feed.post", "record": record});
    let made = send(h.http.post(h.at(&format!("{repo}.createRecord"))).json(&body), &token).await;
    let rkey = text(&made, "uri").rsplit('/').next().unwrap();
    let path = format!("/bluesky/profile/{handle}/post/{rkey}");
    for author in [&handle, &did] {
        let profile = format!("/bluesky/profile/{author}");
        shows(&h, &format!("{profile}/post/{rkey}"), &["Blue skies", &h.at(&path)]).await;
        shows(&h, &profile, &["Blue skies", &h.at(&path)]).await;
    }
    let body = json!({"repo": did, "collection": "app.bsky.feed.post", "rkey": rkey});
    send(h.http.post(h.at(&format!("{repo}.deleteRecord"))).json(&body), &token).await;
    gone(&h, &path, "Blue skies").await;
}

#[tokio::test]
async fn unknown_posts_and_people_have_a_page_that_says_so() {
    let h = Harness::start().await;
    for path in [
        "/x/nobody",
        "/x/maya/status/1",
        "/facebook/nobody",
        "/facebook/1/posts/2",
        "/instagram/nobody/",
        "/instagram/p/abcdefghijk/",
        "/linkedin/in/nobody",
        "/linkedin/feed/update/urn:li:share:1",
        "/bluesky/profile/nobody.sandbox.test",
        "/bluesky/profile/maya.sandbox.test/post/3jzfcijpj2z2a",
    ] {
        let (status, html) = page(&h, path).await;
        assert_eq!(status, 404, "{path}");
        assert!(html.contains("There is no such"), "{path}: {html}");
    }
}

#[tokio::test]
async fn consent_and_refusal_have_an_icon_too() {
    let h = Harness::start().await;
    let address = format!(
        "/instagram/oauth/authorize?client_id=sandbox-instagram&redirect_uri={REDIRECT}&response_type=code\
         &scope=instagram_business_basic"
    );
    assert_eq!(page(&h, &address).await.0, 200);
    assert_eq!(page(&h, &address.replace("sandbox-instagram", "other")).await.0, 400);
}

#[tokio::test]
async fn links_are_built_on_the_public_address() {
    let public_url = Some(Url::parse("https://demo.test/sandbox/").unwrap());
    let h = Harness::with(SandboxConfig { public_url, ..SandboxConfig::in_memory() }).await;
    let listening = format!("http://{}", h.sandbox.addr());
    let profile = h.http.get(format!("{listening}/bluesky/profile/maya.sandbox.test")).send().await.unwrap();
    let html = profile.text().await.unwrap();
    assert!(html.contains("href=\"https://demo.test/sandbox/bluesky/profile/maya.sandbox.test\""), "{html}");
    assert!(html.contains("src=\"https://demo.test/sandbox/avatar/bluesky/did:plc:"), "{html}");
}
