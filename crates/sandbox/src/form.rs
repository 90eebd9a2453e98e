//! Bodies of requests, read whole, whatever form they come in.

use axum::RequestExt;
use axum::extract::{Multipart, Request};
use bytes::Bytes;
use http::header;
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Largest body taken; the largest documented upload in one request is X's 512 MB video, of which tests send none.
pub(crate) const MAX_BODY: usize = 64 << 20;

/// A file of a multipart body.
#[derive(Debug, Clone)]
pub(crate) struct FilePart {
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
}

/// Named values of query, form, multipart or JSON object.
#[derive(Debug, Default, Clone)]
pub(crate) struct Params {
    pub(crate) values: BTreeMap<String, String>,
    pub(crate) files: Vec<FilePart>,
}

/// The body could not be read as its content type says.
#[derive(Debug, thiserror::Error)]
#[error("the body is not readable: {0}")]
pub(crate) struct BadBody(pub(crate) String);

impl Params {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str).filter(|v| !v.is_empty())
    }

    pub(crate) fn file(&self, name: &str) -> Option<&FilePart> {
        self.files.iter().find(|f| f.name == name)
    }

    pub(crate) fn from_query(query: Option<&str>) -> Self {
        let mut params = Self::default();
        params.add_encoded(query.unwrap_or_default().as_bytes());
        params
    }

    fn add_encoded(&mut self, bytes: &[u8]) {
        for (name, value) in url::form_urlencoded::parse(bytes) {
            // A set of ticked boxes comes as one name several times.
            match self.values.entry(name.into_owned()) {
                Entry::Occupied(mut old) if old.key() == "grants" => {
                    old.get_mut().push(' ');
                    old.get_mut().push_str(&value);
                }
                Entry::Occupied(mut old) => {
                    old.insert(value.into_owned());
                }
                Entry::Vacant(new) => {
                    new.insert(value.into_owned());
                }
            }
        }
    }

    /// Query and body together; the body wins.
    pub(crate) async fn read(request: Request) -> Result<Self, BadBody> {
        let mut params = Self::from_query(request.uri().query());
        let kind = content_type(request.headers());
        if kind.starts_with("multipart/form-data") {
            params.add_multipart(request).await?;
            return Ok(params);
        }
        let body = read_body(request).await?;
        if kind.starts_with("application/json") && !body.is_empty() {
            let Ok(Value::Object(object)) = serde_json::from_slice::<Value>(&body) else {
                return Err(BadBody("not a JSON object".to_owned()));
            };
            for (name, value) in object {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                params.values.insert(name, text);
            }
        } else if kind.is_empty() || kind.starts_with("application/x-www-form-urlencoded") {
            params.add_encoded(&body);
        }
        Ok(params)
    }

    async fn add_multipart(&mut self, request: Request) -> Result<(), BadBody> {
        let mut parts: Multipart = request
            .extract()
            .await
            .map_err(|e: axum::extract::multipart::MultipartRejection| BadBody(e.body_text()))?;
        while let Some(part) = parts.next_field().await.map_err(|e| BadBody(e.body_text()))? {
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = part.file_name().is_some();
            let bytes = part.bytes().await.map_err(|e| BadBody(e.body_text()))?;
            if is_file {
                self.files.push(FilePart { name, bytes });
            } else if let Ok(text) = std::str::from_utf8(&bytes) {
                self.values.insert(name, text.to_owned());
            } else {
                self.files.push(FilePart { name, bytes });
            }
        }
        Ok(())
    }
}

/// The whole body.
pub(crate) async fn read_body(request: Request) -> Result<Bytes, BadBody> {
    axum::body::to_bytes(request.into_body(), MAX_BODY).await.map_err(|e| BadBody(e.to_string()))
}

/// The content type in lower case; empty when absent.
pub(crate) fn content_type(headers: &http::HeaderMap) -> String {
    headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_ascii_lowercase()
}

/// The token of `Authorization: Bearer …`.
pub(crate) fn bearer(headers: &http::HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|t| !t.is_empty())
}
