//! `/posts` and `/posts/:id`: every post with its state on each account, and what can be done about it.

pub(crate) mod acts;
mod detail;
pub(crate) mod explain;
mod filter;
mod history;
mod list;
mod numbers;
pub(crate) mod row;
mod skeleton;
mod target_card;
pub(crate) mod times;

pub use detail::PostPage;
pub use history::HistoryPage;
pub use list::PostsPage;

use leptos::prelude::*;

/// Tells the page under the composer that a post was saved. Copied freely; by context.
#[derive(Clone, Copy, Debug)]
pub struct PostsChanged(RwSignal<u32>);

impl PostsChanged {
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(0))
    }

    pub(crate) fn tell(self) {
        self.0.update(|times| *times = times.wrapping_add(1));
    }

    /// How often it was told; a part of what a page asks for, so that it asks again.
    pub(crate) fn times(self) -> u32 {
        self.0.get()
    }
}

/// What the frame around the pages provides.
pub(crate) fn use_posts_changed() -> PostsChanged {
    use_context().unwrap_or_else(PostsChanged::new)
}
