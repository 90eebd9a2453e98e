use super::acts::Acts;
use super::copy_line::CopyLine;
use super::roles::role_choices;
use crate::components::{ErrorBanner, form_error};
use crate::state::use_words;
use crate::words::field_fault;
use leptos::prelude::*;
use model::Role;
use ui::{Banner, Button, ButtonKind, Field, Select, Tone};

const FIELDS: [&str; 2] = ["email", "role"];

/// Makes an invitation and shows its link, once.
#[component]
pub(super) fn InviteForm(
    role: Role,
    /// Made by this form without wasm, before the page was loaded.
    fresh_link: Option<String>,
    acts: Acts,
) -> impl IntoView {
    let words = use_words();
    let w = words.team();
    let error = Signal::derive(move || acts.invite.value().get().and_then(Result::err));
    let fault = move |field| Signal::derive(move || field_fault(words, error.get().as_ref(), field));
    let link = move || match acts.invite.value().get() {
        Some(Ok(new)) => Some(new.link),
        _ => fresh_link.clone(),
    };
    view! {
        <section class="section" aria-labelledby="invite-title">
            <div class="group-head">
                <h2 id="invite-title">{w.invite_title()}</h2>
            </div>
            <p class="muted small invite-note">{w.invite_text()}</p>
            <ErrorBanner error=Signal::derive(move || form_error(error.get(), &FIELDS)) />
            <ActionForm action=acts.invite>
                <div class="invite-form">
                    <Field
                        label=w.email_optional()
                        name="email"
                        id="invite-email"
                        kind="email"
                        hint=w.email_hint()
                        autocomplete="off"
                        error=fault("email")
                    />
                    <Select
                        label=w.role()
                        name="role"
                        id="invite-role"
                        choices=role_choices(words, role)
                        value=Role::Editor.key()
                        error=fault("role")
                    />
                    <Button kind=ButtonKind::Primary submit=true busy=acts.invite.pending()>
                        {w.invite_act()}
                    </Button>
                </div>
            </ActionForm>
            {move || {
                link()
                    .map(|link| {
                        view! {
                            <div class="fresh-link stack">
                                <Banner tone=Tone::Good title=w.link_title() text=w.link_text() />
                                <CopyLine label=w.link_field() text=link />
                            </div>
                        }
                    })
            }}
        </section>
    }
    .into_any()
}
