use super::draft::Draft;
use crate::components::PlatformBadge;
use crate::state::use_words;
use crate::words::Words;
use leptos::prelude::*;
use model::account::{AccountView, Health};
use ui::{Avatar, ButtonLink, Icon, lucide};

/// The accounts to send to, as chips to tick; those that can't publish now are explained below.
#[component]
pub(super) fn Accounts(draft: Draft, accounts: Vec<AccountView>) -> impl IntoView {
    let words = use_words();
    let w = words.composer();
    if accounts.is_empty() {
        return view! {
            <div class="row wrap">
                <p class="muted small">{w.no_accounts()}</p>
                <ButtonLink href="/accounts" small=true icon=lucide::AT_SIGN>
                    {w.connect()}
                </ButtonLink>
            </div>
        }
        .into_any();
    }
    let notes = {
        let accounts = accounts.clone();
        move || {
            let chosen = draft.chosen.get();
            let not_ready = |a: &&AccountView| matches!(a.health, Health::NeedsReconnect | Health::Paused);
            health_notes(words, accounts.iter().filter(|a| chosen.contains(&a.id) || not_ready(a)))
                .into_iter()
                .map(|note| view! { <li class="small muted">{note}</li> })
                .collect_view()
        }
    };
    let chips = accounts.into_iter().map(|account| view! { <Chip draft account /> }).collect_view();
    view! {
        <fieldset class="stack">
            <legend class="visually-hidden">{w.accounts()}</legend>
            <div class="chips-row">{chips}</div>
            <ul class="stack" aria-live="polite">
                {notes}
            </ul>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Chip(draft: Draft, account: AccountView) -> impl IntoView {
    let words = use_words();
    let id = account.id;
    let fault = match account.health {
        Health::NeedsReconnect | Health::Paused => Some("error"),
        Health::Expiring | Health::Error => Some("warning"),
        Health::Active => None,
    };
    let shown = if account.label.is_empty() { account.called() } else { account.label.clone() };
    let hear = move |event| {
        let on = event_target_checked(&event);
        draft.chosen.update(|chosen| {
            chosen.retain(|other| *other != id);
            if on {
                chosen.push(id);
            }
        });
    };
    view! {
        <label class="account-chip" data-fault=fault title=account.name.clone()>
            <input
                class="visually-hidden"
                type="checkbox"
                name="accounts[]"
                value=id.to_string()
                checked=draft.chosen.with_untracked(|chosen| chosen.contains(&id))
                on:change=hear
            />
            <Avatar name=account.name.clone() src=account.avatar.clone()>
                <PlatformBadge platform=account.platform silent=true />
            </Avatar>
            <span class="visually-hidden">{account.platform.name()}</span>
            <span class="clip" dir="auto">
                {shown}
            </span>
            {account
                .sandbox
                .then(|| {
                    let simulated = words.common().sandbox();
                    view! {
                        <span class="tag is-sandbox is-mark" title=simulated>
                            <Icon shape=lucide::FLASK_CONICAL />
                            <span class="visually-hidden">{simulated}</span>
                        </span>
                    }
                })}
        </label>
    }
}

/// Why some accounts can't publish or soon won't, a line a reason.
fn health_notes<'a>(words: Words, accounts: impl Iterator<Item = &'a AccountView>) -> Vec<String> {
    let w = words.composer();
    let accounts: Vec<_> = accounts.collect();
    let names = |health: Health| {
        let names: Vec<String> =
            accounts.iter().filter(|a| a.health == health).map(|a| a.called_in_full()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    [
        names(Health::NeedsReconnect).map(|names| w.needs_reconnect(&names)),
        names(Health::Paused).map(|names| w.paused(&names)),
        names(Health::Expiring).map(|names| w.expiring(&names)),
        names(Health::Error).map(|names| w.erring(&names)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
