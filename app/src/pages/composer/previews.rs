use super::draft::Draft;
use super::points::{Leads, Place, Point};
use crate::components::post_preview::{PostPreview, PreviewAccount, PreviewHead};
use crate::state::use_words;
use leptos::prelude::*;
use model::Platform;
use model::account::AccountView;
use model::text::counter;
use ui::{Badge, Button, ButtonKind, MarkShape};

/// A live preview for each chosen account.
#[component]
pub(super) fn Previews(draft: Draft, points: Memo<Vec<Point>>) -> impl IntoView {
    let w = use_words().composer();
    let chosen = Memo::new(move |_| draft.chosen_accounts());
    view! {
        <aside class="sheet-preview" aria-label=w.previews() tabindex="0">
            <p class="muted small" hidden=move || chosen.with(|chosen| !chosen.is_empty())>
                {w.preview_none()}
            </p>
            <For each=move || chosen.get() key=|account| account.id let:account>
                <Preview draft points account />
            </For>
        </aside>
    }
    .into_any()
}

#[component]
fn Preview(draft: Draft, points: Memo<Vec<Point>>, account: AccountView) -> impl IntoView {
    let w = use_words().composer();
    let platform = account.platform;
    let text = Memo::new(move |_| draft.text_for(platform));
    let pictures = Memo::new(move |_| draft.pictures(platform));
    let called = account.called();
    let shown = PreviewAccount {
        platform,
        name: account.name.clone(),
        handle: account.handle.clone(),
        avatar: account.avatar.clone(),
    };
    let customise = move || {
        (!draft.own(platform).on.get()).then(|| {
            view! {
                <Button kind=ButtonKind::Quiet small=true on_press=move |_| draft.customise(platform)>
                    <span aria-hidden="true">{w.customise_act()}</span>
                    <span class="visually-hidden">{w.customise_for(platform.name())}</span>
                </Button>
            }
        })
    };
    view! {
        <section>
            <PreviewHead platform account=called>
                <span class="push row">
                    <Trouble draft points platform />
                    {customise}
                </span>
            </PreviewHead>
            <PostPreview account=shown text pictures />
        </section>
    }
}

/// How much is too much, or that images get bars.
#[component]
fn Trouble(draft: Draft, points: Memo<Vec<Point>>, platform: Platform) -> impl IntoView {
    let w = use_words().composer();
    move || {
        let left = counter(platform, &draft.text_for(platform)).left();
        let is_bar = |point: &&Point| matches!(point.leads, Leads::To(Place::Ratio(tab, _, of)) if of == platform && tab == draft.images_tab(platform));
        let bars = points.with(|points| points.iter().filter(is_bar).count());
        let badge = |state, shape, text: String| {
            view! {
                <Badge state shape>
                    {text}
                </Badge>
            }
        };
        if left < 0 {
            Some(badge("failed", MarkShape::OCTAGON, w.preview_over(left.unsigned_abs())))
        } else if bars > 0 {
            let bars = u64::try_from(bars).unwrap_or_default();
            Some(badge("warning", MarkShape::TRIANGLE, w.preview_crops(bars)))
        } else {
            None
        }
    }
}
