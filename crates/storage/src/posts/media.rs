//! The media in posts.

use crate::db::Tx;
use crate::error::Result;
use model::media::ImageFormat;
use model::post::PostMedia;
use model::{Crop, MediaId, PostId, WorkspaceId};
use sqlx::types::Json;

/// A medium as it stands in a post.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PostMediaRow {
    pub post_id: PostId,
    pub media_id: MediaId,
    /// It goes to all platforms that have no images of their own; else only a variant shows it, which says how.
    pub common: bool,
    /// The description in this post.
    pub alt: String,
    pub crop: Option<Json<Crop>>,
    pub name: String,
    pub format: ImageFormat,
    pub bytes: i64,
    pub width: i64,
    pub height: i64,
    /// The description last given to the medium itself.
    pub media_alt: String,
}

/// The media of some posts, each post's in order, then those that its variants show.
pub async fn media(tx: &mut Tx, workspace: WorkspaceId, posts: &[PostId]) -> Result<Vec<PostMediaRow>> {
    fetch_in!(
        tx,
        PostMediaRow,
        "SELECT pm.post_id, pm.media_id, (0 = 0) AS common, pm.place, pm.alt, pm.crop, m.name, m.format, m.bytes,
                m.width, m.height, m.alt AS media_alt
         FROM post_media pm JOIN media m ON m.id = pm.media_id AND m.workspace_id = pm.workspace_id
         WHERE pm.workspace_id = $1 AND pm.post_id IN ({ids})
         UNION ALL
         SELECT vm.post_id, vm.media_id, (0 = 1) AS common, 0 AS place, '' AS alt, CAST(NULL AS JSONB) AS crop, m.name,
                m.format, m.bytes, m.width, m.height, m.alt AS media_alt
         FROM variant_media vm JOIN media m ON m.id = vm.media_id AND m.workspace_id = vm.workspace_id
         WHERE vm.workspace_id = $1 AND vm.post_id IN ({ids})
         ORDER BY post_id, common DESC, place, media_id",
        workspace,
        posts,
    )
}

/// Puts media into a post that has none, in this order.
pub async fn insert_media(
    tx: &mut Tx,
    workspace: WorkspaceId,
    post: PostId,
    media: &[PostMedia],
) -> Result<()> {
    for (place, item) in (0_i64..).zip(media) {
        execute!(
            tx,
            "INSERT INTO post_media (post_id, place, workspace_id, media_id, alt, crop) VALUES ($1, $2, $3, $4, $5, $6)",
            post,
            place,
            workspace,
            item.media,
            &item.alt,
            item.crop.map(Json),
        )?;
    }
    Ok(())
}

/// Notes which media the variants of a post show, of which none was noted; each comes once.
pub async fn insert_variant_media(
    tx: &mut Tx,
    workspace: WorkspaceId,
    post: PostId,
    media: impl IntoIterator<Item = MediaId>,
) -> Result<()> {
    for item in media {
        execute!(
            tx,
            "INSERT INTO variant_media (post_id, media_id, workspace_id) VALUES ($1, $2, $3)",
            post,
            item,
            workspace,
        )?;
    }
    Ok(())
}

/// Takes all media out of a post and its variants.
pub async fn clear_media(tx: &mut Tx, workspace: WorkspaceId, post: PostId) -> Result<()> {
    execute!(tx, "DELETE FROM post_media WHERE post_id = $1 AND workspace_id = $2", post, workspace)?;
    execute!(tx, "DELETE FROM variant_media WHERE post_id = $1 AND workspace_id = $2", post, workspace)?;
    Ok(())
}
