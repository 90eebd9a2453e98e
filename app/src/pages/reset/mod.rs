//! `/reset/:token`: a new password, by a link from `fanfare user reset`.

use crate::components::{EntryPage, ErrorBanner, ErrorView, form_error};
use crate::pages::sign_in::RESET_COMMAND;
use crate::server_fns::auth::{ResetPassword, reset_valid};
use crate::state::use_words;
use crate::words::field_fault;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::session::PASSWORD_MIN;
use ui::{Button, ButtonKind, Field};

#[component]
pub fn ResetPage() -> impl IntoView {
    let w = use_words().reset();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let asked = token.clone();
    let valid = Resource::new_blocking(|| (), move |()| reset_valid(asked.clone()));
    view! {
        <Suspense>
            {move || {
                let token = token.clone();
                Suspend::new(async move {
                    match valid.await {
                        Ok(true) => view! {
                            <EntryPage title=w.title()>
                                <p class="muted">{w.text()}</p>
                                <ResetForm token />
                            </EntryPage>
                        }
                        .into_any(),
                        Ok(false) => view! {
                            <EntryPage title=w.gone_title()>
                                <p class="muted">{w.gone_text(RESET_COMMAND)}</p>
                            </EntryPage>
                        }
                        .into_any(),
                        Err(error) => view! {
                            <EntryPage title=w.title()>
                                <ErrorView error />
                            </EntryPage>
                        }
                        .into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn ResetForm(token: String) -> impl IntoView {
    let words = use_words();
    let c = words.common();
    let action = ServerAction::<ResetPassword>::new();
    let error = Signal::derive(move || action.value().get().and_then(Result::err));
    let fault = Signal::derive(move || field_fault(words, error.get().as_ref(), "password"));
    view! {
        <ActionForm action=action>
            <div class="stack form">
                <ErrorBanner error=Signal::derive(move || form_error(error.get(), &["password"])) />
                <input type="hidden" name="token" value=token />
                <Field
                    label=c.new_password()
                    name="password"
                    kind="password"
                    autocomplete="new-password"
                    hint=c.password_hint()
                    minlength=PASSWORD_MIN
                    required=true
                    error=fault
                />
                <Button kind=ButtonKind::Primary submit=true busy=action.pending()>
                    {words.reset().submit()}
                </Button>
            </div>
        </ActionForm>
    }
}
