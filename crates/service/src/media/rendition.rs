//! The files made of an upload, each made once and kept.

use super::encode::{Encoded, encode};
use super::error::MediaError;
use super::picture::{Picture, decode};
use crate::context::Context;
use bytes::Bytes;
use model::post::PostMedia;
use model::text::{MediaFacts, RenditionSpec};
use model::{Actor, ApiError, ApiResult, MediaId, Permission, Platform, WorkspaceId};
use storage::media::RenditionRow;
use tokio::sync::Semaphore;

/// The largest picture takes some hundred megabytes while it is decoded: no more than two at once.
static DECODING: Semaphore = Semaphore::const_new(2);

/// The sizes for our own screens, made when the upload comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenSize {
    Thumb,
    Preview,
}

impl ScreenSize {
    pub(super) const ALL: [Self; 2] = [Self::Thumb, Self::Preview];

    /// The name in paths and in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Preview => "preview",
        }
    }

    /// Longest side, in pixels.
    pub const fn side(self) -> u32 {
        match self {
            Self::Thumb => 320,
            Self::Preview => 1_200,
        }
    }
}

impl std::str::FromStr for ScreenSize {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|size| size.key() == s).ok_or_else(|| format!("unknown size {s:?}"))
    }
}

/// A file for our own screens and its type.
///
/// # Errors
/// [`ApiError::NotFound`] when it isn't there or is another workspace's.
pub async fn open_rendition(
    context: &Context,
    actor: Actor,
    media: MediaId,
    size: ScreenSize,
) -> ApiResult<(String, Bytes)> {
    actor.require(Permission::View)?;
    let row = stored(context, actor.workspace, media, size.key()).await?.ok_or(ApiError::NotFound)?;
    let bytes = context.media.get(&row.store_key).await.map_err(MediaError::from)?;
    Ok((row.mime, bytes))
}

/// The file that `platform` gets of an upload, cropped as the post says.
///
/// # Errors
/// See [`rendition`].
pub async fn rendition_for(
    context: &Context,
    workspace: WorkspaceId,
    item: &PostMedia,
    platform: Platform,
) -> Result<RenditionRow, MediaError> {
    let row = {
        let mut tx = context.db.read().await?;
        storage::media::get(&mut tx, workspace, item.media).await?.ok_or(MediaError::NotFound)?
    };
    let spec = RenditionSpec::of(platform, &MediaFacts::of(&super::view(row), &item.alt, item.crop));
    rendition(context, workspace, item.media, &spec).await
}

/// The file of an upload made to `spec`; made now if it isn't there yet.
///
/// # Errors
/// When the upload is gone, can't be decoded (it could when it came in), or can't be made small enough.
pub async fn rendition(
    context: &Context,
    workspace: WorkspaceId,
    media: MediaId,
    spec: &RenditionSpec,
) -> Result<RenditionRow, MediaError> {
    let name = name_of(spec);
    if let Some(row) = stored(context, workspace, media, &name).await? {
        return Ok(row);
    }
    let original = context.media.get(&original_key(workspace, media)).await?;
    let spec = *spec;
    let file = on_thread(move || encode(&decode(&original)?, &spec)).await?;
    let row = row_of(workspace, media, &name, &file);
    context.media.put(&row.store_key, file.bytes.into()).await?;
    let mut tx = context.db.begin().await?;
    storage::media::insert_rendition(&mut tx, workspace, &row).await?;
    // Of two processes the first one's row counts; the files are alike.
    let row = storage::media::rendition(&mut tx, workspace, media, &name).await?.unwrap_or(row);
    tx.commit().await?;
    Ok(row)
}

async fn stored(
    context: &Context,
    workspace: WorkspaceId,
    media: MediaId,
    name: &str,
) -> Result<Option<RenditionRow>, MediaError> {
    let mut tx = context.db.read().await?;
    Ok(storage::media::rendition(&mut tx, workspace, media, name).await?)
}

/// Where the upload itself is kept.
pub fn original_key(workspace: WorkspaceId, media: MediaId) -> String {
    format!("{workspace}/{media}/original")
}

/// The row and the key of a finished file.
pub(super) fn row_of(workspace: WorkspaceId, media: MediaId, name: &str, file: &Encoded) -> RenditionRow {
    RenditionRow {
        media_id: media,
        spec: name.to_owned(),
        store_key: format!("{workspace}/{media}/{name}.{}", file.extension()),
        mime: file.format.mime().to_owned(),
        bytes: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        width: file.width.into(),
        height: file.height.into(),
    }
}

/// The same for platforms that want the same.
fn name_of(spec: &RenditionSpec) -> String {
    let pad = spec.pad_to.map(|(width, height)| format!("-on-{width}x{height}")).unwrap_or_default();
    let cut = spec.cut.map(|cut| format!("-cut-{}x{}-at-{}x{}", cut.width, cut.height, cut.x, cut.y));
    let cut = cut.unwrap_or_default();
    format!("{}-{}x{}{cut}{pad}-{}", spec.format.key(), spec.width, spec.height, spec.max_bytes)
}

/// Runs what takes long on a thread of its own. A panic of a decoder is a damaged file.
pub(super) async fn on_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, MediaError> + Send + 'static,
) -> Result<T, MediaError> {
    let permit = DECODING.acquire().await.map_err(|error| MediaError::Encode(error.to_string()))?;
    let counted = move || {
        // Held by the thread, which goes on when the caller is gone.
        let _permit = permit;
        work()
    };
    tokio::task::spawn_blocking(counted)
        .await
        .unwrap_or_else(|error| Err(MediaError::Damaged(error.to_string())))
}

/// The files for our own screens.
pub(super) fn screen_files(picture: &Picture) -> Result<Vec<(ScreenSize, Encoded)>, MediaError> {
    ScreenSize::ALL
        .into_iter()
        .map(|size| super::encode::for_screen(picture, size.side()).map(|file| (size, file)))
        .collect()
}
