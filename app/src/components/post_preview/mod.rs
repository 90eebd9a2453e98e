//! How a post will look at each platform: near enough to judge text, cuts and images by, without copying their screens.

mod feed;
mod instagram;
mod micro;
mod pictures;
pub(crate) mod pieces;
mod rich_text;

pub use pictures::Picture;

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
        Platform::Facebook | Platform::LinkedIn => view! { <FeedPreview account text pictures /> }.into_any(),
    }
}
