use super::acts::Acts;
use super::dialogs::{DisconnectDialog, LabelDialog};
use super::remedy::{ConnectFields, EditFields, reconnect_bluesky};
use crate::components::DialogOpener;
use crate::state::use_words;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use model::account::{AccountView, Health};
use model::{AccountId, Platform};
use ui::{ButtonKind, Icon, IconButton, IconShape, Menu, lucide};

/// The button that checks, and the menu with the rest.
#[component]
pub(super) fn AccountActs(account: AccountView, acts: Acts) -> impl IntoView {
    let w = use_words().accounts();
    let name = account.called_in_full();
    let check =
        acts.may_check.then(|| view! { <CheckButton account=account.id label=w.check_of(&name) acts /> });
    let has_menu = acts.may_manage || account.url.is_some();
    let menu = has_menu.then(|| view! { <AccountMenu account name acts /> });
    view! { <div class="end">{check} {menu}</div> }.into_any()
}

#[component]
fn CheckButton(account: AccountId, label: String, acts: Acts) -> impl IntoView {
    view! {
        <ActionForm action=acts.check>
            <input type="hidden" name="account" value=account.to_string() />
            <IconButton icon=lucide::REFRESH_CW label kind=ButtonKind::Quiet small=true submit=true />
        </ActionForm>
    }
}

#[component]
fn AccountMenu(account: AccountView, name: String, acts: Acts) -> impl IntoView {
    let w = use_words().accounts();
    let id = account.id;
    let menu = format!("account-{id}");
    let (labelling, disconnecting) = (RwSignal::new(false), RwSignal::new(false));
    let platform = account.platform.name();
    let see = account.url.clone().map(|url| {
        view! {
            <li>
                <a class="menu-item" href=url target="_blank" rel="noopener noreferrer">
                    <Icon shape=lucide::EXTERNAL_LINK />
                    <span>{w.see_at(platform)}</span>
                </a>
            </li>
        }
    });
    let manage = acts.may_manage.then(|| {
        view! {
            <li>
                <ReconnectItem account=account.clone() menu=menu.clone() acts />
            </li>
            <li>
                <PauseItem account=account.clone() menu=menu.clone() acts />
            </li>
            <li>
                <DialogOpener
                    dialog=format!("label-{id}")
                    open=labelling
                    class="menu-item"
                    icon=lucide::PENCIL
                    label=w.label()
                />
            </li>
            <li>
                <DialogOpener
                    dialog=format!("disconnect-{id}")
                    open=disconnecting
                    class="menu-item is-danger"
                    icon=lucide::UNPLUG
                    label=w.disconnect()
                />
            </li>
        }
    });
    let label = w.acts_of(&name);
    let dialogs = acts.may_manage.then(|| {
        view! {
            <LabelDialog account=account.clone() name=name.clone() open=labelling acts />
            <DisconnectDialog account name open=disconnecting acts />
        }
    });
    view! {
        <Menu
            id=menu
            label
            trigger=|| view! { <Icon shape=lucide::ELLIPSIS /> }
            trigger_class="button is-quiet is-small is-icon"
        >
            {see}
            {manage}
        </Menu>
        {dialogs}
    }
    .into_any()
}

#[component]
fn ReconnectItem(account: AccountView, menu: String, acts: Acts) -> impl IntoView {
    let w = use_words().accounts();
    if account.platform == Platform::Bluesky {
        return view! {
            <a class="menu-item" href=reconnect_bluesky(account.id)>
                <Icon shape=lucide::KEY_ROUND />
                <span>{w.reconnect()}</span>
            </a>
        }
        .into_any();
    }
    view! {
        <ActionForm action=acts.connect>
            <ConnectFields account />
            <MenuSubmit menu icon=lucide::KEY_ROUND label=w.reconnect() />
        </ActionForm>
    }
    .into_any()
}

#[component]
fn PauseItem(account: AccountView, menu: String, acts: Acts) -> impl IntoView {
    let w = use_words().accounts();
    let paused = account.health == Health::Paused;
    let (icon, label) = if paused { (lucide::PLAY, w.resume()) } else { (lucide::PAUSE, w.pause()) };
    view! {
        <ActionForm action=acts.edit>
            <EditFields account=account.id label=account.label paused=!paused />
            <MenuSubmit menu icon label />
        </ActionForm>
    }
}

/// A button of the menu that sends the form it stands in, and closes the menu.
#[component]
fn MenuSubmit(menu: String, icon: IconShape, label: &'static str) -> impl IntoView {
    let hide = move |_| {
        let sheet =
            document().get_element_by_id(&menu).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(sheet) = sheet {
            // Fails only where it isn't open.
            drop(sheet.hide_popover());
        }
    };
    view! {
        <button class="menu-item" on:click=hide>
            <Icon shape=icon />
            <span>{label}</span>
        </button>
    }
}
