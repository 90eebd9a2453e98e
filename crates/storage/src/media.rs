//! Uploaded images, and the renditions made of them. The files are in the media store.

use crate::db::Tx;
use crate::dialect;
use crate::error::Result;
use crate::posts::fetch_in;
use chrono::{DateTime, Utc};
use model::media::ImageFormat;
use model::{MediaId, UserId, WorkspaceId};

/// An upload that is not deleted.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MediaRow {
    pub id: MediaId,
    pub name: String,
    pub format: ImageFormat,
    pub bytes: i64,
    /// As shown, with the camera's orientation applied.
    pub width: i64,
    pub height: i64,
    pub alt: String,
    pub created_at: DateTime<Utc>,
}

/// An upload to insert; without description.
#[derive(Clone, Debug)]
pub struct NewMedia<'a> {
    pub id: MediaId,
    pub workspace: WorkspaceId,
    pub person: UserId,
    pub name: &'a str,
    pub format: ImageFormat,
    pub bytes: i64,
    pub width: i64,
    pub height: i64,
    pub sha256: &'a [u8],
    pub now: DateTime<Utc>,
}

pub async fn insert(tx: &mut Tx, media: &NewMedia<'_>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO media (id, workspace_id, person_id, name, format, bytes, width, height, sha256, alt, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10)",
        media.id,
        media.workspace,
        media.person,
        media.name,
        media.format,
        media.bytes,
        media.width,
        media.height,
        media.sha256,
        media.now,
    )?;
    Ok(())
}

/// Those of the media that are in the workspace and not deleted, in no order, for a post that is to show them: none of them is
/// deleted before the transaction ends, and a deletion that was faster is waited for and seen.
pub async fn get_to_attach(tx: &mut Tx, workspace: WorkspaceId, media: &[MediaId]) -> Result<Vec<MediaRow>> {
    if !media.is_empty() {
        dialect::hold_media(tx, workspace, media).await?;
    }
    fetch_in!(
        tx,
        MediaRow,
        "SELECT id, name, format, bytes, width, height, alt, created_at
         FROM media WHERE workspace_id = $1 AND id IN ({ids}) AND deleted_at IS NULL",
        workspace,
        media,
    )
}

pub async fn get(tx: &mut Tx, workspace: WorkspaceId, media: MediaId) -> Result<Option<MediaRow>> {
    fetch_optional!(
        tx,
        MediaRow,
        "SELECT id, name, format, bytes, width, height, alt, created_at
         FROM media WHERE id = $1 AND workspace_id = $2 AND deleted_at IS NULL",
        media,
        workspace,
    )
}

/// Newest first, those before `before`.
pub async fn list(
    tx: &mut Tx,
    workspace: WorkspaceId,
    before: Option<MediaId>,
    limit: i64,
) -> Result<Vec<MediaRow>> {
    fetch_all!(
        tx,
        MediaRow,
        "SELECT id, name, format, bytes, width, height, alt, created_at
         FROM media WHERE workspace_id = $1 AND deleted_at IS NULL AND ($2 IS NULL OR id < $2)
         ORDER BY id DESC LIMIT $3",
        workspace,
        before,
        limit,
    )
}

/// `false`: there is no such upload.
pub async fn set_alt(tx: &mut Tx, workspace: WorkspaceId, media: MediaId, alt: &str) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE media SET alt = $3 WHERE id = $1 AND workspace_id = $2 AND deleted_at IS NULL",
        media,
        workspace,
        alt,
    )?;
    Ok(changed == 1)
}

/// Whether a post shows it: one that is not deleted, or one that is still going out.
pub async fn in_use(tx: &mut Tx, workspace: WorkspaceId, media: MediaId) -> Result<bool> {
    let row = fetch_optional!(
        tx,
        (MediaId,),
        "SELECT shown.media_id
         FROM (SELECT post_id, media_id, workspace_id FROM post_media WHERE media_id = $1
               UNION ALL SELECT post_id, media_id, workspace_id FROM variant_media WHERE media_id = $1) shown
         JOIN post p ON p.id = shown.post_id AND p.workspace_id = shown.workspace_id
         WHERE shown.workspace_id = $2
           AND (p.deleted_at IS NULL
                OR EXISTS (SELECT 1 FROM target t WHERE t.post_id = p.id AND t.state IN ('publishing', 'unknown')))
         LIMIT 1",
        media,
        workspace,
    )?;
    Ok(row.is_some())
}

/// Hides an upload, and waits for posts that are just taking it up: ask [`in_use`] afterwards, in the same transaction. `false`: there
/// is no such upload.
pub async fn mark_deleted(
    tx: &mut Tx,
    workspace: WorkspaceId,
    media: MediaId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE media SET deleted_at = $3 WHERE id = $1 AND workspace_id = $2 AND deleted_at IS NULL",
        media,
        workspace,
        now,
    )?;
    Ok(changed == 1)
}

/// A file made of an upload.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RenditionRow {
    pub media_id: MediaId,
    /// Names what it was made for; one file for each.
    pub spec: String,
    /// Names it in the media store.
    pub store_key: String,
    pub mime: String,
    pub bytes: i64,
    pub width: i64,
    pub height: i64,
}

/// Records a file, unless another process was faster.
pub async fn insert_rendition(tx: &mut Tx, workspace: WorkspaceId, rendition: &RenditionRow) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO rendition (media_id, spec, workspace_id, store_key, mime, bytes, width, height)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (media_id, spec) DO NOTHING",
        rendition.media_id,
        &rendition.spec,
        workspace,
        &rendition.store_key,
        &rendition.mime,
        rendition.bytes,
        rendition.width,
        rendition.height,
    )?;
    Ok(())
}

pub async fn rendition(
    tx: &mut Tx,
    workspace: WorkspaceId,
    media: MediaId,
    spec: &str,
) -> Result<Option<RenditionRow>> {
    fetch_optional!(
        tx,
        RenditionRow,
        "SELECT media_id, spec, store_key, mime, bytes, width, height
         FROM rendition WHERE media_id = $1 AND spec = $2 AND workspace_id = $3",
        media,
        spec,
        workspace,
    )
}

/// All files made of an upload.
pub async fn renditions(tx: &mut Tx, workspace: WorkspaceId, media: MediaId) -> Result<Vec<RenditionRow>> {
    fetch_all!(
        tx,
        RenditionRow,
        "SELECT media_id, spec, store_key, mime, bytes, width, height
         FROM rendition WHERE media_id = $1 AND workspace_id = $2 ORDER BY spec",
        media,
        workspace,
    )
}

/// Forgets the files of an upload.
pub async fn remove_renditions(tx: &mut Tx, workspace: WorkspaceId, media: MediaId) -> Result<()> {
    execute!(tx, "DELETE FROM rendition WHERE media_id = $1 AND workspace_id = $2", media, workspace)?;
    Ok(())
}
