//! The numbers of accounts and posts.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::account::AccountView;
use model::page::Page;
use model::statistics::{AccountNumbers, CompareFilter, Comparison, Overview, PostCourse, Range, SyncRun};
use model::{AccountId, ApiError, LocalTime, PostId};
use serde::{Deserialize, Serialize};

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

/// One account's numbers, and the accounts to choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnalyticsData {
    /// Of the account that was asked for, else of the first; `None` where no account is connected.
    pub numbers: Option<AccountNumbers>,
    pub choices: Vec<AccountView>,
    /// Now, in the workspace's zone.
    pub now: LocalTime,
}

/// One account's numbers, with what the page needs around them. For members.
#[server(endpoint = "statistics/account", input = Json)]
pub async fn load_analytics(account: Option<AccountId>, range: Range) -> Result<AnalyticsData, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        let services = request::services()?;
        let choices = services.accounts.list(actor).await?;
        let numbers = match account.or_else(|| choices.first().map(|first| first.id)) {
            Some(account) => Some(services.statistics.account(actor, account, range).await?),
            None => None,
        };
        Ok(AnalyticsData { numbers, choices, now: super::zoned::now()? })
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
        request::go_to_without_wasm(&format!("/analytics?account={account}"));
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
