//! Bluesky: sessions, records by own rkey, blobs, facets.

use crate::harness::{Harness, jpeg, read, text};
use reqwest::StatusCode;
use serde_json::{Value, json};

const POST: &str = "app.bsky.feed.post";
/// A TID of <https://atproto.com/specs/tid>.
const TID: &str = "3jzfcijpj2z2a";

async fn call(h: &Harness, name: &str, token: &str, body: Value) -> (StatusCode, Value) {
    let to = h.at(&format!("/bluesky/xrpc/com.atproto.{name}"));
    read(h.http.post(to).bearer_auth(token).json(&body).send().await.unwrap()).await
}

async fn sign_in(h: &Harness) -> Value {
    let people = h.http.get(h.at("/control/accounts?platform=bluesky")).send().await.unwrap();
    let people: Value = people.json().await.unwrap();
    let body = json!({"identifier": people[0]["handle"], "password": people[0]["password"]});
    let session = h.http.post(h.at("/bluesky/xrpc/com.atproto.server.createSession")).json(&body);
    let (status, session) = read(session.send().await.unwrap()).await;
    assert_eq!(status, 200, "{session}");
    session
}

fn record(text: &str) -> Value {
    json!({"$type": POST, "text": text, "createdAt": "2026-11-21T06:00:00.000Z", "langs": ["en"]})
}

#[tokio::test]
async fn a_session_is_made_renewed_and_ended() {
    let h = Harness::start().await;
    let session = sign_in(&h).await;
    assert_eq!(session["handle"], "maya.sandbox.test");
    assert!(text(&session, "did").starts_with("did:plc:"));
    let access = text(&session, "accessJwt");
    let refresh = text(&session, "refreshJwt");
    let (status, wrong) = call(&h, "server.refreshSession", access, json!({})).await;
    assert_eq!((status.as_u16(), text(&wrong, "error")), (400, "InvalidToken"));
    h.advance(7_201).await;
    let (status, body) = h.get("/bluesky/xrpc/com.atproto.server.getSession", access).await;
    assert_eq!((status.as_u16(), text(&body, "error")), (400, "ExpiredToken"));
    let (_, renewed) = call(&h, "server.refreshSession", refresh, json!({})).await;
    let (status, again) = call(&h, "server.refreshSession", refresh, json!({})).await;
    assert_eq!(status, 200, "a used refresh token has a grace period: {again}");
    let access = text(&renewed, "accessJwt");
    assert_eq!(h.get("/bluesky/xrpc/com.atproto.server.getSession", access).await.0, 200);
    assert_eq!(call(&h, "server.deleteSession", text(&renewed, "refreshJwt"), json!({})).await.0, 200);
    let (status, body) = h.get("/bluesky/xrpc/com.atproto.server.getSession", access).await;
    assert_eq!((status.as_u16(), text(&body, "message")), (400, "Token has been revoked"));
}

#[tokio::test]
async fn refusals_have_the_names_of_the_real_server() {
    let h = Harness::start().await;
    let plain = h.http.get(h.at("/bluesky/xrpc/com.atproto.server.getSession"));
    let (status, body) = read(plain.send().await.unwrap()).await;
    assert_eq!((status.as_u16(), text(&body, "error")), (401, "AuthMissing"));
    let (status, body) = h.get("/bluesky/xrpc/com.atproto.server.getSession", "garbage").await;
    assert_eq!((status.as_u16(), text(&body, "error")), (400, "InvalidToken"));
    let wrong = json!({"identifier": "maya.sandbox.test", "password": "aaaa-bbbb-cccc-dddd"});
    let wrong = h.http.post(h.at("/bluesky/xrpc/com.atproto.server.createSession")).json(&wrong);
    let (status, body) = read(wrong.send().await.unwrap()).await;
    assert_eq!((status.as_u16(), text(&body, "error")), (401, "AuthenticationRequired"));
}

