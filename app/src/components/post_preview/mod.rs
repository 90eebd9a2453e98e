//! How a post will look at each platform: near enough to judge text, cuts and images by, without copying their screens.

mod feed;
mod instagram;
mod micro;
mod pictures;
pub(crate) mod pieces;
mod rich_text;

pub use pictures::Picture;

use super::{BadgeSize, PlatformBadge};
use feed::FeedPreview;
use instagram::InstagramPreview;
use leptos::prelude::*;
use micro::MicroPreview;
use model::Platform;

/// Whose post it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewAccount {
    pub platform: Platform,
    pub name: String,
    /// Without `@`; may be empty.
    pub handle: String,
    pub avatar: Option<String>,
}

/// Whose preview follows; `children` stand at the end of the line.
#[component]
pub fn PreviewHead(
    platform: Platform,
    /// As it is called in a line of text.
    #[prop(into)]
    account: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <h3 class="preview-head">
            <PlatformBadge platform size=BadgeSize::Medium silent=true />
            {platform.name()}
            <span class="faint clip">{account}</span>
            {children.map(|children| children())}
        </h3>
    }
}

/// A post as `account`'s platform shows it.
#[component]
pub fn PostPreview(
    account: PreviewAccount,
    #[prop(into)] text: Signal<String>,
    #[prop(into)] pictures: Signal<Vec<Picture>>,
) -> impl IntoView {
    match account.platform {
        Platform::Instagram => view! { <InstagramPreview account text pictures /> }.into_any(),
        Platform::X | Platform::Bluesky => view! { <MicroPreview account text pictures /> }.into_any(),
        Platform::Facebook | Platform::LinkedIn | Platform::TikTok | Platform::YouTube => {
            view! { <FeedPreview account text pictures /> }.into_any()
        }
    }
}
