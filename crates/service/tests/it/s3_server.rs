//! An S3 store of one bucket, in memory: path style, requests signed by AWS Signature Version 4 and checked as its
//! documentation says, <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{HeaderMap, Method, StatusCode, Uri};
use platforms::Secret;
use service::media::S3Settings;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

const BUCKET: &str = "media";
const KEY_ID: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const REGION: &str = "eu-test-1";

#[derive(Clone, Default)]
struct World {
    files: Arc<Mutex<BTreeMap<String, Bytes>>>,
    /// Method and path of each request that was let in.
    seen: Arc<Mutex<Vec<String>>>,
}

pub(crate) struct S3Server {
    world: World,
    url: String,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for S3Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl S3Server {
    pub(crate) async fn start() -> Self {
        let world = World::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(world.clone());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { world, url, task }
    }

    pub(crate) fn settings(&self) -> S3Settings {
        S3Settings {
            endpoint: Some(self.url.parse().unwrap()),
            region: REGION.to_owned(),
            bucket: BUCKET.to_owned(),
            key_id: KEY_ID.to_owned(),
            secret: Secret::new(SECRET),
            path_style: true,
        }
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        self.world.files.lock().unwrap().keys().cloned().collect()
    }

    pub(crate) fn seen(&self) -> Vec<String> {
        self.world.seen.lock().unwrap().clone()
    }
}

async fn answer(
    State(world): State<World>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Err(why) = check(&method, &uri, &headers, &body) {
        return error(StatusCode::FORBIDDEN, "SignatureDoesNotMatch", why);
    }
    world.seen.lock().unwrap().push(format!("{method} {}", uri.path()));
    let Some(key) = uri.path().strip_prefix(&format!("/{BUCKET}/")).map(str::to_owned) else {
        return error(StatusCode::NOT_FOUND, "NoSuchBucket", "path style, one bucket");
    };
    let mut files = world.files.lock().unwrap();
    match method {
        Method::PUT => {
            files.insert(key, body);
            ([("etag", "\"1\"")], StatusCode::OK).into_response()
        }
        Method::DELETE => {
            files.remove(&key);
            StatusCode::NO_CONTENT.into_response()
        }
        Method::GET | Method::HEAD => match files.get(&key) {
            Some(bytes) => found(&headers, bytes),
            None => error(StatusCode::NOT_FOUND, "NoSuchKey", "no such file"),
        },
        _ => error(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", "not offered"),
    }
}

fn found(headers: &HeaderMap, bytes: &Bytes) -> Response {
    let facts = [
        ("etag", "\"1\"".to_owned()),
        ("last-modified", "Wed, 15 Jan 2025 12:00:00 GMT".to_owned()),
        ("accept-ranges", "bytes".to_owned()),
    ];
    let range = headers.get("range").and_then(|range| range.to_str().ok()?.strip_prefix("bytes="));
    let Some((from, to)) = range.and_then(|range| range.split_once('-')) else {
        return (facts, bytes.clone()).into_response();
    };
    let (from, to): (usize, usize) = (from.parse().unwrap(), to.parse().unwrap());
    if from >= bytes.len() {
        return error(StatusCode::RANGE_NOT_SATISFIABLE, "InvalidRange", "beyond its end");
    }
    let to = to.min(bytes.len() - 1);
    let span = [("content-range", format!("bytes {from}-{to}/{}", bytes.len()))];
    (StatusCode::PARTIAL_CONTENT, facts, span, bytes.slice(from..=to)).into_response()
}

fn error(status: StatusCode, code: &str, message: &str) -> Response {
    let body = format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>");
    (status, [("content-type", "application/xml")], body).into_response()
}

/// The signature, made anew from what came.
fn check(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<(), &'static str> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let given = header("authorization").strip_prefix("AWS4-HMAC-SHA256 ").ok_or("not signed")?;
    let part = |name: &str| {
        given
            .split(',')
            .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
            .unwrap_or_default()
    };
    let (credential, signed, signature) = (part("Credential"), part("SignedHeaders"), part("Signature"));
    let when = header("x-amz-date");
    let day = when.get(..8).ok_or("no date")?;
    let scope = format!("{day}/{REGION}/s3/aws4_request");
    if credential != format!("{KEY_ID}/{scope}") {
        return Err("another key, region or service");
    }
    let hash = header("x-amz-content-sha256");
    if hash != hex::encode(Sha256::digest(body)) {
        return Err("another body");
    }
    if !["host", "x-amz-content-sha256", "x-amz-date"]
        .iter()
        .all(|needed| signed.split(';').any(|h| h == *needed))
    {
        return Err("too few headers are signed");
    }
    let mut query: Vec<&str> =
        uri.query().unwrap_or_default().split('&').filter(|part| !part.is_empty()).collect();
    query.sort_unstable();
    let canonical_headers: String =
        signed.split(';').map(|name| format!("{name}:{}\n", header(name).trim())).collect();
    let canonical =
        format!("{method}\n{}\n{}\n{canonical_headers}\n{signed}\n{hash}", uri.path(), query.join("&"));
    let to_sign = format!("AWS4-HMAC-SHA256\n{when}\n{scope}\n{}", hex::encode(Sha256::digest(canonical)));
    let key = [day, REGION, "s3", "aws4_request"]
        .iter()
        .fold(format!("AWS4{SECRET}").into_bytes(), |key, text| mac(&key, text.as_bytes()));
    if hex::encode(mac(&key, to_sign.as_bytes())) == signature { Ok(()) } else { Err("another signature") }
}

fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}
