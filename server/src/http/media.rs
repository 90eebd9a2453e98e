//! Files: uploads in, images out.

use super::errors::{Failure, internal};
use super::limits::too_large;
use super::session::Member;
use super::web::Web;
use axum::Json;
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use http::{HeaderMap, StatusCode};
use model::media::MAX_UPLOAD_BYTES;
use model::{ApiError, MediaId, Permission, Problem};
use service::media::{ScreenSize, StoreError, open_rendition, verify_signed};
use std::ops::Range;
use std::path::{Path as FilePath, PathBuf};
use tokio::io::AsyncWriteExt as _;

/// Takes the part `file` of a multipart body, streamed to a file of ours, and answers with the new media.
pub(super) async fn upload(
    State(web): State<Web>,
    member: Member,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    // Before the bytes are taken in.
    if let Err(error) = member.actor.require(Permission::Publish) {
        return Failure(error).into_response();
    }
    let Ok(mut form) = form else { return broken(Problem::UploadBroken) };
    loop {
        match form.next_field().await {
            Ok(Some(field)) if field.name() == Some("file") => {
                let name = field.file_name().unwrap_or_default().to_owned();
                return take(&web, &member, name, field).await;
            }
            Ok(Some(_)) => {}
            Ok(None) => return broken(Problem::Required),
            Err(error) => return failed(&error),
        }
    }
}

async fn take(web: &Web, member: &Member, name: String, field: Field<'_>) -> Response {
    let Ok(token) = service::secrets::new_token() else {
        return internal("no randomness for an upload's name");
    };
    // Removed when this ends, however it ends.
    let upload = TakenIn(web.upload_dir.join(token));
    match stream(field, &upload.0).await {
        Ok(()) => {}
        Err(Interrupted::TooLarge) => return too_large("file", MAX_UPLOAD_BYTES),
        Err(Interrupted::Form(error)) => return failed(&error),
        Err(Interrupted::Disk(error)) => {
            tracing::error!(%error, "an upload could not be written");
            return internal("an upload could not be written");
        }
    }
    match web.app.services.media.add(member.actor, name, &upload.0).await {
        Ok(media) => (StatusCode::CREATED, Json(media)).into_response(),
        Err(error) => Failure(error).into_response(),
    }
}

struct TakenIn(PathBuf);

impl Drop for TakenIn {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, file.path = %self.0.display(), "an upload's file stays behind");
        }
    }
}

enum Interrupted {
    TooLarge,
    Form(MultipartError),
    Disk(std::io::Error),
}

async fn stream(mut field: Field<'_>, path: &FilePath) -> Result<(), Interrupted> {
    let mut file = tokio::fs::File::create_new(path).await.map_err(Interrupted::Disk)?;
    let mut written = 0;
    while let Some(chunk) = field.chunk().await.map_err(Interrupted::Form)? {
        written += chunk.len() as u64;
        if written > MAX_UPLOAD_BYTES {
            return Err(Interrupted::TooLarge);
        }
        file.write_all(&chunk).await.map_err(Interrupted::Disk)?;
    }
    file.flush().await.map_err(Interrupted::Disk)
}

fn failed(error: &MultipartError) -> Response {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large("file", MAX_UPLOAD_BYTES);
    }
    tracing::info!(%error, "an upload broke off");
    broken(Problem::UploadBroken)
}

fn broken(problem: Problem) -> Response {
    Failure(ApiError::invalid("file", problem)).into_response()
}

