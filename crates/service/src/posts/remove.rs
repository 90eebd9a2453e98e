//! Deleting posts, here and at the platforms, and copying them.

use super::acts::begin_shown_target_act;
use super::load::load;
use super::stop::held;
use super::{Posts, Stop};
use model::state::Event;
use model::{Actor, ApiError, Conflict, PostId, TargetId, TargetState};
use std::collections::HashSet;

impl Posts {
    /// Of a post that is shown though it is deleted, it says that the person knows what could not be deleted at the platforms.
    pub(super) async fn try_delete(&self, actor: Actor, post: PostId) -> Result<(), Stop> {
        let now = self.now();
        let workspace = actor.workspace;
        let mut tx = self.context.db.begin().await?;
        storage::posts::get(&mut tx, workspace, post).await?.ok_or(ApiError::NotFound)?;
        storage::posts::mark_deleted(&mut tx, workspace, post, now).await?;
        let targets = storage::targets::of_posts(&mut tx, workspace, &[post]).await?;
        if targets.iter().any(|target| target.asks) {
            return Err(ApiError::conflict(Conflict::AnswerFirst).into());
        }
        for target in targets {
            if let Ok(to) = target.state.apply(Event::Cancel) {
                held(storage::targets::cancel(&mut tx, workspace, target.seen(), to, now).await?)?;
            } else if matches!(target.state, TargetState::Publishing | TargetState::Unknown) {
                held(storage::targets::note_delete(&mut tx, workspace, target.seen(), now).await?)?;
            } else if target.reason.is_some() && target.delete_requested_at.is_none() {
                held(storage::targets::accept_not_deleted(&mut tx, workspace, target.seen(), now).await?)?;
            }
        }
        let subject = post.to_string();
        storage::audit::insert(&mut tx, Some(workspace), Some(actor.user), "post.deleted", &subject, now)
            .await?;
        self.commit(tx, workspace).await
    }

    pub(super) async fn try_delete_remote(&self, actor: Actor, target: TargetId) -> Result<PostId, Stop> {
        let now = self.now();
        let workspace = actor.workspace;
        let mut tx = self.context.db.begin().await?;
        // Of a deleted post that could not be deleted there, this is the next try.
        let (loaded, target) = begin_shown_target_act(&mut tx, workspace, target, now).await?;
        match target.state {
            TargetState::Published => {}
            TargetState::Publishing | TargetState::Unknown => {
                return Err(ApiError::conflict(Conflict::GoingOut).into());
            }
            state => return Err(ApiError::conflict(Conflict::WrongState { state }).into()),
        }
        if !storage::targets::request_remote_delete(&mut tx, workspace, target.id, now).await? {
            // Gone already, or a person told us that it is there and nobody knows its id.
            return Err(ApiError::conflict(Conflict::WrongState { state: target.state }).into());
        }
        let (user, subject) = (Some(actor.user), target.id.to_string());
        storage::audit::insert(
            &mut tx,
            Some(workspace),
            user,
            "target.remote_delete_requested",
            &subject,
            now,
        )
        .await?;
        self.commit_and_announce(tx, workspace).await?;
        Ok(loaded.post.id)
    }

    /// A draft with the same content, for the accounts that are still connected.
    pub(super) async fn try_duplicate(&self, actor: Actor, post: PostId) -> Result<PostId, Stop> {
        let now = self.now();
        let mut tx = self.context.db.begin().await?;
        let loaded = load(&mut tx, actor.workspace, post).await?;
        let gone: HashSet<_> =
            loaded.targets.iter().filter(|t| t.disconnected).map(|t| t.account_id).collect();
        let mut input = loaded.input();
        input.accounts.retain(|account| !gone.contains(account));
        let copy = self.create(&mut tx, actor, &input, None, now).await?;
        self.commit(tx, actor.workspace).await?;
        Ok(copy)
    }
}
