//! What a post held earlier, and bringing it back.

mod changes;

use super::load::{Loaded, load};
use super::save::Changed;
use super::{Posts, Stop};
use crate::zones::local_time;
use changes::changes;
use chrono::{DateTime, TimeDelta, Utc};
use model::post::{PostInput, PostMedia};
use model::revision::{Content, RevisionView};
use model::{Actor, ApiError, MediaId, PostId, RevisionId, WorkspaceId};
use std::collections::BTreeSet;
use storage::Tx;
use storage::revisions::{LatestRow, NewRevision};

/// What the same person saves within this time is one revision: the composer saves by itself every few seconds.
const TOGETHER: TimeDelta = TimeDelta::minutes(5);
/// The most that are listed.
const MOST: i64 = 50;

/// How a revision comes to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noted {
    /// Somebody works on the post.
    Worked,
    /// An earlier one was brought back: never one with what was there before.
    Restored,
}

/// Notes what the post is to hold, in the transaction that changes it from `loaded`. A post that nobody has changed yet has no
/// revision: what it held becomes the first.
pub(super) async fn note(
    tx: &mut Tx,
    actor: Actor,
    loaded: &Loaded,
    input: &PostInput,
    noted: Noted,
    now: DateTime<Utc>,
) -> Result<(), Stop> {
    let (workspace, post) = (actor.workspace, loaded.post.id);
    let latest = match storage::revisions::latest(tx, workspace, post).await? {
        Some(latest) => latest,
        None => {
            let (person, at) = (loaded.post.author_id, loaded.post.created_at);
            let id = storage::new_id(at);
            let content = &Content::from(&loaded.input());
            storage::revisions::insert(tx, &NewRevision { id, workspace, post, person, content, at }).await?;
            LatestRow { id, person_id: person, created_at: at }
        }
    };
    let content = &Content::from(input);
    if noted == Noted::Worked && latest.person_id == actor.user && now - latest.created_at < TOGETHER {
        storage::revisions::replace(tx, workspace, latest.id, content, now).await?;
    } else {
        let id = storage::new_id(now);
        let new = NewRevision { id, workspace, post, person: actor.user, content, at: now };
        storage::revisions::insert(tx, &new).await?;
    }
    Ok(())
}

impl Posts {
    pub(super) async fn list_revisions(
        &self,
        workspace: WorkspaceId,
        post: PostId,
    ) -> Result<Vec<RevisionView>, Stop> {
        let mut tx = self.context.db.read().await?;
        let zone = load(&mut tx, workspace, post).await?.post.zone;
        // One more, which the last one shown is compared with.
        let rows = storage::revisions::list(&mut tx, workspace, post, MOST + 1).await?;
        drop(tx);
        let views = rows.iter().enumerate().map(|(place, row)| RevisionView {
            id: row.id,
            person: row.person.clone(),
            at: local_time(row.updated_at, &zone),
            current: place == 0,
            changes: changes(rows.get(place + 1).map(|before| &before.content.0), &row.content.0),
        });
        Ok(views.take(usize::try_from(MOST).unwrap_or_default()).collect())
    }

    pub(super) async fn try_restore(
        &self,
        actor: Actor,
        post: PostId,
        revision: RevisionId,
    ) -> Result<(), Stop> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        let loaded = load(&mut tx, actor.workspace, post).await?;
        let earlier = storage::revisions::content(&mut tx, actor.workspace, post, revision).await?;
        let Content { text, media, variants } = earlier.ok_or(ApiError::NotFound)?;
        let mut input = PostInput { text, media, variants, ..loaded.input() };
        leave_out_deleted(&mut tx, actor.workspace, &mut input).await?;
        let changed = Changed { input: &input, when: None, noted: Noted::Restored };
        if self.change(&mut tx, actor, &loaded, changed, now).await? {
            self.commit_and_announce(tx, actor.workspace).await
        } else {
            self.commit(tx, actor.workspace).await
        }
    }
}

/// Takes the images away that were deleted since.
async fn leave_out_deleted(tx: &mut Tx, workspace: WorkspaceId, input: &mut PostInput) -> Result<(), Stop> {
    let wanted: BTreeSet<MediaId> = input.every_media().map(|item| item.media).collect();
    let wanted: Vec<_> = wanted.into_iter().collect();
    let rows = storage::media::get_to_attach(tx, workspace, &wanted).await?;
    let there: BTreeSet<MediaId> = rows.into_iter().map(|row| row.id).collect();
    let own = input.variants.iter_mut().filter_map(|variant| variant.media.as_mut());
    for media in std::iter::once(&mut input.media).chain(own) {
        media.retain(|item: &PostMedia| there.contains(&item.media));
    }
    Ok(())
}
