//! What a post held earlier.

use leptos::prelude::*;
use model::post::PostView;
use model::revision::RevisionView;
use model::{ApiError, LocalTime, PostId, RevisionId};
use serde::{Deserialize, Serialize};

/// A post and its revisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostHistory {
    pub post: PostView,
    /// The newest first; empty as long as nobody changed it.
    pub revisions: Vec<RevisionView>,
    /// Now, in the workspace's zone.
    pub now: LocalTime,
}

/// A post's revisions. For members.
#[server(endpoint = "posts/history")]
pub async fn load_history(post: PostId) -> Result<PostHistory, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        let posts = request::services()?.posts;
        Ok(PostHistory {
            post: posts.get(actor, post).await?,
            revisions: posts.revisions(actor, post).await?,
            now: super::zoned::now()?,
        })
    })
    .await
}

/// Makes an earlier revision the post's content again. For editors.
#[server(endpoint = "posts/restore")]
pub async fn restore_revision(post: PostId, revision: RevisionId) -> Result<(), ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.posts.restore(actor, post, revision).await?;
        request::go_to_without_wasm(&format!("/posts/{post}/history"));
        Ok(())
    })
    .await
}
