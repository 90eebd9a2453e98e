//! Composing, scheduling, changing and removing posts. What is due is published by [`crate::publishing`].
//!
//! An act reads the post, asks [`TargetState::apply`](model::TargetState::apply) what may become of each target, and writes with
//! the state and revision it read. A claim that was faster makes the write miss: the act is run once more and then sees
//! that the target is going out.

mod acts;
mod ahead;
mod content;
mod due;
mod images;
mod key;
mod list;
mod load;
mod neighbours;
mod plan;
mod remove;
mod resolve;
mod revisions;
mod save;
mod save_again;
mod stop;

use crate::context::Context;
use crate::errors::OrInternal as _;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use key::PublishKeys;
use model::live::Topic;
use model::neighbour::{Composed, Neighbour};
use model::page::Page;
use model::post::{
    MOST_MOVES, PostCounts, PostFilter, PostMove, PostMoved, PostView, SavePost, UnknownAnswer, When,
};
use model::revision::RevisionView;
use model::services::PostService;
use model::{Actor, ApiError, ApiResult, Permission, PostId, Problem, RevisionId, TargetId, WorkspaceId};
use stop::Stop;
use stop::again_once;
use storage::{Tx, live};

/// The use cases of posts.
pub struct Posts {
    context: Context,
    keys: PublishKeys,
}

impl Posts {
    pub fn new(context: Context) -> Self {
        Self { context, keys: PublishKeys::new() }
    }

    fn now(&self) -> DateTime<Utc> {
        self.context.db.clock().now()
    }

    /// Commits, and tells the timers of all processes that something may be due sooner than they thought.
    async fn commit_and_announce(&self, mut tx: Tx, workspace: WorkspaceId) -> Result<(), Stop> {
        live::tell(&mut tx, workspace, &[Topic::Posts], Some(queue::DUE_CHANNEL)).await?;
        self.context.commit_told(tx).await?;
        self.context.wake.ring();
        Ok(())
    }

    async fn move_to(&self, workspace: WorkspaceId, post: PostId, when: &When) -> ApiResult<PostView> {
        again_once!(self.try_reschedule(workspace, post, when));
        let view = self.view(workspace, post).await?;
        self.prepare_images(workspace, &view);
        Ok(view)
    }

    /// Commits what changes nothing about when something is due.
    async fn commit(&self, tx: Tx, workspace: WorkspaceId) -> Result<(), Stop> {
        Ok(self.context.commit_change(tx, workspace, &[Topic::Posts]).await?)
    }

    async fn view(&self, workspace: WorkspaceId, post: PostId) -> ApiResult<PostView> {
        let mut tx = self.context.db.read().await.or_internal()?;
        let loaded = load::load(&mut tx, workspace, post).await?;
        Ok(loaded.into_view(&self.context.registry))
    }

    /// A deleted post is gone once nobody has to do anything about it.
    async fn view_deleted_too(&self, workspace: WorkspaceId, post: PostId) -> ApiResult<PostView> {
        let mut tx = self.context.db.read().await.or_internal()?;
        let loaded = load::load_deleted_too(&mut tx, workspace, post).await?;
        Ok(loaded.into_view(&self.context.registry))
    }
}

#[async_trait]
impl PostService for Posts {
    async fn save(&self, actor: Actor, save: SavePost) -> ApiResult<PostView> {
        actor.require(Permission::Publish)?;
        let post = again_once!(self.try_save(actor, &save));
        let view = self.view(actor.workspace, post).await?;
        self.prepare_images(actor.workspace, &view);
        Ok(view)
    }

    async fn get(&self, actor: Actor, post: PostId) -> ApiResult<PostView> {
        actor.require(Permission::View)?;
        self.view(actor.workspace, post).await
    }

    async fn list(&self, actor: Actor, filter: PostFilter) -> ApiResult<Page<PostView>> {
        actor.require(Permission::View)?;
        self.page(actor.workspace, &filter).await
    }

