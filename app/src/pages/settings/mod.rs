//! `/settings`: the workspace's name, zone and lateness window; language and theme; sessions; another workspace.

mod browser_name;
mod create_form;
mod sessions;
mod skeleton;
mod workspace_form;

use crate::components::{LanguageChoice, Loaded, Page, ThemeChoice};
use crate::server_fns::settings::{SettingsData, get_settings};
use crate::state::{use_page_facts, use_words};
use create_form::CreateForm;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::Permission;
use sessions::Sessions;
use skeleton::SettingsSkeleton;
use ui::{Banner, ButtonLink, Tone};
use workspace_form::WorkspaceForm;

#[component]
pub fn SettingsPage() -> impl IntoView {
    let words = use_words();
    let w = words.settings();
    let data = Resource::new_blocking(|| (), |()| get_settings());
    let changed = Callback::new(move |()| data.refetch());
    let query = use_query_map();
    let saved = move || query.with(|query| query.get("done").as_deref() == Some("saved"));
    view! {
        <Page title=w.title()>
            <div class="stack page-news">
                {move || saved().then(|| view! { <Banner tone=Tone::Good title=w.saved() /> })}
            </div>
            <Loaded
                resource=data
                skeleton=|| view! { <SettingsSkeleton /> }
                view=move |data: SettingsData| view! { <Sections data changed /> }
            />
        </Page>
    }
}

#[component]
fn Sections(data: SettingsData, changed: Callback<()>) -> impl IntoView {
    let role = use_page_facts().session.and_then(|session| session.membership().map(|m| m.role));
    let may_change = role.is_some_and(|role| role.allows(Permission::ManageTeam));
    let may_look = role.is_some_and(|role| role.allows(Permission::SeeOperations));
    let SettingsData { workspace, zones, sessions } = data;
    let zones = zones.into_iter().map(|zone| view! { <option value=zone></option> }).collect_view();
    view! {
        <div class="settings">
            {workspace.map(|workspace| view! { <WorkspaceForm workspace may_change /> })}
            <Look />
            <Sessions sessions changed />
            {may_look.then(|| view! { <ToOperations /> })}
            <CreateForm />
            <About />
        </div>
        <datalist id="zones">{zones}</datalist>
    }
    .into_any()
}

/// Language and theme, of this browser.
#[component]
fn Look() -> impl IntoView {
    let words = use_words();
    let w = words.settings();
    view! {
        <section aria-labelledby="look-title">
            <header>
                <h2 id="look-title">{w.look_title()}</h2>
                <p>{w.look_text()}</p>
            </header>
            <div class="looks">
                <div>
                    <h3>{words.frame().language()}</h3>
                    <LanguageChoice />
                </div>
                <div>
                    <h3>{words.frame().theme()}</h3>
                    <ThemeChoice />
                </div>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn ToOperations() -> impl IntoView {
    let w = use_words().operations();
    view! {
        <section aria-labelledby="operations-title">
            <header>
                <h2 id="operations-title">{w.title()}</h2>
                <p>{w.link_text()}</p>
            </header>
            <div>
                <ButtonLink href="/settings/operations">{w.link_act()}</ButtonLink>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn About() -> impl IntoView {
    let w = use_words().settings();
    view! {
        <section aria-labelledby="about-title">
            <header>
                <h2 id="about-title">{w.about_title()}</h2>
            </header>
            <p class="muted small">
                {w.version(env!("CARGO_PKG_VERSION"))} " · " {w.licence(env!("CARGO_PKG_LICENSE"))}
            </p>
        </section>
    }
}
