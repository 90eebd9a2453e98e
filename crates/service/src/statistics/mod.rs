//! The numbers of accounts and posts: what is stored of days and posts, made into figures by `insights`.
//!
//! However many accounts and posts there are, a page is a few range scans: nothing is asked account by account.

mod account;
mod compare;
mod csv;
mod days;
pub(crate) mod names;
mod overview;
mod posts;
mod runs;

use crate::context::Context;
use async_trait::async_trait;
use model::page::Page;
use model::services::StatisticsService;
use model::statistics::{
    AccountNumbers, CompareFilter, Comparison, NumberedPost, Overview, PostCourse, Range, SyncRun,
};
use model::{AccountId, Actor, ApiResult, Permission, PostId};

/// The use cases of statistics.
pub struct Statistics {
    context: Context,
}

impl Statistics {
    pub fn new(context: Context) -> Self {
        Self { context }
    }
}

#[async_trait]
impl StatisticsService for Statistics {
    async fn overview(&self, actor: Actor, range: Range) -> ApiResult<Overview> {
        actor.require(Permission::View)?;
        overview::overview(&self.context, actor.workspace, range).await
    }

    async fn account(&self, actor: Actor, account: AccountId, range: Range) -> ApiResult<AccountNumbers> {
        actor.require(Permission::View)?;
        account::account(&self.context, actor.workspace, account, range).await
    }

    async fn post(&self, actor: Actor, post: PostId) -> ApiResult<Vec<PostCourse>> {
        actor.require(Permission::View)?;
        posts::courses(&self.context, actor.workspace, post).await
    }

    async fn counts(&self, actor: Actor, post: PostId) -> ApiResult<Vec<NumberedPost>> {
        actor.require(Permission::View)?;
        posts::counts(&self.context, actor.workspace, post).await
    }

    async fn compare(&self, actor: Actor, filter: CompareFilter) -> ApiResult<Comparison> {
        actor.require(Permission::View)?;
        compare::compare(&self.context, actor.workspace, &filter).await
    }

    async fn account_csv(&self, actor: Actor, account: AccountId, range: Range) -> ApiResult<String> {
        actor.require(Permission::View)?;
        csv::of_account(&self.context, actor.workspace, account, range).await
    }

    async fn posts_csv(&self, actor: Actor, account: AccountId, range: Range) -> ApiResult<String> {
        actor.require(Permission::View)?;
        csv::of_posts(&self.context, actor.workspace, account, range).await
    }

    async fn compare_csv(&self, actor: Actor, filter: CompareFilter) -> ApiResult<String> {
        actor.require(Permission::View)?;
        csv::of_comparison(&self.context, actor.workspace, &filter).await
    }

    async fn sync_now(&self, actor: Actor, account: AccountId) -> ApiResult<SyncRun> {
        actor.require(Permission::Publish)?;
        runs::sync_now(&self.context, actor.workspace, account).await
    }

    async fn sync_runs(
        &self,
        actor: Actor,
        account: AccountId,
        cursor: Option<String>,
    ) -> ApiResult<Page<SyncRun>> {
        actor.require(Permission::View)?;
        runs::list(&self.context, actor.workspace, account, cursor).await
    }
}
