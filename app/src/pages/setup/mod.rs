//! `/setup`: the first person becomes the owner of the first workspace.

mod browser_zone;

use crate::components::{EntryPage, ErrorBanner, form_error};
use crate::server_fns::auth::{SetUp, setup_needed};
use crate::state::use_words;
use crate::words::field_fault;
pub use browser_zone::zone_of_browser;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use model::session::PASSWORD_MIN;
use ui::{Button, ButtonKind, Field};

const FIELDS: [&str; 5] = ["name", "email", "password", "workspace", "zone"];

#[component]
pub fn SetupPage() -> impl IntoView {
    let needed = Resource::new_blocking(|| (), |()| setup_needed());
    let w = use_words().setup();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                matches!(needed.await, Ok(false)).then(|| view! { <Redirect path="/signin" /> })
            })}
        </Suspense>
        <EntryPage title=w.title()>
            <p class="muted">{w.intro()}</p>
            <SetupForm />
        </EntryPage>
    }
}

#[component]
fn SetupForm() -> impl IntoView {
    let words = use_words();
    let w = words.setup();
    let c = words.common();
    let action = ServerAction::<SetUp>::new();
    let error = Signal::derive(move || action.value().get().and_then(Result::err));
    let fault = move |field| Signal::derive(move || field_fault(words, error.get().as_ref(), field));
    view! {
        <ActionForm action=action>
            <div class="stack form">
                <ErrorBanner error=Signal::derive(move || form_error(error.get(), &FIELDS)) />
                <Field label=w.your_name() name="name" autocomplete="name" required=true error=fault("name") />
                <Field
                    label=c.email()
                    name="email"
                    kind="email"
                    autocomplete="username"
                    required=true
                    error=fault("email")
                />
                <Field
                    label=c.password()
                    name="password"
                    kind="password"
                    autocomplete="new-password"
                    hint=c.password_hint()
                    minlength=PASSWORD_MIN
                    required=true
                    error=fault("password")
                />
                <Field
                    label=w.workspace_name()
                    name="workspace"
                    autocomplete="organization"
                    hint=w.workspace_hint()
                    required=true
                    error=fault("workspace")
                />
                <Field
                    label=c.zone()
                    name="zone"
                    hint=c.zone_hint()
                    value=zone_of_browser()
                    required=true
                    error=fault("zone")
                />
                <Button kind=ButtonKind::Primary submit=true busy=action.pending()>
                    {w.submit()}
                </Button>
            </div>
        </ActionForm>
    }
}
