//! Posts as records under a key of our own: writing the same record to the same key again changes nothing
//! (seen on `@atproto/pds` 0.4.217), so a commit may always be repeated. For that the record must be the same each time:
//! what a mention resolves to is found once, in preparation.

use super::facets::{facets, handles};
use super::{Bluesky, method, read};
use crate::contract::{
    Access, Deleted, Failure, FailureKind, Look, MediaSource, Payload, Prepare, Progress, RemotePost,
};
use crate::failure::Call;
use chrono::SecondsFormat;
use http::header::CONTENT_TYPE;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const COLLECTION: &str = "app.bsky.feed.post";

#[derive(Default, Serialize, Deserialize)]
struct Made {
    /// `None` until the mentions are resolved.
    facets: Option<Vec<Value>>,
    /// Blobs as the server described them, in the order of the images.
    #[serde(default)]
    blobs: Vec<Value>,
}

#[derive(Deserialize)]
struct Resolved {
    did: String,
}

#[derive(Deserialize)]
struct Uploaded {
    blob: Value,
}

#[derive(Deserialize)]
struct Put {
    uri: String,
}

/// The record key at the end of an `at://` address.
pub(super) fn rkey(uri: &str) -> &str {
    uri.rsplit('/').next().unwrap_or(uri)
}

impl Bluesky {
    pub(super) async fn make_next(
        &self,
        access: &Access,
        payload: &Payload,
        source: &dyn MediaSource,
        progress: &Progress,
    ) -> Result<Prepare, Failure> {
        let mut made: Made = progress.read();
        if made.facets.is_none() {
            made.facets = Some(facets(&payload.text, &self.resolve(access, &payload.text).await?));
            return Ok(Prepare::Stored(Progress::of(&made)));
        }
        let Some(medium) = payload.media.get(made.blobs.len()) else { return Ok(Prepare::Ready) };
        let request = self
            .http
            .post(method(&access.host, "com.atproto.repo.uploadBlob"))
            .header(CONTENT_TYPE, &medium.mime)
            .body(source.bytes(medium).await?);
        let answer = self.ask(&access.token, request, Call::Repeatable).await?;
        made.blobs.push(read::<Uploaded>(&answer, Call::Repeatable)?.blob);
        Ok(Prepare::Stored(Progress::of(&made)))
    }

    /// The identities of the mentioned handles. A handle that nobody has is left out.
    async fn resolve(&self, access: &Access, text: &str) -> Result<BTreeMap<String, String>, Failure> {
        let mut dids = BTreeMap::new();
        for handle in handles(text) {
            let request = self
                .http
                .get(method(&access.host, "com.atproto.identity.resolveHandle"))
                .query(&[("handle", &handle)]);
            match self.ask(&access.token, request, Call::Repeatable).await {
                Ok(answer) => {
                    dids.insert(handle, read::<Resolved>(&answer, Call::Repeatable)?.did);
                }
                Err(failure) if failure.kind == FailureKind::Rejected => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(dids)
    }

    pub(super) async fn put(
        &self,
        access: &Access,
        payload: &Payload,
        progress: &Progress,
    ) -> Result<RemotePost, Failure> {
        let body = json!({
            "repo": access.remote_id,
            "collection": COLLECTION,
            "rkey": payload.publish_key,
            "record": record(payload, progress.read::<Made>()),
        });
        let request = self.http.post(method(&access.host, "com.atproto.repo.putRecord")).json(&body);
        let answer = self.ask(&access.token, request, Call::Commit).await?;
        Ok(self.post(access, read::<Put>(&answer, Call::Commit)?.uri, payload))
    }

    /// Reads the record under our key: the certain answer.
    pub(super) async fn find(&self, access: &Access, payload: &Payload) -> Result<Look, Failure> {
        let request = self.http.get(method(&access.host, "com.atproto.repo.getRecord")).query(&[
            ("repo", access.remote_id.as_str()),
            ("collection", COLLECTION),
            ("rkey", &payload.publish_key),
        ]);
        match self.ask(&access.token, request, Call::Repeatable).await {
            Ok(answer) => {
                let uri = read::<Put>(&answer, Call::Repeatable)?.uri;
                Ok(Look::Found(vec![self.post(access, uri, payload)]))
            }
            Err(failure) if failure.code.as_deref() == Some("RecordNotFound") => Ok(Look::Absent),
            Err(failure) => Err(failure),
        }
    }

    /// Deleting what is gone succeeds, so it may be repeated.
    pub(super) async fn remove(&self, access: &Access, remote_id: &str) -> Result<Deleted, Failure> {
        let body = json!({ "repo": access.remote_id, "collection": COLLECTION, "rkey": rkey(remote_id) });
        let request = self.http.post(method(&access.host, "com.atproto.repo.deleteRecord")).json(&body);
        self.ask(&access.token, request, Call::Repeatable).await.map(|_| Deleted::Gone)
    }

    fn post(&self, access: &Access, uri: String, payload: &Payload) -> RemotePost {
        RemotePost {
            url: Some(self.public_url(&access.handle, rkey(&uri))),
            id: uri,
            published_at: Some(payload.created_at),
        }
    }
}

/// <https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json>
fn record(payload: &Payload, made: Made) -> Value {
    let mut record = json!({
        "$type": COLLECTION,
        "text": payload.text,
        "createdAt": payload.created_at.to_rfc3339_opts(SecondsFormat::Millis, true),
    });
    if let Some(facets) = made.facets.filter(|facets| !facets.is_empty()) {
        record["facets"] = json!(facets);
    }
    let images: Vec<Value> = payload
        .media
        .iter()
        .zip(made.blobs)
        .map(|(medium, blob)| {
            json!({
                "alt": medium.alt,
                "image": blob,
                "aspectRatio": { "width": medium.width, "height": medium.height },
            })
        })
        .collect();
    if !images.is_empty() {
        record["embed"] = json!({ "$type": "app.bsky.embed.images", "images": images });
    }
    record
}
