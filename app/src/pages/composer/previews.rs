use super::draft::Draft;
use crate::components::post_preview::{PostPreview, PreviewAccount, PreviewHead};
use crate::state::use_words;
use leptos::prelude::*;
use model::text::counter;
use ui::{Badge, MarkShape};

/// A live preview for each chosen account.
#[component]
pub(super) fn Previews(draft: Draft) -> impl IntoView {
    let w = use_words().composer();
    let pictures = Memo::new(move |_| draft.pictures());
    let chosen = Memo::new(move |_| draft.chosen_accounts());
    view! {
        <aside class="sheet-preview" aria-label=w.previews() tabindex="0">
            <p class="muted small" hidden=move || chosen.with(|chosen| !chosen.is_empty())>
                {w.preview_none()}
            </p>
            <For each=move || chosen.get() key=|account| account.id let:account>
                {
                    let platform = account.platform;
                    let over = move || {
                        let left = draft.text.with(|text| counter(platform, text)).left();
                        (left < 0).then(|| w.preview_over(left.unsigned_abs()))
                    };
                    let shown = PreviewAccount {
                        platform,
                        name: account.name.clone(),
                        handle: account.handle.clone(),
                        avatar: account.avatar.clone(),
                    };
                    view! {
                        <section>
                            <PreviewHead platform account=account.called()>
                                {move || {
                                    over()
                                        .map(|over| {
                                            view! {
                                                <span class="push">
                                                    <Badge state="failed" shape=MarkShape::OCTAGON>
                                                        {over}
                                                    </Badge>
                                                </span>
                                            }
                                        })
                                }}
                            </PreviewHead>
                            <PostPreview account=shown text=draft.text pictures=pictures />
                        </section>
                    }
                }
            </For>
        </aside>
    }
    .into_any()
}
