//! Connected accounts: consents, tokens, health.
//!
//! One consent (a grant) may cover several accounts; the tokens are the grant's and are used, refreshed and revoked as one. An
//! account with a token of its own (a Facebook Page) is refused alone, and the others of its consent go on.
//! Whoever calls a platform for an account gets its token from [`tokens::access`] and from nowhere else.

mod adopt;
mod bluesky;
mod choose;
mod connect;
mod health;
mod manage;
mod refresh;
mod revoke;
mod scopes;
pub mod tokens;
mod vault;

pub use adopt::adopt_all;
pub(crate) use manage::list;
pub use manage::repair;
pub use refresh::refresh_expiring;
pub use revoke::revoke_left_over;

use crate::Context;
use async_trait::async_trait;
use model::account::{
    AccountEdit, AccountView, BlueskyInput, Connected, ConnectionChoices, Disconnected, PlatformOffer,
};
use model::error::PlatformProblem;
use model::services::{AccountService, OAuthAnswer};
use model::{AccountId, Actor, ApiError, ApiResult, ConnectionId, Platform, SessionId};

/// Implements [`AccountService`].
#[derive(Clone)]
pub struct Accounts {
    context: Context,
}

impl Accounts {
    pub fn new(context: Context) -> Self {
        Self { context }
    }
}

#[async_trait]
impl AccountService for Accounts {
    async fn list(&self, actor: Actor) -> ApiResult<Vec<AccountView>> {
        manage::list(&self.context, actor).await
    }

    async fn offers(&self, actor: Actor) -> ApiResult<Vec<PlatformOffer>> {
        connect::offers(&self.context, actor)
    }

    async fn begin_connect(
        &self,
        actor: Actor,
        session: SessionId,
        platform: Platform,
        reconnect: Option<AccountId>,
    ) -> ApiResult<String> {
        connect::begin(&self.context, actor, session, platform, reconnect).await
    }

    async fn finish_connect(
        &self,
        actor: Actor,
        session: SessionId,
        platform: Platform,
        answer: OAuthAnswer,
    ) -> ApiResult<Connected> {
        connect::finish(&self.context, actor, session, platform, answer).await
    }

    async fn choices(&self, actor: Actor, connection: ConnectionId) -> ApiResult<ConnectionChoices> {
        choose::choices(&self.context, actor, connection).await
    }

    async fn choose(
        &self,
        actor: Actor,
        connection: ConnectionId,
        remote_ids: Vec<String>,
    ) -> ApiResult<Vec<AccountId>> {
        choose::choose(&self.context, actor, connection, &remote_ids).await
    }

    async fn connect_bluesky(&self, actor: Actor, input: BlueskyInput) -> ApiResult<AccountId> {
        bluesky::connect(&self.context, actor, input).await
    }

    async fn edit(&self, actor: Actor, account: AccountId, edit: AccountEdit) -> ApiResult<()> {
        manage::edit(&self.context, actor, account, &edit).await
    }

    async fn check(&self, actor: Actor, account: AccountId) -> ApiResult<AccountView> {
        manage::check(&self.context, actor, account).await
    }

    async fn disconnect(&self, actor: Actor, account: AccountId) -> ApiResult<Disconnected> {
        manage::disconnect(&self.context, actor, account).await
    }
}

fn refused(platform: Platform, problem: PlatformProblem) -> ApiError {
    tracing::info!(%platform, ?problem, "connecting was refused");
    ApiError::Platform { platform, problem }
}

/// The id of the app by which tokens are got; empty where a platform has no registered apps.
fn app_of(context: &Context, platform: Platform) -> &str {
    let settings = context.registry.settings();
    match platform {
        Platform::X => &settings.x.client_id,
        Platform::Facebook => &settings.facebook.client_id,
        Platform::Instagram => &settings.instagram.client_id,
        Platform::LinkedIn => &settings.linkedin.client_id,
        Platform::TikTok => &settings.tiktok.client_key,
        Platform::YouTube => &settings.youtube.client_id,
        Platform::Bluesky => "",
    }
}

/// Whether a grant of `host` may be used with the present settings. Bluesky's accounts live on many hosts.
fn is_present_host(context: &Context, platform: Platform, host: &str) -> bool {
    platform == Platform::Bluesky || context.registry.get(platform).host() == host
}
