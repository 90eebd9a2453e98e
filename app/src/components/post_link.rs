use crate::components::PlatformBadge;
use crate::state::use_words;
use leptos::prelude::*;
use model::statistics::NumberedPost;

/// A counted post's first words: to our page of it, or to the platform where it was published from elsewhere.
#[component]
pub fn PostLink(post: NumberedPost) -> impl IntoView {
    let words = use_words();
    let platform = post.account.platform;
    let text = if post.words.is_empty() { words.posts().no_text().to_owned() } else { post.words };
    let ours = post.post.map(|id| format!("/posts/{id}"));
    let away = ours.is_none();
    let link = match ours.or(post.url) {
        Some(href) => view! {
            <a
                class="clip-2"
                dir="auto"
                href=href
                target=away.then_some("_blank")
                rel=away.then_some("noreferrer external")
            >
                {text}
            </a>
        }
        .into_any(),
        None => view! { <span class="clip-2" dir="auto">{text}</span> }.into_any(),
    };
    view! {
        <span class="counted-post">
            <PlatformBadge platform />
            {link}
        </span>
    }
    .into_any()
}