/// An image for our own pages: `thumb` or `preview`.
pub(super) async fn for_screen(
    State(web): State<Web>,
    member: Member,
    Path((id, size)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (Ok(id), Ok(size)) = (id.parse::<MediaId>(), size.parse::<ScreenSize>()) else {
        return Err(Failure(ApiError::NotFound));
    };
    tracing::trace!(session.id = %member.session.id, "an image for the screen");
    let (mime, bytes) = open_rendition(&web.app.context, member.actor, id, size).await?;
    // A rendition never changes; whether the person may see it does.
    Ok(([(CONTENT_TYPE, mime.as_str()), (CACHE_CONTROL, "private, max-age=86400, immutable")], bytes)
        .into_response())
}

/// A public image behind a signed address, for platforms: whole or in one range. HEAD is answered by the same.
pub(super) async fn signed(State(web): State<Web>, Path(rest): Path<String>, headers: HeaderMap) -> Response {
    let context = &web.app.context;
    let now = context.db.clock().now();
    let Some(named) = verify_signed(&context.keys, &rest, now) else { return gone() };
    let size = match context.media.size(&named.store_key).await {
        Ok(size) => size,
        Err(error) => return unreadable(&error),
    };
    let wanted = headers.get(RANGE).and_then(|range| range.to_str().ok());
    let max_age = (named.expires - now).num_seconds().clamp(0, 86_400);
    let common = [
        (CONTENT_TYPE, named.mime.to_owned()),
        (ACCEPT_RANGES, "bytes".to_owned()),
        (CONTENT_DISPOSITION, "inline".to_owned()),
        (CACHE_CONTROL, format!("public, max-age={max_age}, immutable")),
    ];
    match wanted.map_or(Asked::Whole, |text| asked(text, size)) {
        Asked::Whole => match context.media.get(&named.store_key).await {
            Ok(bytes) => (common, bytes).into_response(),
            Err(error) => unreadable(&error),
        },
        Asked::Part(range) => {
            let told = format!("bytes {}-{}/{size}", range.start, range.end - 1);
            match context.media.get_range(&named.store_key, range).await {
                Ok(bytes) => {
                    (StatusCode::PARTIAL_CONTENT, common, [(CONTENT_RANGE, told)], bytes).into_response()
                }
                Err(error) => unreadable(&error),
            }
        }
        Asked::Beyond => {
            (StatusCode::RANGE_NOT_SATISFIABLE, [(CONTENT_RANGE, format!("bytes */{size}"))]).into_response()
        }
    }
}

fn gone() -> Response {
    Failure(ApiError::NotFound).into_response()
}

fn unreadable(error: &StoreError) -> Response {
    if matches!(error, StoreError::NotFound | StoreError::BadKey) {
        return gone();
    }
    tracing::error!(%error, "a media file can't be read");
    internal("a media file can't be read")
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part(Range<u64>),
    /// Begins behind the end.
    Beyond,
}

/// One range of bytes (RFC 9110, 14.1.2). What isn't one is ignored, as the RFC allows: the whole file is sent.
fn asked(header: &str, size: u64) -> Asked {
    let Some((from, to)) = header.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-'))
    else {
        return Asked::Whole;
    };
    match (from.parse::<u64>(), to.parse::<u64>()) {
        (Ok(from), Ok(to)) if from <= to && from < size => Asked::Part(from..to.saturating_add(1).min(size)),
        (Ok(from), Err(_)) if to.is_empty() && from < size => Asked::Part(from..size),
        (Err(_), Ok(last)) if from.is_empty() && last > 0 && size > 0 => {
            Asked::Part(size.saturating_sub(last)..size)
        }
        (Ok(from), _) if from >= size => Asked::Beyond,
        _ => Asked::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        for (header, wanted) in [
            ("bytes=0-9", Asked::Part(0..10)),
            ("bytes=90-", Asked::Part(90..100)),
            ("bytes=90-1000", Asked::Part(90..100)),
            ("bytes=-10", Asked::Part(90..100)),
            ("bytes=-1000", Asked::Part(0..100)),
            ("bytes=99-99", Asked::Part(99..100)),
            ("bytes=0-18446744073709551615", Asked::Part(0..100)),
            ("bytes=100-", Asked::Beyond),
            ("bytes=9-0", Asked::Whole),
            ("bytes=-0", Asked::Whole),
            ("bytes=0-9,20-29", Asked::Whole),
            ("items=0-9", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
        ] {
            assert_eq!(asked(header, 100), wanted, "{header}");
        }
    }
}
