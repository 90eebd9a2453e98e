//! `/team`: who is in the workspace, with which role, and inviting more.

mod acts;
mod copy_line;
mod invitations;
mod invite_form;
mod member_row;
mod roles;
mod skeleton;

use crate::components::{Loaded, NoWorkspace, Page, PlainFormError};
use crate::format;
use crate::server_fns::team::{TeamList, list_team};
use crate::state::{on_change, use_page_facts, use_words};
use acts::Acts;
use invitations::Invitations;
use invite_form::InviteForm;
use leptos::prelude::*;
use member_row::MemberRow;
use model::live::Topic;
use model::{Role, UserId};
use roles::{Managing, Roles};
use skeleton::TeamSkeleton;

#[component]
pub fn TeamPage() -> impl IntoView {
    let title = use_words().team().title();
    let me =
        use_page_facts().session.and_then(|session| session.membership().map(|m| (session.user, m.role)));
    match me {
        Some((user, role)) => view! { <WorkspaceTeam user role /> }.into_any(),
        None => view! { <NoWorkspace title /> }.into_any(),
    }
}

#[component]
fn WorkspaceTeam(user: UserId, role: Role) -> impl IntoView {
    let words = use_words();
    let list = Resource::new_blocking(|| (), |()| list_team());
    on_change(&[Topic::Team], move || list.refetch());
    let acts = Acts::new(Callback::new(move |()| list.refetch()));
    view! {
        <Page title=words.team().title()>
            <div class="stack page-news">
                <PlainFormError errors=acts.errors_at_first() />
            </div>
            <Loaded
                resource=list
                skeleton=|| view! { <TeamSkeleton /> }
                view=move |list: TeamList| view! { <Team list user role acts /> }
            />
        </Page>
    }
}

#[component]
fn Team(list: TeamList, user: UserId, role: Role, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.team();
    let TeamList { members, invitations, fresh_link } = list;
    let owners = members.iter().filter(|member| member.role == Role::Owner).count();
    let people = u64::try_from(members.len()).unwrap_or_default();
    let managing = Managing { me: user, role, owners };
    let rows = members.into_iter().map(|member| view! { <MemberRow member managing acts /> }).collect_view();
    let invite = if managing.may_invite() {
        view! {
            <InviteForm role fresh_link acts />
            <Invitations invitations acts />
        }
        .into_any()
    } else {
        view! { <p class="muted small">{w.only_admins()}</p> }.into_any()
    };
    view! {
        <div class="flow team">
            <section class="section" aria-labelledby="members-title">
                <div class="group-head">
                    <h2 id="members-title">{w.members()}</h2>
                    <span class="count" aria-hidden="true">
                        {format::count(words.0, people)}
                    </span>
                    <span class="visually-hidden">{w.people(people)}</span>
                </div>
                <ul class="member-rows">{rows}</ul>
            </section>
            {invite}
            <Roles />
        </div>
    }
    .into_any()
}
