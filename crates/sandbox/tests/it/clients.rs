//! What client libraries lean on beyond the bare calls: refusals in the platform's shape wherever they go, expansions,
//! old versions, media read back. Each was missed by a library that was pointed at the sandbox.

use crate::harness::{Harness, png, read, text};
use serde_json::{Value, json};

#[tokio::test]
async fn unknown_paths_and_methods_are_refused_in_the_platform_s_shape() {
    let h = Harness::start().await;
    let cases = [
        ("GET", "/x/api/2/nowhere", 404, "/title", json!("Not Found")),
        ("PUT", "/x/api/2/tweets", 405, "/title", json!("Method Not Allowed")),
        ("GET", "/facebook/graph/v26.0/a/b/c", 400, "/error/code", json!(2500)),
        ("GET", "/facebook/graph/me", 400, "/error/code", json!(104)),
        ("GET", "/instagram/api/oauth/access_token", 400, "/error/type", json!("OAuthException")),
        ("GET", "/linkedin/api/rest/nowhere", 404, "/code", json!("RESOURCE_NOT_FOUND")),
        ("PUT", "/linkedin/api/rest/posts", 405, "/status", json!(405)),
        ("GET", "/xrpc/com.atproto.repo.createRecord", 400, "/error", json!("InvalidRequest")),
        ("POST", "/bluesky/xrpc/com.atproto.nothing", 501, "/error", json!("MethodNotImplemented")),
    ];
    for (method, path, status, at, value) in cases {
        let request = h.http.request(method.parse().unwrap(), h.at(path));
        let (found, body) = read(request.send().await.unwrap()).await;
        assert_eq!((found.as_u16(), body.pointer(at)), (status, Some(&value)), "{method} {path}: {body}");
    }
    let refused = h.http.get(h.at("/x/api/2/users/me")).send().await.unwrap();
    assert_eq!(refused.headers()["content-type"], "application/problem+json");
}

#[tokio::test]
async fn posts_of_x_are_read_with_author_thread_and_people() {
    let h = Harness::start().await;
    let author = h.account("x").await;
    let token = text(&author, "access_token");
    let tweet = async |body: Value| {
        let sent = h.http.post(h.at("/x/api/2/tweets")).bearer_auth(token).json(&body).send().await.unwrap();
        read(sent).await.1["data"]["id"].as_str().unwrap().to_owned()
    };
    let first = tweet(json!({"text": "One"})).await;
    let second = tweet(json!({"text": "Two", "reply": {"in_reply_to_tweet_id": first}})).await;
    let view = "tweet.fields=conversation_id,in_reply_to_user_id&expansions=author_id,referenced_tweets.id";
    let (_, read) = h.get(&format!("/x/api/2/tweets/{second}?{view}"), token).await;
    assert_eq!(read["data"]["conversation_id"], first.as_str());
    assert_eq!(read["data"]["in_reply_to_user_id"], author["id"]);
    assert_eq!(read["data"]["referenced_tweets"], json!([{"type": "replied_to", "id": first}]));
    assert_eq!(read["includes"]["users"][0]["username"], author["handle"]);
    assert_eq!(read["includes"]["tweets"][0]["text"], "One");
    let timeline = format!("/x/api/2/users/{}/tweets", text(&author, "id"));
    let (_, own) = h.get(&format!("{timeline}?exclude=replies"), token).await;
    assert_eq!((&own["meta"]["result_count"], &own["data"][0]["id"]), (&json!(1), &json!(first)));
    let users = format!("/x/api/2/users/by?usernames={},nobody_at_all", text(&author, "handle"));
    let (_, users) = h.get(&users, token).await;
    assert_eq!(users["data"].as_array().unwrap().len(), 1);
    assert_eq!(users["errors"][0]["resource_id"], "nobody_at_all");
    for wrong in ["abc", "1?tweet.fields=nothing", "1?expansions=nothing"] {
        let (status, body) = h.get(&format!("/x/api/2/tweets/{wrong}"), token).await;
        assert_eq!((status.as_u16(), text(&body, "title")), (400, "Invalid Request"), "{wrong}");
    }
}

#[tokio::test]
async fn old_versions_of_the_graph_serve_and_pictures_of_a_page_are_read_back() {
    let h = Harness::start().await;
    let account = h.account("facebook").await;
    let (page, token) = (text(&account["pages"][0], "id"), text(&account["pages"][0], "access_token"));
    let mut photos = Vec::new();
    for size in [20, 30] {
        let part = reqwest::multipart::Part::bytes(png(size, 20)).file_name("a.png").mime_str("image/png");
        let form = reqwest::multipart::Form::new().text("published", "false").part("source", part.unwrap());
        let sent = h.http.post(h.at(&format!("/facebook/graph/v3.1/{page}/photos"))).bearer_auth(token);
        photos.push(text(&read(sent.multipart(form).send().await.unwrap()).await.1, "id").to_owned());
    }
    let (_, photo) = h.get(&format!("/facebook/graph/{}?fields=images,width", photos[1]), token).await;
    assert_eq!((&photo["width"], &photo["images"][0]["height"]), (&json!(30), &json!(20)));

    let media: Vec<Value> = photos.iter().map(|id| json!({"media_fbid": id})).collect();
    let form = [("message", "Two"), ("attached_media", &json!(media).to_string())];
    let sent = h.http.post(h.at("/facebook/graph/me/feed")).bearer_auth(token).form(&form);
    let post = text(&read(sent.send().await.unwrap()).await.1, "id").to_owned();
    let address = format!("/facebook/graph/{post}");
    let edit = h.http.post(h.at(&address)).bearer_auth(token).form(&[("message", "Both")]);
    assert_eq!(read(edit.send().await.unwrap()).await.1, json!({"success": true}));
    let (_, post) = h.get(&format!("{address}?fields=message,attachments{{subattachments}}"), token).await;
    let album = &post["attachments"]["data"][0];
    assert_eq!((&post["message"], &album["type"]), (&json!("Both"), &json!("album")));
    assert_eq!(album["subattachments"]["data"][1]["target"]["id"], photos[1].as_str());
}

#[tokio::test]
async fn a_bluesky_server_is_at_the_root_too_and_shows_embeds() {
    let h = Harness::start().await;
    let account = h.account("bluesky").await;
    let (did, token) = (text(&account, "id"), text(&account, "access_token"));
    let blob = h.http.post(h.at("/xrpc/com.atproto.repo.uploadBlob")).bearer_auth(token);
    let blob = blob.header("content-type", "image/png").body(png(20, 10)).send().await.unwrap();
    let image = json!({"image": read(blob).await.1["blob"], "alt": "A dot"});
    let record = json!({
        "$type": "app.bsky.feed.post", "text": "Look", "createdAt": "2026-11-21T06:00:00.000Z",
        "embed": {"$type": "app.bsky.embed.images", "images": [image]},
    });
    let body = json!({"repo": did, "collection": "app.bsky.feed.post", "record": record});
    let made = h.http.post(h.at("/xrpc/com.atproto.repo.createRecord")).bearer_auth(token).json(&body);
    let made = read(made.send().await.unwrap()).await.1;
    let (_, thread) =
        h.get(&format!("/xrpc/app.bsky.feed.getPostThread?uri={}", text(&made, "uri")), token).await;
    let embed = &thread["thread"]["post"]["embed"];
    assert_eq!(embed["$type"], "app.bsky.embed.images#view", "{thread}");
    let picture = h.http.get(text(&embed["images"][0], "fullsize")).send().await.unwrap();
    assert_eq!(picture.bytes().await.unwrap(), png(20, 10));
}
