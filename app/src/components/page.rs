use super::document_title::document_title;
use super::frame::SearchButton;
use crate::state::{use_over_page, use_page_facts, use_words};
use leptos::prelude::*;
use leptos_meta::Title;
use model::Permission;
use ui::{Icon, lucide};

/// One page inside the frame: top bar with its title, then its content.
#[component]
pub fn Page(
    #[prop(into)] title: Signal<String>,
    /// What the browser's tab says instead, while something lies over the page.
    #[prop(optional, into)]
    tab_title: Signal<Option<String>>,
    /// Beside the title: the zone, counts, filters.
    #[prop(optional, into)]
    tools: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let words = use_words();
    let over = use_over_page();
    let composing = move || {
        let w = words.composer();
        over.sheet()
            .map(|sheet| if sheet.ends_with("/edit") { w.edit_title() } else { w.new_title() }.to_owned())
    };
    let in_tab = document_title(move || {
        let title = composing().or_else(|| tab_title.get()).unwrap_or_else(|| title.get());
        format!("{title} · {}", words.common().product())
    });
    let session = use_page_facts().session;
    let role = session.as_ref().and_then(|session| session.membership()).map(|membership| membership.role);
    // Whoever is in no workspace is shown the way, too: it says what is missing.
    let composes = role.is_none_or(|role| role.allows(Permission::Publish));
    view! {
        <Title text=in_tab />
        <header class="topbar">
            <h1>{title}</h1>
            {tools.map(|tools| view! { <div class="topbar-tools">{tools.run()}</div> })}
            <SearchButton />
            {composes
                .then(|| {
                    view! {
                        // The sheet lies over the list, which must not jump below it.
                        <a
                            class="button is-primary compose"
                            href="/compose"
                            aria-keyshortcuts="c"
                            data-noscroll=""
                        >
                            <Icon shape=lucide::PLUS />
                            <span>{words.frame().compose()}</span>
                            <kbd aria-hidden="true">{COMPOSE_KEY}</kbd>
                        </a>
                    }
                })}
        </header>
        <main id="main" tabindex="-1">
            {children()}
        </main>
    }
    .into_any()
}

const COMPOSE_KEY: &str = "C";
