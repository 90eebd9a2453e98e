//! A post with its targets and media, and how it is shown.

use crate::zones::local_time;
use chrono::{DateTime, Utc};
use model::media::MediaView;
use model::post::{PostInput, PostMedia, PostView, TargetView};
use model::{ApiError, LocalTime, PostId, TargetState, WorkspaceId};
use platforms::Registry;
use std::collections::{HashMap, HashSet};
use storage::Tx;
use storage::posts::{PostMediaRow, PostRow};
use storage::targets::TargetRow;

use super::images::Images;
use super::stop::Stop;

pub(super) struct Loaded {
    pub(super) post: PostRow,
    pub(super) targets: Vec<TargetRow>,
    pub(super) media: Vec<PostMediaRow>,
}

/// Three queries. [`ApiError::NotFound`] when it isn't there, is deleted without asking anything, or is another workspace's.
pub(super) async fn load(tx: &mut Tx, workspace: WorkspaceId, post: PostId) -> Result<Loaded, Stop> {
    let row = storage::posts::get(tx, workspace, post).await?;
    with_parts(tx, workspace, row.ok_or(ApiError::NotFound)?).await
}

/// The same, of a deleted post too.
pub(super) async fn load_deleted_too(
    tx: &mut Tx,
    workspace: WorkspaceId,
    post: PostId,
) -> Result<Loaded, Stop> {
    let row = storage::posts::get_deleted_too(tx, workspace, post).await?;
    with_parts(tx, workspace, row.ok_or(ApiError::NotFound)?).await
}

async fn with_parts(tx: &mut Tx, workspace: WorkspaceId, row: PostRow) -> Result<Loaded, Stop> {
    let post = row.id;
    let targets = storage::targets::of_posts(tx, workspace, &[post]).await?;
    let media = storage::posts::media(tx, workspace, &[post]).await?;
    Ok(Loaded { post: row, targets, media })
}

/// Two queries more for any number of posts.
pub(super) async fn load_all(
    tx: &mut Tx,
    workspace: WorkspaceId,
    posts: Vec<PostRow>,
) -> Result<Vec<Loaded>, Stop> {
    let ids: Vec<_> = posts.iter().map(|post| post.id).collect();
    let mut targets: HashMap<PostId, Vec<TargetRow>> = HashMap::new();
    for target in storage::targets::of_posts(tx, workspace, &ids).await? {
        targets.entry(target.post_id).or_default().push(target);
    }
    let mut media: HashMap<PostId, Vec<PostMediaRow>> = HashMap::new();
    for item in storage::posts::media(tx, workspace, &ids).await? {
        media.entry(item.post_id).or_default().push(item);
    }
    let with_parts = |post: PostRow| Loaded {
        targets: targets.remove(&post.id).unwrap_or_default(),
        media: media.remove(&post.id).unwrap_or_default(),
        post,
    };
    Ok(posts.into_iter().map(with_parts).collect())
}

impl Loaded {
    /// The targets that the post is meant for: without those that were cancelled one by one; of a post that was
    /// cancelled as a whole, all.
    pub(super) fn meant(&self) -> impl Iterator<Item = &TargetRow> {
        let all_cancelled = self.targets.iter().all(|target| target.state == TargetState::Cancelled);
        self.targets.iter().filter(move |target| all_cancelled || target.state != TargetState::Cancelled)
    }

    pub(super) fn input(&self) -> PostInput {
        PostInput {
            text: self.post.body.clone(),
            media: self.media.iter().filter(|item| item.common).map(as_composed).collect(),
            accounts: self.meant().map(|target| target.account_id).collect(),
            variants: self.post.variants.0.clone(),
        }
    }

    /// Its images, those of its variants too.
    pub(super) fn images(&self) -> Images {
        Images::of(self.media.iter().map(media_view))
    }

    pub(super) fn into_view(self, registry: &Registry) -> PostView {
        let zone = &self.post.zone;
        let in_own_zone = |at: DateTime<Utc>| local_time(at, zone);
        PostView {
            id: self.post.id,
            version: self.post.version,
            input: self.input(),
            media: each_once(&self.media),
            author: self.post.author.clone(),
            state: TargetState::of_post(self.targets.iter().map(|target| target.state)),
            due_at: self
                .meant()
                .filter(|t| t.due_at.is_some())
                .min_by_key(|t| t.due_at)
                .and_then(|t| due_at(t, zone)),
            targets: self.targets.iter().map(|target| target_view(target, zone, registry)).collect(),
            updated_at: in_own_zone(self.post.updated_at),
            created_at: in_own_zone(self.post.created_at),
            deleted: self.post.deleted,
        }
    }
}

/// In the zone in which it was chosen.
fn due_at(target: &TargetRow, own_zone: &str) -> Option<LocalTime> {
    target.due_at.map(|at| local_time(at, target.zone.as_deref().unwrap_or(own_zone)))
}

fn target_view(target: &TargetRow, own_zone: &str, registry: &Registry) -> TargetView {
    let local = |at: Option<DateTime<Utc>>| at.map(|at| local_time(at, own_zone));
    let waits = matches!(target.state, TargetState::Scheduled);
    TargetView {
        id: target.id,
        account: target.account_id,
        platform: target.platform,
        handle: target.handle.clone(),
        account_name: target.account_name.clone(),
        sandbox: registry.is_sandbox(target.platform),
        state: target.state,
        due_at: due_at(target, own_zone),
        next_attempt_at: local(target.next_attempt_at.filter(|_| waits)),
        reason: target.reason.as_ref().map(|reason| reason.0.clone()),
        stage: target.stage,
        attempts: target.attempts,
        asks: target.asks,
        published_at: local(target.published_at),
        url: target.remote_url.clone(),
        deleted_at: local(target.remote_deleted_at),
        delete_requested: target.delete_requested_at.is_some() && target.remote_deleted_at.is_none(),
    }
}

fn as_composed(item: &PostMediaRow) -> PostMedia {
    PostMedia { media: item.media_id, alt: item.alt.clone(), crop: item.crop.as_ref().map(|crop| crop.0) }
}

fn each_once(media: &[PostMediaRow]) -> Vec<MediaView> {
    let mut seen = HashSet::new();
    media.iter().filter(|item| seen.insert(item.media_id)).map(media_view).collect()
}

fn media_view(item: &PostMediaRow) -> MediaView {
    MediaView {
        id: item.media_id,
        name: item.name.clone(),
        format: item.format,
        bytes: item.bytes,
        width: item.width,
        height: item.height,
        alt: item.media_alt.clone(),
        thumbnail: crate::media::thumbnail_path(item.media_id),
        preview: crate::media::preview_path(item.media_id),
    }
}