#[tokio::test]
async fn put_with_the_same_rkey_changes_nothing_and_create_fails() {
    let h = Harness::start().await;
    let session = sign_in(&h).await;
    let (access, did) = (text(&session, "accessJwt"), text(&session, "did"));
    let write = json!({"repo": did, "collection": POST, "rkey": TID, "record": record("Hello")});
    let (status, first) = call(&h, "repo.putRecord", access, write.clone()).await;
    assert_eq!(status, 200, "{first}");
    assert!(first["commit"]["cid"].is_string());
    let (_, second) = call(&h, "repo.putRecord", access, write.clone()).await;
    assert_eq!((&second["uri"], &second["cid"]), (&first["uri"], &first["cid"]));
    assert!(second.get("commit").is_none());
    let (status, _) = call(&h, "repo.createRecord", access, write).await;
    assert_eq!(status, 500);
    let posts = h.posts("bluesky").await;
    assert_eq!(
        (posts.len(), posts[0]["key"].as_str(), posts[0]["attempts"].as_u64()),
        (1, Some(TID), Some(3))
    );

    let at = format!("/bluesky/xrpc/com.atproto.repo.getRecord?repo={did}&collection={POST}&rkey={TID}");
    assert_eq!(h.get(&at, access).await.1["value"]["text"], "Hello");
    let feed = format!("/bluesky/xrpc/app.bsky.feed.getAuthorFeed?actor={did}");
    assert_eq!(h.get(&feed, access).await.1["feed"][0]["post"]["record"]["text"], "Hello");
    let delete = json!({"repo": did, "collection": POST, "rkey": TID});
    for _ in 0..2 {
        assert_eq!(call(&h, "repo.deleteRecord", access, delete.clone()).await.0, 200);
    }
    let (status, body) = h.get(&at, access).await;
    assert_eq!((status.as_u16(), text(&body, "error")), (400, "RecordNotFound"));
}

#[tokio::test]
async fn records_are_held_against_the_lexicon() {
    let h = Harness::start().await;
    let session = sign_in(&h).await;
    let (access, did) = (text(&session, "accessJwt"), text(&session, "did"));
    let send = async |rkey: &str, record: Value| {
        let write = json!({"repo": did, "collection": POST, "rkey": rkey, "record": record});
        call(&h, "repo.putRecord", access, write).await
    };
    let (status, body) = send("not-a-tid", record("a")).await;
    assert_eq!((status.as_u16(), text(&body, "message")), (400, "Invalid TID string"));
    let (_, body) = send(TID, record(&"a".repeat(301))).await;
    assert!(
        text(&body, "message").contains("grapheme too big (maximum 300, got 301) at $.record.text"),
        "{body}"
    );
    let (status, _) = send("3jzfcijpj2z2b", record(&"👨‍👩‍👧‍👦".repeat(120))).await;
    assert_eq!(status, 200);
    let facet = |from: usize, to: usize| {
        let mut record = record("Café https://a.test");
        record["facets"] = json!([{
            "index": {"byteStart": from, "byteEnd": to},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://a.test"}],
        }]);
        record
    };
    assert_eq!(send(TID, facet(6, 20)).await.0, 200, "offsets count UTF-8 bytes");
    assert_eq!(send(TID, facet(4, 19)).await.0, 400, "the range cuts é");
    assert_eq!(send(TID, facet(6, 21)).await.0, 400);
}

#[tokio::test]
async fn blobs_must_be_uploaded_first_and_keep_their_bytes() {
    let h = Harness::start().await;
    let session = sign_in(&h).await;
    let (access, did) = (text(&session, "accessJwt"), text(&session, "did"));
    let bytes = jpeg(40, 30);
    let upload = h.http.post(h.at("/bluesky/xrpc/com.atproto.repo.uploadBlob")).bearer_auth(access);
    let upload = upload.header("content-type", "image/jpeg").body(bytes.clone()).send().await.unwrap();
    assert_eq!(upload.headers()["ratelimit-policy"], "1000;w=86400");
    let blob = read(upload).await.1["blob"].clone();
    assert_eq!(blob["size"], bytes.len());
    let with = |blob: &Value| {
        let mut record = record("Picture");
        record["embed"] = json!({
            "$type": "app.bsky.embed.images",
            "images": [{"alt": "A colour field", "image": blob, "aspectRatio": {"width": 40, "height": 30}}],
        });
        json!({"repo": did, "collection": POST, "record": record})
    };
    let mut unknown = blob.clone();
    unknown["ref"]["$link"] = json!("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
    let (status, body) = call(&h, "repo.createRecord", access, with(&unknown)).await;
    assert_eq!((status.as_u16(), text(&body, "error")), (400, "BlobNotFound"));
    assert_eq!(call(&h, "repo.createRecord", access, with(&blob)).await.0, 200);
    let media = h.posts("bluesky").await[0]["media"][0].clone();
    assert_eq!(media["alt"], "A colour field");
    let cid = text(&blob["ref"], "$link");
    let back = h.at(&format!("/bluesky/xrpc/com.atproto.sync.getBlob?did={did}&cid={cid}"));
    assert_eq!(h.http.get(back).send().await.unwrap().bytes().await.unwrap(), bytes);
}
