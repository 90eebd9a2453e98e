//! `/accounts`: the connected accounts with their health and what to do, and connecting more. `/accounts/choose/:id`
//! follows a consent that covers several.

mod acts;
mod bluesky_form;
mod choose;
mod connect;
mod dialogs;
mod groups;
mod health;
mod menu;
mod outcome;
mod remedy;
mod row;
mod skeleton;

pub use choose::ChoosePage;

use crate::components::{Loaded, NoWorkspace, Page, PlainFormError};
use crate::server_fns::accounts::{AccountList, list_accounts};
use crate::state::{on_change, use_page_facts, use_words};
use acts::Acts;
use connect::Connect;
use groups::Groups;
use leptos::prelude::*;
use model::Role;
use model::live::Topic;
use outcome::OutcomeBanner;
use skeleton::AccountsSkeleton;
use ui::EmptyState;

#[component]
pub fn AccountsPage() -> impl IntoView {
    let title = use_words().accounts().title();
    match use_page_facts().session.and_then(|session| session.membership().map(|m| m.role)) {
        Some(role) => view! { <WorkspaceAccounts role /> }.into_any(),
        None => view! { <NoWorkspace title /> }.into_any(),
    }
}

#[component]
fn WorkspaceAccounts(role: Role) -> impl IntoView {
    let words = use_words();
    let w = words.accounts();
    let list = Resource::new_blocking(|| (), |()| list_accounts());
    on_change(&[Topic::Accounts, Topic::Posts], move || list.refetch());
    // What the address tells is old news once something else was done.
    let news = RwSignal::new(true);
    let acts = Acts::new(
        role,
        Callback::new(move |()| {
            news.set(false);
            list.refetch();
        }),
    );
    view! {
        <Page title=w.title()>
            <div class="stack page-news">
                {move || news.get().then(|| view! { <OutcomeBanner acts /> })}
                <PlainFormError errors=acts.errors_at_first() />
            </div>
            <Loaded
                resource=list
                skeleton=|| view! { <AccountsSkeleton /> }
                view=move |list: AccountList| view! { <Lists list acts /> }
            />
        </Page>
    }
}

#[component]
fn Lists(list: AccountList, acts: Acts) -> impl IntoView {
    let w = use_words().accounts();
    let connected = if list.accounts.is_empty() {
        let text = if acts.may_manage { w.empty_text() } else { w.empty_text_others() };
        view! { <EmptyState title=w.empty_title() text=text /> }.into_any()
    } else {
        view! { <Groups accounts=list.accounts.clone() acts /> }.into_any()
    };
    view! {
        <div class="split accounts">
            <section class="section" aria-label=w.connected_title()>
                {connected}
            </section>
            <Connect offers=list.offers accounts=list.accounts acts />
        </div>
    }
    .into_any()
}
