//! Composing posts, their list, and what can be done about each.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::account::AccountView;
use model::neighbour::{Composed, Neighbour};
use model::post::{PostCounts, PostFilter, PostMove, PostMoved, PostView, SavePost, UnknownAnswer, When};
use model::{ApiError, LocalTime, PostId, TargetId};
use serde::{Deserialize, Serialize};

mod history;
#[cfg(feature = "ssr")]
mod plain;
#[cfg(feature = "ssr")]
use super::zoned;

pub use history::{PostHistory, RestoreRevision, load_history};

/// What the composer starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComposerStart {
    /// `None` for a new post.
    pub post: Option<PostView>,
    /// Those that posts can go to.
    pub accounts: Vec<AccountView>,
    /// Now, in the workspace's zone.
    pub now: LocalTime,
}

/// A page of the list of posts with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostList {
    pub posts: Vec<PostView>,
    /// The cursor of the next page.
    pub next: Option<String>,
    pub counts: PostCounts,
    /// To filter by.
    pub accounts: Vec<AccountView>,
    /// Now, in the workspace's zone.
    pub now: LocalTime,
}

/// One post, and the time it was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostPageData {
    pub post: PostView,
    /// Now, in the workspace's zone.
    pub now: LocalTime,
}

/// The first page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeData {
    pub accounts: Vec<AccountView>,
    /// Failed, missed or unknown; newest first.
    pub attention: Vec<PostView>,
    /// What is to come, soonest first.
    pub coming: Vec<PostView>,
    /// What went out; newest first.
    pub published: Vec<PostView>,
    /// Now, in the workspace's zone.
    pub now: LocalTime,
}

/// What the composer starts with. For editors.
#[server(endpoint = "posts/start")]
pub async fn start_composing(post: Option<PostId>) -> Result<ComposerStart, ApiError> {
    use crate::request;
    use model::Permission;
    request::answer(async {
        let actor = request::actor()?;
        actor.require(Permission::Publish)?;
        let services = request::services()?;
        let post = match post {
            Some(post) => Some(services.posts.get(actor, post).await?),
            None => None,
        };
        let mut accounts = services.accounts.list(actor).await?;
        accounts.retain(|account| account.platform.publishes());
        Ok(ComposerStart { post, accounts, now: zoned::now()? })
    })
    .await
}

/// Saves a post, and schedules it where asked. For editors.
#[server(endpoint = "posts/save", input = Json)]
pub async fn keep_post(save: SavePost) -> Result<PostView, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.posts.save(actor, save).await
    })
    .await
}

/// Posts that the composed one comes close to. For editors.
#[server(endpoint = "posts/neighbours", input = Json)]
pub async fn neighbours(composed: Composed) -> Result<Vec<Neighbour>, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.posts.neighbours(actor, composed).await
    })
    .await
}

/// The composer's form sent without wasm. The text is kept as a draft before anything else is tried. For editors.
#[server(endpoint = "posts/compose")]
pub async fn compose(
    #[server(default)] post: String,
    #[server(default)] version: String,
    #[server(default)] text: String,
    #[server(default)] accounts: Vec<String>,
    #[server(default)] media: Vec<PlainMedia>,
    #[server(default)] local: String,
    #[server(default)] act: String,
) -> Result<(), ApiError> {
    use crate::request;
    request::answer(plain::compose(plain::Form { post, version, text, accounts, media, local, act })).await
}

/// An image as a hidden field of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainMedia {
    pub id: String,
    #[serde(default)]
    pub alt: String,
}

/// A page of posts. For members.
#[server(endpoint = "posts/list", input = Json)]
pub async fn list_posts(filter: PostFilter) -> Result<PostList, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        let services = request::services()?;
        let page = services.posts.list(actor, filter).await?;
        Ok(PostList {
            posts: page.items,
            next: page.next,
            counts: services.posts.counts(actor).await?,
            accounts: services.accounts.list(actor).await?,
            now: zoned::now()?,
        })
    })
    .await
}

/// One post. For members.
#[server(endpoint = "posts/get")]
pub async fn get_post(post: PostId) -> Result<PostPageData, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        let post = request::services()?.posts.get(actor, post).await?;
        Ok(PostPageData { post, now: zoned::now()? })
    })
    .await
}

/// What needs somebody, what comes and what went out. For members.
#[server(endpoint = "posts/home")]
pub async fn home() -> Result<HomeData, ApiError> {
    use crate::request;
    use model::TargetState as S;
    request::answer(async {
        let actor = request::actor()?;
        let services = request::services()?;
        let of = |states: &[S]| PostFilter { states: states.to_vec(), ..PostFilter::default() };
        Ok(HomeData {
            accounts: services.accounts.list(actor).await?,
            attention: services.posts.list(actor, of(&[S::Failed, S::Unknown, S::Missed])).await?.items,
            coming: services.posts.list(actor, of(&[S::Scheduled, S::Publishing])).await?.items,
            published: services.posts.list(actor, of(&[S::Published])).await?.items,
            now: zoned::now()?,
        })
    })
    .await
}

/// Moves whatever of the post can still move. For editors.
#[server(endpoint = "posts/reschedule", input = Json)]
pub async fn reschedule_post(post: PostId, when: When) -> Result<PostView, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.posts.reschedule(actor, post, when).await
    })
    .await
}

/// The same for several posts, each by itself. For editors.
#[server(endpoint = "posts/reschedule_many", input = Json)]
pub async fn reschedule_posts(moves: Vec<PostMove>) -> Result<Vec<PostMoved>, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.posts.reschedule_many(actor, moves).await
    })
    .await
}

/// Cancels whatever of the post is not out yet. For editors.
#[server(endpoint = "posts/cancel")]
pub async fn cancel_post(post: PostId) -> Result<PostView, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.posts.cancel(actor, post).await
    })
    .await
}

/// Cancels the post on one account. For editors.
#[server(endpoint = "posts/cancel_target")]
pub async fn cancel_target(target: TargetId) -> Result<PostView, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.posts.cancel_target(actor, target).await
    })
    .await
}

/// Sends what failed, was missed or cancelled again, now or at a time. For editors.
#[server(endpoint = "posts/retry_target", input = Json)]
pub async fn retry_target(target: TargetId, when: When) -> Result<PostView, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.posts.retry_target(actor, target, when).await
    })
    .await
}

/// A person's answer about a target whose outcome nobody can see. For editors.
#[server(endpoint = "posts/resolve_unknown", input = Json)]
pub async fn resolve_unknown(target: TargetId, answer: UnknownAnswer) -> Result<PostView, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.posts.resolve_unknown(actor, target, answer).await
    })
    .await
}

/// Removes the post here; what is out stays at the platform. For editors.
#[server(endpoint = "posts/delete")]
pub async fn delete_post(post: PostId) -> Result<(), ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.posts.delete(actor, post).await
    })
    .await
}

/// Deletes one published post at its platform. For editors.
#[server(endpoint = "posts/delete_remote")]
pub async fn delete_remote(target: TargetId) -> Result<PostView, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.posts.delete_remote(actor, target).await
    })
    .await
}

/// A draft with the same text, images and accounts. For editors.
#[server(endpoint = "posts/duplicate")]
pub async fn duplicate_post(post: PostId) -> Result<PostView, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.posts.duplicate(actor, post).await
    })
    .await
}
