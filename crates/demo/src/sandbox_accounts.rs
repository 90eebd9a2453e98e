//! Accounts of the sandbox with ready tokens, connected as if their people had consented.

use crate::sandbox_control::{Control, ControlError};
use chrono::TimeDelta;
use model::{AccountId, Actor, ApiError, Platform};
use platforms::{Consent, RemoteAccount, Secret, Tokens};
use serde::Deserialize;
use serde_json::Value;
use service::Context;

/// An account could not be made or connected.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    #[error(transparent)]
    Control(#[from] ControlError),
    #[error("it could not be connected: {0}")]
    Refused(#[from] ApiError),
}

/// A person or business as the sandbox made it, with its tokens.
#[derive(Clone, Debug, Deserialize)]
pub struct Made {
    pub id: String,
    pub handle: String,
    pub name: String,
    url: Option<String>,
    access_token: String,
    refresh_token: Option<String>,
    scopes: Vec<String>,
    /// On Facebook.
    #[serde(default)]
    pub pages: Vec<MadePage>,
}

/// A Page with its own token.
#[derive(Clone, Debug, Deserialize)]
pub struct MadePage {
    pub id: String,
    pub name: String,
    pub handle: String,
    url: Option<String>,
    access_token: String,
}

/// Asks the sandbox for accounts; `wanted` as `POST /control/accounts` takes it.
///
/// # Errors
/// When the sandbox can't be reached or refuses.
pub async fn make(control: &Control, wanted: &Value) -> Result<Vec<Made>, ControlError> {
    Ok(serde_json::from_value(control.post("control/accounts", wanted).await?)?)
}

/// A connected account.
#[derive(Clone, Debug)]
pub struct Connected {
    pub id: AccountId,
    /// The platform's id, as the sandbox names it.
    pub remote_id: String,
    pub handle: String,
}

/// Connects the account, or the first `pages` of a person's Pages on Facebook, by one consent.
///
/// # Errors
/// When the database fails.
pub async fn connect(
    context: &Context,
    actor: Actor,
    platform: Platform,
    made: Made,
    pages: usize,
) -> Result<Vec<Connected>, ConnectError> {
    let mut accounts = if made.pages.is_empty() {
        vec![remote(&made.id, &made.handle, &made.name, made.url.as_ref(), None)]
    } else {
        let page = |page: &MadePage| {
            remote(&page.id, &page.handle, &page.name, page.url.as_ref(), Some(&page.access_token))
        };
        made.pages.iter().take(pages).map(page).collect()
    };
    let handles: Vec<String> = accounts.iter().map(|account| account.handle.clone()).collect();
    if platform == Platform::LinkedIn {
        // Its API tells none.
        accounts.iter_mut().for_each(|account| account.handle.clear());
    }
    let consent = Consent {
        host: context.registry.get(platform).host(),
        subject: made.id,
        tokens: Tokens {
            access: Secret::new(made.access_token),
            refresh: made.refresh_token.map(Secret::new),
            access_expires_at: Some(context.db.clock().now() + token_life(platform)),
            refresh_expires_at: None,
        },
        granted_scopes: made.scopes,
        missing_scopes: Vec::new(),
        accounts,
    };
    let ids = service::accounts::adopt_all(context, actor, platform, &consent).await?;
    let connected = ids.into_iter().zip(consent.accounts).zip(handles);
    Ok(connected
        .map(|((id, account), handle)| Connected { id, remote_id: account.remote_id, handle })
        .collect())
}

/// As the platforms give them: an hour or two, or sixty days.
const fn token_life(platform: Platform) -> TimeDelta {
    match platform {
        Platform::X | Platform::Bluesky | Platform::TikTok => TimeDelta::seconds(7200),
        Platform::YouTube => TimeDelta::seconds(3599),
        Platform::Instagram | Platform::Facebook | Platform::LinkedIn => TimeDelta::days(60),
    }
}

fn remote(id: &str, handle: &str, name: &str, url: Option<&String>, token: Option<&String>) -> RemoteAccount {
    RemoteAccount {
        remote_id: id.to_owned(),
        handle: handle.to_owned(),
        name: name.to_owned(),
        avatar_url: None,
        url: url.cloned(),
        token: token.map(|token| Secret::new(token.clone())),
    }
}
