//! The images of a workspace.

use super::encode::Encoded;
use super::error::MediaError;
use super::picture::decode;
use super::rendition::{ScreenSize, on_thread, original_key, row_of, screen_files};
use super::view;
use crate::context::Context;
use crate::errors::OrInternal as _;
use async_trait::async_trait;
use bytes::Bytes;
use model::media::{ImageFormat, MAX_UPLOAD_BYTES, MediaView};
use model::page::Page;
use model::services::MediaService;
use model::{Actor, ApiError, ApiResult, Conflict, MediaId, Permission, Problem};
use sha2::{Digest as _, Sha256};
use std::path::Path;
use storage::media::{NewMedia, RenditionRow};

const PAGE: usize = 40;
/// In characters.
const MAX_NAME: usize = 200;
const MAX_ALT: usize = 10_000;

/// The use cases of media.
pub struct MediaLibrary {
    context: Context,
}

/// What looking at an upload found and made.
struct Taken {
    format: ImageFormat,
    width: u32,
    height: u32,
    sha256: [u8; 32],
    files: Vec<(ScreenSize, Encoded)>,
}

impl MediaLibrary {
    pub fn new(context: Context) -> Self {
        Self { context }
    }

    /// Takes an upload in whose bytes are at hand.
    ///
    /// # Errors
    /// As [`MediaService::add`].
    pub async fn add_bytes(&self, actor: Actor, name: &str, original: Bytes) -> ApiResult<MediaId> {
        actor.require(Permission::Publish)?;
        let seen = original.clone();
        let taken = on_thread(move || look_at(&seen)).await?;
        Ok(self.store(actor, &file_name(name), original, taken).await?)
    }

    /// Stores the files, then the rows; a file without a row is never served.
    async fn store(
        &self,
        actor: Actor,
        name: &str,
        original: Bytes,
        taken: Taken,
    ) -> Result<MediaId, MediaError> {
        let now = self.context.db.clock().now();
        let workspace = actor.workspace;
        let id: MediaId = storage::new_id(now);
        let bytes = i64::try_from(original.len()).unwrap_or(i64::MAX);
        self.context.media.put(&original_key(workspace, id), original).await?;
        let mut renditions: Vec<RenditionRow> = Vec::with_capacity(taken.files.len());
        for (size, file) in taken.files {
            let row = row_of(workspace, id, size.key(), &file);
            self.context.media.put(&row.store_key, file.bytes.into()).await?;
            renditions.push(row);
        }
        let media = NewMedia {
            id,
            workspace,
            person: actor.user,
            name,
            format: taken.format,
            bytes,
            width: taken.width.into(),
            height: taken.height.into(),
            sha256: &taken.sha256,
            now,
        };
        let mut tx = self.context.db.begin().await?;
        storage::media::insert(&mut tx, &media).await?;
        for row in &renditions {
            storage::media::insert_rendition(&mut tx, workspace, row).await?;
        }
        tx.commit().await?;
        Ok(id)
    }
}

#[async_trait]
impl MediaService for MediaLibrary {
    async fn add(&self, actor: Actor, name: String, path: &Path) -> ApiResult<MediaView> {
        actor.require(Permission::Publish)?;
        let id = self.add_bytes(actor, &name, read_upload(path).await?).await?;
        self.get(actor, id).await
    }

    async fn get(&self, actor: Actor, media: MediaId) -> ApiResult<MediaView> {
        actor.require(Permission::View)?;
        let mut tx = self.context.db.read().await.or_internal()?;
        let row = storage::media::get(&mut tx, actor.workspace, media).await.or_internal()?;
        row.map(view).ok_or(ApiError::NotFound)
    }

    async fn list(&self, actor: Actor, cursor: Option<String>) -> ApiResult<Page<MediaView>> {
        actor.require(Permission::View)?;
        let before = cursor.map(|cursor| cursor.parse()).transpose();
        let before = before.map_err(|_| ApiError::invalid("cursor", Problem::BadValue))?;
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut tx = self.context.db.read().await.or_internal()?;
        let mut rows = storage::media::list(&mut tx, actor.workspace, before, limit).await.or_internal()?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
        Ok(Page { items: rows.into_iter().map(view).collect(), next })
    }

    async fn set_alt(&self, actor: Actor, media: MediaId, alt: String) -> ApiResult<()> {
        actor.require(Permission::Publish)?;
        let got = alt.chars().count();
        if got > MAX_ALT {
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            return Err(ApiError::invalid("alt", Problem::TooLong { max: count(MAX_ALT), got: count(got) }));
        }
        if alt.contains('\0') {
            // PostgreSQL's text can't hold it.
            return Err(ApiError::invalid("alt", Problem::BadValue));
        }
        let mut tx = self.context.db.begin().await.or_internal()?;
        if !storage::media::set_alt(&mut tx, actor.workspace, media, &alt).await.or_internal()? {
            return Err(ApiError::NotFound);
        }
        tx.commit().await.or_internal()
    }

    async fn delete(&self, actor: Actor, media: MediaId) -> ApiResult<()> {
        actor.require(Permission::Publish)?;
        let workspace = actor.workspace;
        let now = self.context.db.clock().now();
        let mut tx = self.context.db.begin().await.or_internal()?;
        if !storage::media::mark_deleted(&mut tx, workspace, media, now).await.or_internal()? {
            return Err(ApiError::NotFound);
        }
        if storage::media::in_use(&mut tx, workspace, media).await.or_internal()? {
            return Err(ApiError::conflict(Conflict::InUse));
        }
        let files = storage::media::renditions(&mut tx, workspace, media).await.or_internal()?;
        storage::media::remove_renditions(&mut tx, workspace, media).await.or_internal()?;
        tx.commit().await.or_internal()?;
        let keys = files.into_iter().map(|row| row.store_key).chain([original_key(workspace, media)]);
        for key in keys {
            // It is gone for people either way; a file left over costs space only.
            if let Err(error) = self.context.media.delete(&key).await {
                tracing::warn!(media.id = %media, %error, "a deleted image's file was left over");
            }
        }
        Ok(())
    }
}

async fn read_upload(path: &Path) -> ApiResult<Bytes> {
    let upload = |error| ApiError::from(MediaError::Upload(error));
    let size = tokio::fs::metadata(path).await.map_err(upload)?.len();
    if size > MAX_UPLOAD_BYTES {
        return Err(ApiError::invalid("file", Problem::FileTooLarge { max_bytes: MAX_UPLOAD_BYTES }));
    }
    if size == 0 {
        return Err(ApiError::invalid("file", Problem::DamagedFile));
    }
    Ok(tokio::fs::read(path).await.map_err(upload)?.into())
}

fn look_at(bytes: &[u8]) -> Result<Taken, MediaError> {
    let picture = decode(bytes)?;
    Ok(Taken {
        format: picture.format,
        width: picture.image.width(),
        height: picture.image.height(),
        sha256: Sha256::digest(bytes).into(),
        files: screen_files(&picture)?,
    })
}

/// The last part of what the browser called it, without control characters.
fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
    let clean = clean.trim();
    if clean.is_empty() { "image".to_owned() } else { clean.to_owned() }
}
