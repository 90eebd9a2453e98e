use super::acts::Acts;
use crate::components::{ErrorBanner, form_error};
use crate::state::use_words;
use crate::words::field_fault;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::Platform;
use model::account::AccountView;
use ui::{Button, ButtonKind, Field};

const FIELDS: [&str; 3] = ["host", "handle", "app_password"];
/// Where people make app passwords at the usual server.
const APP_PASSWORDS: &str = "https://bsky.app/settings/app-passwords";
const USUAL_HOST: &str = "https://bsky.social";

/// The form for Bluesky, behind a button. The address opens it for one account with `?reconnect=<id>`.
#[component]
pub(super) fn BlueskyConnect(accounts: Vec<AccountView>, sandbox: bool, acts: Acts) -> impl IntoView {
    let w = use_words().accounts();
    let query = use_query_map();
    let password = NodeRef::<html::Input>::new();
    let account = Memo::new(move |_| {
        let wanted = query.with(|query| query.get("reconnect"))?;
        accounts.iter().find(|account| account.id.to_string() == wanted).cloned()
    });
    let failed = move || acts.bluesky.value().with(|value| matches!(value, Some(Err(_))));
    Effect::new(move || {
        if account.with(Option::is_some)
            && let Some(field) = password.get()
        {
            // Fails only for what can't take the focus.
            drop(field.focus());
        }
    });
    let label = w.connect_platform(Platform::Bluesky.name());
    view! {
        <details class="bluesky" open=move || account.with(Option::is_some) || failed()>
            <summary class="button" aria-label=label>
                {w.bluesky_open()}
            </summary>
            {move || {
                let account = account.get();
                view! { <BlueskyForm account sandbox password acts /> }
            }}
        </details>
    }
    .into_any()
}

#[component]
fn BlueskyForm(
    /// The one to connect again.
    account: Option<AccountView>,
    sandbox: bool,
    password: NodeRef<html::Input>,
    acts: Acts,
) -> impl IntoView {
    let words = use_words();
    let w = words.accounts();
    let error = Signal::derive(move || acts.bluesky.value().get().and_then(Result::err));
    let fault = move |field| Signal::derive(move || field_fault(words, error.get().as_ref(), field));
    let (host, handle) = account.clone().map(|account| (account.host, account.handle)).unwrap_or_default();
    let again = account.map(|account| w.bluesky_reconnect(&account.called()));
    let host_hint = if sandbox { w.host_hint_sandbox() } else { w.host_hint() };
    view! {
        <ActionForm action=acts.bluesky>
            <div class="stack form">
                {again.map(|text| view! { <p class="strong">{text}</p> })}
                <ErrorBanner error=Signal::derive(move || form_error(error.get(), &FIELDS)) />
                <Field
                    label=w.handle()
                    name="handle"
                    id="bluesky-handle"
                    hint=w.handle_hint()
                    value=handle
                    autocomplete="off"
                    required=true
                    error=fault("handle")
                />
                <Field
                    label=w.app_password()
                    name="app_password"
                    id="bluesky-password"
                    kind="password"
                    hint=w.app_password_hint()
                    autocomplete="off"
                    required=true
                    error=fault("app_password")
                    node_ref=password
                />
                {if sandbox {
                    view! { <p class="muted small">{w.app_password_sandbox()}</p> }.into_any()
                } else {
                    view! {
                        <p class="small">
                            <a class="link" href=APP_PASSWORDS target="_blank" rel="noopener noreferrer">
                                {w.app_password_where()}
                            </a>
                        </p>
                    }
                        .into_any()
                }}
                <Field
                    label=w.host()
                    name="host"
                    id="bluesky-host"
                    hint=host_hint
                    value=host
                    placeholder=if sandbox { "" } else { USUAL_HOST }
                    autocomplete="off"
                    error=fault("host")
                />
                <div class="row">
                    <Button kind=ButtonKind::Primary submit=true busy=acts.bluesky.pending()>
                        {w.connect()}
                    </Button>
                </div>
            </div>
        </ActionForm>
    }
    .into_any()
}
