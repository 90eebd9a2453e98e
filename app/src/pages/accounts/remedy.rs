use super::acts::Acts;
use super::health::Remedy;
use crate::state::use_words;
use leptos::prelude::*;
use model::account::AccountView;
use model::{AccountId, Platform};
use ui::{Button, ButtonLink};

/// The button that helps against an account's trouble.
#[component]
pub(super) fn RemedyAct(remedy: Remedy, account: AccountView, acts: Acts) -> impl IntoView {
    let w = use_words().accounts();
    match remedy {
        Remedy::Reconnect => view! { <ReconnectAct account label=w.reconnect() acts /> }.into_any(),
        Remedy::Renew => view! { <ReconnectAct account label=w.renew() acts /> }.into_any(),
        Remedy::Resume => view! {
            <ActionForm action=acts.edit>
                <EditFields account=account.id label=account.label paused=false />
                <Button small=true submit=true busy=acts.edit.pending()>
                    {w.resume()}
                </Button>
            </ActionForm>
        }
        .into_any(),
        Remedy::Check => view! {
            <ActionForm action=acts.check>
                <input type="hidden" name="account" value=account.id.to_string() />
                <Button small=true submit=true busy=acts.check.pending()>
                    {w.check()}
                </Button>
            </ActionForm>
        }
        .into_any(),
    }
}

#[component]
fn ReconnectAct(account: AccountView, label: &'static str, acts: Acts) -> impl IntoView {
    if account.platform == Platform::Bluesky {
        let here = reconnect_bluesky(account.id);
        return view! {
            <ButtonLink href=here small=true>
                {label}
            </ButtonLink>
        }
        .into_any();
    }
    view! {
        <ActionForm action=acts.connect>
            <ConnectFields account />
            <Button small=true submit=true busy=acts.connect.pending()>
                {label}
            </Button>
        </ActionForm>
    }
    .into_any()
}

/// The form to connect Bluesky, filled in for this account.
pub(super) fn reconnect_bluesky(account: AccountId) -> String {
    format!("/accounts?reconnect={account}#bluesky")
}

/// What tells the server to renew this account.
#[component]
pub(super) fn ConnectFields(account: AccountView) -> impl IntoView {
    view! {
        <input type="hidden" name="platform" value=account.platform.key() />
        <input type="hidden" name="account" value=account.id.to_string() />
    }
}

/// What an edit sends.
#[component]
pub(super) fn EditFields(account: AccountId, label: String, paused: bool) -> impl IntoView {
    view! {
        <input type="hidden" name="account" value=account.to_string() />
        <input type="hidden" name="label" value=label />
        <input type="hidden" name="paused" value=if paused { "true" } else { "false" } />
    }
}
