//! The numbers of accounts and posts.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::page::Page;
use model::statistics::{AccountNumbers, CompareFilter, Comparison, Overview, PostCourse, Range, SyncRun};
use model::{AccountId, ApiError, PostId};

/// All connected accounts together. For members.
#[server(endpoint = "statistics/overview", input = Json)]
pub async fn load_overview(range: Range) -> Result<Overview, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.statistics.overview(actor, range).await
    })
    .await
}

/// One account's numbers. For members.
#[server(endpoint = "statistics/account", input = Json)]
pub async fn load_account_numbers(account: AccountId, range: Range) -> Result<AccountNumbers, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.statistics.account(actor, account, range).await
    })
    .await
}

/// What became of a post, on each account. For members.
#[server(endpoint = "statistics/post")]
pub async fn load_post_numbers(post: PostId) -> Result<Vec<PostCourse>, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.statistics.post(actor, post).await
    })
    .await
}

/// Accounts side by side. For members.
#[server(endpoint = "statistics/compare", input = Json)]
pub async fn load_comparison(filter: CompareFilter) -> Result<Comparison, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.statistics.compare(actor, filter).await
    })
    .await
}

/// Reads an account's numbers now. For editors.
#[server(endpoint = "statistics/sync_now")]
pub async fn sync_now(account: AccountId) -> Result<SyncRun, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        let run = request::services()?.statistics.sync_now(actor, account).await?;
        request::go_to_without_wasm(&format!("/accounts/{account}"));
        Ok(run)
    })
    .await
}

/// The log of an account's syncs. For members.
#[server(endpoint = "statistics/sync_runs")]
pub async fn sync_runs(
    account: AccountId,
    #[server(default)] cursor: Option<String>,
) -> Result<Page<SyncRun>, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.statistics.sync_runs(actor, account, cursor).await
    })
    .await
}