    async fn counts(&self, actor: Actor) -> ApiResult<PostCounts> {
        actor.require(Permission::View)?;
        let mut tx = self.context.db.read().await.or_internal()?;
        let counts = storage::posts::counts(&mut tx, actor.workspace).await.or_internal()?;
        Ok(PostCounts {
            drafts: counts.drafts,
            scheduled: counts.scheduled,
            published: counts.published,
            attention: counts.attention,
        })
    }

    async fn reschedule(&self, actor: Actor, post: PostId, when: When) -> ApiResult<PostView> {
        actor.require(Permission::Publish)?;
        self.move_to(actor.workspace, post, &when).await
    }

    async fn reschedule_many(&self, actor: Actor, moves: Vec<PostMove>) -> ApiResult<Vec<PostMoved>> {
        actor.require(Permission::Publish)?;
        if moves.len() > MOST_MOVES {
            return Err(ApiError::invalid("moves", Problem::BadValue));
        }
        let mut moved = Vec::with_capacity(moves.len());
        for PostMove { post, when } in moves {
            let refused = self.move_to(actor.workspace, post, &when).await.err();
            moved.push(PostMoved { post, refused });
        }
        Ok(moved)
    }

    async fn cancel(&self, actor: Actor, post: PostId) -> ApiResult<PostView> {
        actor.require(Permission::Publish)?;
        again_once!(self.try_cancel(actor.workspace, post));
        self.view(actor.workspace, post).await
    }

    async fn cancel_target(&self, actor: Actor, target: TargetId) -> ApiResult<PostView> {
        actor.require(Permission::Publish)?;
        let post = again_once!(self.try_cancel_target(actor.workspace, target));
        self.view(actor.workspace, post).await
    }

    async fn retry_target(&self, actor: Actor, target: TargetId, when: When) -> ApiResult<PostView> {
        actor.require(Permission::Publish)?;
        let post = again_once!(self.try_retry_target(actor.workspace, target, &when));
        let view = self.view(actor.workspace, post).await?;
        self.prepare_images(actor.workspace, &view);
        Ok(view)
    }

    async fn resolve_unknown(
        &self,
        actor: Actor,
        target: TargetId,
        answer: UnknownAnswer,
    ) -> ApiResult<PostView> {
        actor.require(Permission::Publish)?;
        let post = again_once!(self.try_resolve(actor, target, &answer));
        self.view_deleted_too(actor.workspace, post).await
    }

    async fn delete(&self, actor: Actor, post: PostId) -> ApiResult<()> {
        actor.require(Permission::Publish)?;
        again_once!(self.try_delete(actor, post));
        Ok(())
    }

    async fn delete_remote(&self, actor: Actor, target: TargetId) -> ApiResult<PostView> {
        actor.require(Permission::Publish)?;
        let post = again_once!(self.try_delete_remote(actor, target));
        self.view_deleted_too(actor.workspace, post).await
    }

    async fn duplicate(&self, actor: Actor, post: PostId) -> ApiResult<PostView> {
        actor.require(Permission::Publish)?;
        let copy = again_once!(self.try_duplicate(actor, post));
        self.view(actor.workspace, copy).await
    }

    async fn revisions(&self, actor: Actor, post: PostId) -> ApiResult<Vec<RevisionView>> {
        actor.require(Permission::View)?;
        Ok(self.list_revisions(actor.workspace, post).await?)
    }

    async fn restore(&self, actor: Actor, post: PostId, revision: RevisionId) -> ApiResult<PostView> {
        actor.require(Permission::Publish)?;
        again_once!(self.try_restore(actor, post, revision));
        let view = self.view(actor.workspace, post).await?;
        self.prepare_images(actor.workspace, &view);
        Ok(view)
    }

    async fn neighbours(&self, actor: Actor, composed: Composed) -> ApiResult<Vec<Neighbour>> {
        actor.require(Permission::Publish)?;
        Ok(self.near(actor.workspace, &composed).await?)
    }
}
