//! Public addresses of posts and accounts: the real site's path, below the platform's prefix.

use crate::instagram::shortcode;
use crate::state::{Account, Platform, Post, State};

/// The path of a post's page.
pub(crate) fn of_post(state: &State, post: &Post) -> String {
    let author = state.account(post.platform, &post.account).map_or(&post.account, |a| &a.handle);
    match post.platform {
        Platform::X => format!("/x/{author}/status/{}", post.id),
        Platform::Facebook => {
            let (page, number) = post.id.split_once('_').unwrap_or_default();
            format!("/facebook/{page}/posts/{number}")
        }
        Platform::Instagram => format!("/instagram/p/{}/", shortcode(&post.id)),
        Platform::Linkedin => format!("/linkedin/feed/update/{}", post.id),
        Platform::Bluesky => {
            format!("/bluesky/profile/{author}/post/{}", post.key.as_deref().unwrap_or_default())
        }
        Platform::Tiktok => format!("/tiktok/@{author}/video/{}", post.id),
        Platform::Youtube => format!("/youtube/watch?v={}", post.id),
    }
}

/// The path of an account's page.
pub(crate) fn of_account(account: &Account) -> String {
    let handle = &account.handle;
    match account.platform {
        Platform::X => format!("/x/{handle}"),
        Platform::Facebook => format!("/facebook/{}", account.id),
        Platform::Instagram => format!("/instagram/{handle}/"),
        Platform::Linkedin => format!("/linkedin/in/{handle}"),
        Platform::Bluesky => format!("/bluesky/profile/{handle}"),
        Platform::Tiktok => format!("/tiktok/@{handle}"),
        Platform::Youtube => format!("/youtube/@{handle}"),
    }
}
