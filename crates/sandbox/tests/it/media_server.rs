//! A server of pictures, as an instance's public media links are, that keeps what it was asked.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::{Arc, Mutex};

/// Method, user agent and range of each request.
pub(crate) type Seen = Arc<Mutex<Vec<(String, String, String)>>>;

pub(crate) struct MediaServer {
    pub(crate) url: String,
    pub(crate) seen: Seen,
}

#[derive(Clone)]
struct Served {
    bytes: Vec<u8>,
    mime: &'static str,
    seen: Seen,
}

impl MediaServer {
    pub(crate) async fn start(bytes: Vec<u8>, mime: &'static str) -> Self {
        let seen = Seen::default();
        let served = Served { bytes, mime, seen: seen.clone() };
        let router = Router::new().fallback(serve).with_state(served);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/picture", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, seen }
    }
}

async fn serve(State(served): State<Served>, method: Method, headers: HeaderMap) -> Response {
    let text = |name| headers.get(name).map_or(String::new(), |v| v.to_str().unwrap().to_owned());
    let range = text(header::RANGE);
    served.seen.lock().unwrap().push((method.to_string(), text(header::USER_AGENT), range.clone()));
    let total = served.bytes.len();
    if method == Method::HEAD {
        return (
            [(header::CONTENT_LENGTH, total.to_string()), (header::CONTENT_TYPE, served.mime.to_owned())],
            (),
        )
            .into_response();
    }
    let (from, to) = range.strip_prefix("bytes=").unwrap().split_once('-').unwrap();
    let from: usize = from.parse().unwrap();
    let to: usize = to.parse::<usize>().unwrap().min(total - 1);
    let slice = served.bytes[from..=to].to_vec();
    let content_range = format!("bytes {from}-{to}/{total}");
    (StatusCode::PARTIAL_CONTENT, [(header::CONTENT_RANGE, content_range)], slice).into_response()
}
