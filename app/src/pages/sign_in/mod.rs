//! `/signin`. Goes to `next` afterwards; to `/setup` where nobody has set Fanfare up.

mod demo_doors;

use crate::components::{EntryPage, ErrorBanner, form_error};
use crate::server_fns::auth::{SignIn, setup_needed};
use crate::state::{local_path, use_page_facts, use_words};
use crate::words::field_fault;
use demo_doors::DemoDoors;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;
use ui::{Banner, Button, ButtonKind, Field, Tone};

/// The command that makes a link to a new password.
pub(crate) const RESET_COMMAND: &str = "fanfare user reset";

#[component]
pub fn SignInPage() -> impl IntoView {
    let next = local_path(&use_query_map().read_untracked().get("next").unwrap_or_default());
    if use_page_facts().session.is_some() {
        return view! { <Redirect path=next /> }.into_any();
    }
    let needed = Resource::new_blocking(|| (), |()| setup_needed());
    let title = use_words().sign_in().title();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                matches!(needed.await, Ok(true)).then(|| view! { <Redirect path="/setup" /> })
            })}
        </Suspense>
        <EntryPage title=title>
            <Done />
            <SignInForm next=next.clone() />
            {use_page_facts().demo.map(|demo| view! { <DemoDoors demo next /> })}
        </EntryPage>
    }
    .into_any()
}

/// What was just done, where another page sent the person here.
#[component]
fn Done() -> impl IntoView {
    let w = use_words().sign_in();
    let done = use_query_map().read_untracked().get("done").unwrap_or_default();
    match done.as_str() {
        "password_changed" => Some((w.password_changed(), w.password_changed_text())),
        "signed_out" => Some((w.signed_out(), "")),
        _ => None,
    }
    .map(|(title, text)| view! { <Banner tone=Tone::Good title=title text=text /> })
}

#[component]
fn SignInForm(next: String) -> impl IntoView {
    let words = use_words();
    let w = words.sign_in();
    let action = ServerAction::<SignIn>::new();
    let error = Signal::derive(move || action.value().get().and_then(Result::err));
    let fault = move |field| Signal::derive(move || field_fault(words, error.get().as_ref(), field));
    view! {
        <ActionForm action=action>
            <div class="stack form">
                <ErrorBanner error=Signal::derive(move || form_error(error.get(), &["email", "password"])) />
                <input type="hidden" name="next" value=next />
                <Field
                    label=words.common().email()
                    name="email"
                    kind="email"
                    autocomplete="username"
                    required=true
                    error=fault("email")
                />
                <Field
                    label=words.common().password()
                    name="password"
                    kind="password"
                    autocomplete="current-password"
                    required=true
                    error=fault("password")
                />
                <Button kind=ButtonKind::Primary submit=true busy=action.pending()>
                    {w.submit()}
                </Button>
                <details class="small muted">
                    <summary>{w.forgotten()}</summary>
                    <p>{w.forgotten_text(RESET_COMMAND)}</p>
                </details>
            </div>
        </ActionForm>
    }
}
