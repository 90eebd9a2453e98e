use super::draft::Draft;
use super::version::Tab;
use crate::components::PlatformBadge;
use crate::state::use_words;
use leptos::prelude::*;
use model::Platform;
use ui::{TabButton, TabList};

/// A tab for what all platforms get and one for each version of a platform's own, then buttons that make one.
#[component]
pub(super) fn Tabs(
    draft: Draft,
    /// Tabs in which something has to be settled.
    faulty: Signal<Vec<Tab>>,
) -> impl IntoView {
    let w = use_words().composer();
    let tabs = Memo::new(move |_| draft.tabs());
    let without = Memo::new(move |_| {
        let platforms = draft.platforms();
        platforms.into_iter().filter(|platform| !draft.own(*platform).on.get()).collect::<Vec<_>>()
    });
    let hidden = move || without.with(Vec::is_empty) && tabs.with(|tabs| tabs.len() == 1);
    view! {
        <div class="versions" hidden=hidden>
            <TabList label=w.versions()>
                <For each=move || tabs.get() key=|tab| *tab let:tab>
                    <TabButton
                        selected=Signal::derive(move || draft.shown.get() == tab)
                        panel=tab.panel()
                        on_select=move |()| draft.shown.set(tab)
                    >
                        <TabName tab />
                        {move || {
                            faulty
                                .with(|faulty| faulty.contains(&tab))
                                .then(|| view! { <span class="tab-fault" role="img" aria-label=w.has_fault()></span> })
                        }}
                    </TabButton>
                </For>
            </TabList>
            <div class="customise push" role="group" aria-label=w.customise() hidden=move || without.with(Vec::is_empty)>
                <span class="faint small" aria-hidden="true">
                    {w.customise()}
                </span>
                <For each=move || without.get() key=|platform| *platform let:platform>
                    <Customise draft platform />
                </For>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn TabName(tab: Tab) -> impl IntoView {
    let w = use_words().composer();
    match tab {
        Tab::All => view! { {w.all()} }.into_any(),
        Tab::Own(platform) => view! {
            <PlatformBadge platform silent=true />
            {platform.name()}
            <span class="tag">{w.own_text()}</span>
        }
        .into_any(),
    }
}

/// Gives a platform a version of its own.
#[component]
fn Customise(draft: Draft, platform: Platform) -> impl IntoView {
    let label = use_words().composer().customise_for(platform.name());
    view! {
        <button
            class="button is-quiet is-small is-icon"
            type="button"
            aria-label=label.clone()
            title=label
            on:click=move |_| draft.customise(platform)
        >
            <PlatformBadge platform silent=true />
        </button>
    }
}
