use crate::components::Page;
use crate::state::use_words;
use leptos::prelude::*;
use ui::{ButtonKind, ButtonLink, EmptyState};

/// A page of a workspace, for a person who is in none.
#[component]
pub fn NoWorkspace(#[prop(into)] title: Signal<String>) -> impl IntoView {
    let w = use_words().home();
    view! {
        <Page title=title>
            <EmptyState title=w.no_workspace_title() text=w.no_workspace_text()>
                <ButtonLink href="/" kind=ButtonKind::Primary>
                    {w.create_workspace()}
                </ButtonLink>
            </EmptyState>
        </Page>
    }
}
