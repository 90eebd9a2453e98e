use super::pictures::Pictures;
use super::rich_text::RichText;
use super::{Picture, PreviewAccount};
use crate::state::use_words;
use leptos::prelude::*;
use model::Platform;
use ui::{Avatar, Icon, lucide};

/// Facebook and LinkedIn: head, text cut after some lines, images over the whole width.
#[component]
pub(super) fn FeedPreview(
    account: PreviewAccount,
    text: Signal<String>,
    pictures: Signal<Vec<Picture>>,
) -> impl IntoView {
    let w = use_words().composer();
    let PreviewAccount { platform, name, avatar, .. } = account;
    let icons = match platform {
        Platform::LinkedIn => {
            vec![lucide::HEART, lucide::MESSAGE_CIRCLE, lucide::REPEAT_2, lucide::SEND_HORIZONTAL]
        }
        _ => vec![lucide::HEART, lucide::MESSAGE_CIRCLE, lucide::SEND_HORIZONTAL],
    };
    view! {
        <article class="preview preview-feed" data-platform=platform.key()>
            <div class="preview-feed-head">
                <Avatar name=name.clone() src=avatar />
                <p class="stack">
                    <b class="clip" dir="auto">
                        {name}
                    </b>
                    <span class="dim small">{w.preview_just_now()}</span>
                </p>
            </div>
            <p class="preview-text" dir="auto">
                <RichText platform text />
            </p>
            <Pictures pictures most=5 />
            <div class="preview-acts dim" aria-hidden="true">
                {icons.into_iter().map(|shape| view! { <Icon shape /> }).collect_view()}
            </div>
        </article>
    }
    .into_any()
}
