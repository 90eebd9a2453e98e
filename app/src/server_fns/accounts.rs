//! Connected accounts, and connecting more.

use leptos::prelude::*;
use model::account::{AccountView, ConnectionChoices, Disconnected, PlatformOffer};
use model::{AccountId, ApiError, ConnectionId, Platform};
use serde::{Deserialize, Serialize};

/// The page of accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountList {
    pub accounts: Vec<AccountView>,
    /// What can be connected.
    pub offers: Vec<PlatformOffer>,
}

/// Every account, and what can be connected. For members.
#[server(endpoint = "accounts/list")]
pub async fn list_accounts() -> Result<AccountList, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        let accounts = request::services()?.accounts;
        Ok(AccountList { accounts: accounts.list(actor).await?, offers: accounts.offers(actor).await? })
    })
    .await
}

/// Goes to the platform's consent page; `account` is the one to reconnect. For admins.
#[server(endpoint = "accounts/connect")]
pub async fn connect_account(platform: Platform, #[server(default)] account: String) -> Result<(), ApiError> {
    use crate::request;
    use model::Problem;
    request::answer(async {
        let actor = request::actor()?;
        let session = request::session()?.id;
        let bad = |_| ApiError::invalid("account", Problem::BadValue);
        let reconnect = (!account.is_empty()).then(|| account.parse().map_err(bad)).transpose()?;
        let page = request::services()?.accounts.begin_connect(actor, session, platform, reconnect).await?;
        // The one address that leads elsewhere: made by us from the settings.
        leptos_axum::redirect(&page);
        Ok(())
    })
    .await
}

/// Connects a Bluesky account, or renews it. For admins.
#[server(endpoint = "accounts/bluesky")]
pub async fn connect_bluesky(
    #[server(default)] host: String,
    #[server(default)] handle: String,
    #[server(default)] app_password: String,
) -> Result<(), ApiError> {
    use crate::request;
    use model::account::BlueskyInput;
    request::answer(async {
        let actor = request::actor()?;
        let input = BlueskyInput { host, handle, app_password };
        request::services()?.accounts.connect_bluesky(actor, input).await?;
        // Loaded anew, so that nothing of the password is left in the page.
        request::go_to("/accounts?connected=bluesky");
        Ok(())
    })
    .await
}

/// What a consent covers, to choose from. For the admin who gave it.
#[server(endpoint = "accounts/choices")]
pub async fn account_choices(connection: ConnectionId) -> Result<ConnectionChoices, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.accounts.choices(actor, connection).await
    })
    .await
}

/// Connects the chosen ones. For the admin who gave the consent.
#[server(endpoint = "accounts/choose")]
pub async fn choose_accounts(
    connection: ConnectionId,
    #[server(default)] accounts: Vec<String>,
) -> Result<(), ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        let added = request::services()?.accounts.choose(actor, connection, accounts).await?;
        request::go_to(&format!("/accounts?connected={}", added.len()));
        Ok(())
    })
    .await
}

/// Sets the label and whether it is paused. For admins.
#[server(endpoint = "accounts/edit")]
pub async fn edit_account(
    account: AccountId,
    #[server(default)] label: String,
    #[server(default)] paused: bool,
) -> Result<(), ApiError> {
    use crate::request;
    use model::account::AccountEdit;
    request::answer(async {
        let actor = request::actor()?;
        request::services()?.accounts.edit(actor, account, AccountEdit { label, paused }).await?;
        request::go_to_without_wasm("/accounts");
        Ok(())
    })
    .await
}

/// Asks the platform how the connection is. For editors.
#[server(endpoint = "accounts/check")]
pub async fn check_account(account: AccountId) -> Result<AccountView, ApiError> {
    use crate::request;
    request::answer(async {
        let actor = request::actor()?;
        let view = request::services()?.accounts.check(actor, account).await?;
        request::go_to_without_wasm("/accounts");
        Ok(view)
    })
    .await
}

/// Ends the connection; what waits on it is cancelled. Tells what became of the consent at the platform. For admins.
#[server(endpoint = "accounts/disconnect")]
pub async fn disconnect_account(account: AccountId) -> Result<Disconnected, ApiError> {
    use crate::request;
    use model::account::Revocation;
    request::answer(async {
        let actor = request::actor()?;
        let done = request::services()?.accounts.disconnect(actor, account).await?;
        let told = match done.revoked {
            Revocation::ByHand => format!("?disconnected={}", done.platform),
            Revocation::Ended | Revocation::Kept => String::new(),
        };
        request::go_to_without_wasm(&format!("/accounts{told}"));
        Ok(done)
    })
    .await
}
