use crate::state::use_words;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Overview,
    Compare,
}

/// The pages of analytics.
#[component]
pub(super) fn Tabs(here: Tab) -> impl IntoView {
    let w = use_words().analytics();
    let link = move |tab: Tab, path: &'static str, name: &'static str| {
        view! {
            <a href=path aria-current=(tab == here).then_some("page")>
                {name}
            </a>
        }
    };
    view! {
        <div class="segmented" role="group" aria-label=w.pages()>
            {link(Tab::Overview, "/analytics", w.overview())}
            {link(Tab::Compare, "/analytics/compare", w.compare())}
        </div>
    }
}
