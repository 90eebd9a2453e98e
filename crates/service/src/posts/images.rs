//! The images of a post, those that only a variant shows included.

use super::Stop;
use model::media::MediaView;
use model::post::{PostInput, PostMedia};
use model::text::MediaFacts;
use model::{ApiError, MediaId, PostId, WorkspaceId};
use std::collections::{BTreeSet, HashMap};
use storage::Tx;

/// What is known of the uploads that a post shows.
pub(super) struct Images(HashMap<MediaId, MediaView>);

impl Images {
    pub(super) fn of(views: impl IntoIterator<Item = MediaView>) -> Self {
        Self(views.into_iter().map(|view| (view.id, view)).collect())
    }

    /// Of all images of `input`, which must be of this workspace; none of them is deleted before the transaction ends.
    pub(super) async fn attach(tx: &mut Tx, workspace: WorkspaceId, input: &PostInput) -> Result<Self, Stop> {
        let wanted: BTreeSet<_> = input.every_media().map(|item| item.media).collect();
        let wanted: Vec<_> = wanted.into_iter().collect();
        let rows = storage::media::get_to_attach(tx, workspace, &wanted).await?;
        let images = Self::of(rows.into_iter().map(crate::media::view));
        if wanted.iter().all(|media| images.0.contains_key(media)) {
            Ok(images)
        } else {
            Err(ApiError::NotFound.into())
        }
    }

    /// What the platforms' rules ask about these images of the post.
    pub(super) fn facts(&self, media: &[PostMedia]) -> Vec<MediaFacts> {
        let facts = |item: &PostMedia| Some(MediaFacts::of(self.0.get(&item.media)?, &item.alt, item.crop));
        media.iter().filter_map(facts).collect()
    }
}

/// Writes the images of a post that has none.
pub(super) async fn insert(
    tx: &mut Tx,
    workspace: WorkspaceId,
    post: PostId,
    input: &PostInput,
) -> Result<(), Stop> {
    storage::posts::insert_media(tx, workspace, post, &input.media).await?;
    let own = input.variants.iter().filter_map(|variant| variant.media.as_ref()).flatten();
    let own: BTreeSet<_> = own.map(|item| item.media).collect();
    Ok(storage::posts::insert_variant_media(tx, workspace, post, own).await?)
}
