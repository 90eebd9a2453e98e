//! `/`: what needs somebody, what comes today, what went out; before the first post, the way to it.

mod agenda;
mod first_steps;
mod needs;
mod new_workspace;
mod skeleton;
mod week;

use crate::components::{Loaded, Page};
use crate::pages::posts::acts::{Acts, AskDialog};
use crate::pages::posts::times::{follow, look_again};
use crate::pages::posts::use_posts_changed;
use crate::server_fns::posts::{HomeData, home};
use crate::state::{on_change, use_page_facts, use_words};
use agenda::{Last, Today};
use first_steps::FirstSteps;
use leptos::prelude::*;
use model::live::Topic;
use model::session::Membership;
use needs::Needs;
use new_workspace::NewWorkspace;
use skeleton::HomeSkeleton;
use week::Week;

#[component]
pub fn HomePage() -> impl IntoView {
    let title = use_words().home().title();
    let membership = use_page_facts().session.and_then(|session| session.membership().cloned());
    match membership {
        Some(membership) => view! { <WorkspaceHome membership /> }.into_any(),
        None => view! {
            <Page title=title>
                <NewWorkspace />
            </Page>
        }
        .into_any(),
    }
}

#[component]
fn WorkspaceHome(membership: Membership) -> impl IntoView {
    let words = use_words();
    let w = words.home();
    let zone = membership.zone.clone();
    let changed = use_posts_changed();
    let data = Resource::new_blocking(move || changed.times(), |_| home());
    follow(data, |data: &HomeData| {
        let again = |posts: &[_]| look_again(posts, &data.now);
        again(&data.attention).into_iter().chain(again(&data.coming)).min()
    });
    on_change(&[Topic::Posts, Topic::Accounts], move || data.refetch());
    let acts = Acts::new(Callback::new(move |()| data.refetch()), Callback::new(|()| {}));
    view! {
        <Page
            title=w.title()
            tools=move || view! { <span class="zone only-wide">{words.posts().zone(&zone)}</span> }
        >
            <Loaded
                resource=data
                skeleton=|| view! { <HomeSkeleton /> }
                view=move |data: HomeData| {
                    let membership = membership.clone();
                    if is_new(&data) {
                        view! { <FirstSteps membership connected=!data.accounts.is_empty() /> }.into_any()
                    } else {
                        view! {
                            <div class="split home">
                                <div class="flow">
                                    <Needs data=data.clone() membership acts />
                                    <Today data=data.clone() />
                                    <Last data />
                                </div>
                                <Week />
                            </div>
                        }
                        .into_any()
                    }
                }
            />
        </Page>
        <AskDialog acts />
    }
}

/// Nothing was ever scheduled here.
fn is_new(data: &HomeData) -> bool {
    data.attention.is_empty() && data.coming.is_empty() && data.published.is_empty()
}
