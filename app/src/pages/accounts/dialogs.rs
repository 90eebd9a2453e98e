use super::acts::Acts;
use crate::components::AskingDialog;
use crate::state::use_words;
use leptos::prelude::*;
use model::account::{AccountView, Health};
use ui::{ButtonKind, Field};

/// Longest label, as the service asks; checked there, said here.
const LABEL_MAX: u32 = 60;

/// Closes the dialog once the form was sent and answered; the toast tells how.
fn close_after(open: RwSignal<bool>, version: Signal<usize>) {
    Effect::new(move |before: Option<usize>| {
        let now = version.get();
        if before.is_some_and(|before| before != now) {
            open.set(false);
        }
        now
    });
}

#[component]
pub(super) fn LabelDialog(
    account: AccountView,
    name: String,
    open: RwSignal<bool>,
    acts: Acts,
) -> impl IntoView {
    let words = use_words();
    let w = words.accounts();
    close_after(open, Signal::derive(move || acts.edit.version().get()));
    let paused = account.health == Health::Paused;
    view! {
        <ActionForm action=acts.edit>
            <AskingDialog
                id=format!("label-{}", account.id)
                open
                title=w.label_title(&name)
                act=words.common().save()
                act_kind=ButtonKind::Primary
                keep=words.common().cancel()
                busy=acts.edit.pending()
            >
                <input type="hidden" name="account" value=account.id.to_string() />
                <input type="hidden" name="paused" value=if paused { "true" } else { "false" } />
                <Field
                    label=w.label_field()
                    name="label"
                    id=format!("label-of-{}", account.id)
                    hint=w.label_hint()
                    value=account.label
                    maxlength=LABEL_MAX
                    autocomplete="off"
                />
            </AskingDialog>
        </ActionForm>
    }
    .into_any()
}

#[component]
pub(super) fn DisconnectDialog(
    account: AccountView,
    name: String,
    open: RwSignal<bool>,
    acts: Acts,
) -> impl IntoView {
    let w = use_words().accounts();
    close_after(open, Signal::derive(move || acts.disconnect.version().get()));
    let waiting = u64::try_from(account.waiting_posts).unwrap_or_default();
    let cancels = waiting > 0;
    let fate = if cancels { w.disconnect_waiting(waiting) } else { w.disconnect_none().to_owned() };
    view! {
        <ActionForm action=acts.disconnect>
            <AskingDialog
                id=format!("disconnect-{}", account.id)
                open
                title=w.disconnect_title(&name)
                act=w.disconnect_act()
                act_kind=ButtonKind::Danger
                keep=w.keep()
                busy=acts.disconnect.pending()
            >
                <input type="hidden" name="account" value=account.id.to_string() />
                <p class:strong=cancels>{fate}</p>
                <p>{w.disconnect_history()}</p>
                <p class="muted small">{w.disconnect_grant()}</p>
            </AskingDialog>
        </ActionForm>
    }
    .into_any()
}
