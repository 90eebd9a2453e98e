use super::pictures::Pictures;
use super::rich_text::RichText;
use super::{Picture, PreviewAccount};
use leptos::prelude::*;
use model::Platform;
use model::account::called;
use ui::{Avatar, Icon, lucide};

/// X and Bluesky: face at the side, name and handle in a line, images in a rounded block.
#[component]
pub(super) fn MicroPreview(
    account: PreviewAccount,
    text: Signal<String>,
    pictures: Signal<Vec<Picture>>,
) -> impl IntoView {
    let PreviewAccount { platform, name, handle, avatar } = account;
    let icons = match platform {
        Platform::X => vec![
            lucide::MESSAGE_CIRCLE,
            lucide::REPEAT_2,
            lucide::HEART,
            lucide::CHART_NO_AXES_COLUMN,
            lucide::BOOKMARK,
        ],
        _ => vec![lucide::MESSAGE_CIRCLE, lucide::REPEAT_2, lucide::HEART, lucide::ELLIPSIS],
    };
    view! {
        <article class="preview preview-x" data-platform=platform.key()>
            <Avatar name=name.clone() src=avatar />
            <div class="preview-body">
                <p class="preview-by">
                    <b class="clip" dir="auto">
                        {name}
                    </b>
                    <span class="dim clip">{called(&handle, "")}</span>
                </p>
                <p class="preview-text" dir="auto">
                    <RichText platform text />
                </p>
                <Pictures pictures />
                <div class="preview-acts dim" aria-hidden="true">
                    {icons.into_iter().map(|shape| view! { <Icon shape /> }).collect_view()}
                </div>
            </div>
        </article>
    }
    .into_any()
}
