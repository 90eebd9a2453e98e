use crate::components::BrandMark;
use crate::server_fns::auth::SignOut;
use crate::server_fns::workspaces::SwitchWorkspace;
use crate::state::use_words;
use crate::words::role_name;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::session::Session;
use ui::{Icon, Menu, lucide};

/// The workspace's name; opens the list of workspaces and the way out.
#[component]
pub(super) fn WorkspaceMenu(session: Session) -> impl IntoView {
    let words = use_words();
    let (name, role) = match session.membership() {
        Some(membership) => (membership.name.clone(), role_name(words, membership.role)),
        None => (words.common().product().to_owned(), ""),
    };
    let label = words.frame().workspace_menu(&name);
    let trigger = move || {
        view! {
            <span class="workspace-mark">
                <BrandMark />
            </span>
            <span class="workspace-name">
                <span class="clip" dir="auto">
                    {name.clone()}
                </span>
                <small class="clip">{role}</small>
            </span>
            <Icon shape=lucide::CHEVRONS_UP_DOWN />
        }
    };
    view! {
        <Menu id="workspaces" label=label trigger=trigger trigger_class="workspace">
            <WorkspaceItems session />
        </Menu>
    }
    .into_any()
}

/// The other workspaces, who is signed in, and the way out: for the rail's menu and the phone's.
#[component]
pub(super) fn WorkspaceItems(session: Session) -> impl IntoView {
    let words = use_words();
    let w = words.frame();
    let current = session.current;
    let others: Vec<_> = session
        .workspaces
        .iter()
        .filter(|membership| Some(membership.workspace) != current)
        .map(|membership| {
            view! {
                <li>
                    <button class="menu-item" name="workspace" value=membership.workspace.to_string()>
                        <Icon shape=lucide::CHEVRON_RIGHT />
                        <span class="clip" dir="auto">
                            {membership.name.clone()}
                        </span>
                    </button>
                </li>
            }
        })
        .collect();
    let switch = (!others.is_empty()).then(|| {
        view! {
            <li>
                <form method="post" action=SwitchWorkspace::url()>
                    <p class="menu-head">{w.switch_to()}</p>
                    <ul>{others}</ul>
                </form>
            </li>
        }
    });
    view! {
        {switch}
        <li class="menu-foot">
            <p class="menu-head clip" title=session.email.clone()>
                {w.signed_in_as(&session.name)}
            </p>
            <form method="post" action=SignOut::url()>
                <button class="menu-item">
                    <Icon shape=lucide::LOG_OUT />
                    <span>{w.sign_out()}</span>
                </button>
            </form>
        </li>
    }
    .into_any()
}
