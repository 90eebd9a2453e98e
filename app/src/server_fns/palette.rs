//! What the command palette finds besides places and acts.

use leptos::prelude::*;
use model::{AccountId, ApiError, Platform, PostId, TargetState};
use serde::{Deserialize, Serialize};

/// An account that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundAccount {
    pub id: AccountId,
    pub platform: Platform,
    pub name: String,
    /// `@handle`, or the name where the platform gives none.
    pub called: String,
}

/// A post that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPost {
    pub id: PostId,
    /// The line of its text that holds what was looked for.
    pub words: String,
    pub state: TargetState,
}

/// The first that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub accounts: Vec<FoundAccount>,
    /// The newest first.
    pub posts: Vec<FoundPost>,
    /// There are more posts.
    pub more: bool,
}

/// Accounts by what they are called, posts by what they say. An empty text finds every account and no post. For members.
#[server(endpoint = "palette/find")]
pub async fn find(#[server(default)] text: String) -> Result<Found, ApiError> {
    use crate::request;
    use model::account::AccountView;
    use model::post::PostFilter;
    use model::text::words_around;
    const ACCOUNTS: usize = 6;
    const POSTS: usize = 6;
    /// In characters.
    const LINE: usize = 90;
    request::answer(async {
        let actor = request::actor()?;
        let services = request::services()?;
        let text = text.trim();
        let mut accounts = services.accounts.list(actor).await?;
        accounts.retain(|account| text.is_empty() || is_called(account, text));
        let account = |account: AccountView| FoundAccount {
            called: account.called(),
            id: account.id,
            platform: account.platform,
            name: account.name,
        };
        let accounts = accounts.into_iter().take(ACCOUNTS).map(account).collect();
        if text.is_empty() {
            return Ok(Found { accounts, ..Found::default() });
        }
        let filter = PostFilter { search: text.to_owned(), ..PostFilter::default() };
        let page = services.posts.list(actor, filter).await?;
        let more = page.items.len() > POSTS || page.next.is_some();
        let posts = page.items.into_iter().take(POSTS);
        let posts = posts.map(|post| FoundPost {
            id: post.id,
            words: words_around(&post.input.text, text, LINE),
            state: post.state,
        });
        Ok(Found { accounts, posts: posts.collect(), more })
    })
    .await
}

/// Each word of `text` is part of a name, the label or the platform.
#[cfg(feature = "ssr")]
fn is_called(account: &model::account::AccountView, text: &str) -> bool {
    use model::text::find_loosely;
    let names =
        [account.name.as_str(), account.handle.as_str(), account.label.as_str(), account.platform.name()];
    text.split_whitespace()
        .all(|word| names.iter().any(|name| find_loosely(name, word.trim_start_matches('@')).is_some()))
}
