use crate::components::{ErrorBanner, form_error};
use crate::pages::setup::zone_of_browser;
use crate::server_fns::workspaces::CreateWorkspace;
use crate::state::use_words;
use crate::words::field_fault;
use leptos::prelude::*;
use ui::{Button, ButtonKind, EmptyState, Field};

/// For a person who is in no workspace (any more).
#[component]
pub(super) fn NewWorkspace() -> impl IntoView {
    let words = use_words();
    let w = words.home();
    let c = words.common();
    let action = ServerAction::<CreateWorkspace>::new();
    let error = Signal::derive(move || action.value().get().and_then(Result::err));
    let fault = move |field| Signal::derive(move || field_fault(words, error.get().as_ref(), field));
    view! {
        <EmptyState title=w.no_workspace_title() text=w.no_workspace_text() />
        <ActionForm action=action>
            <div class="stack form is-narrow">
                <ErrorBanner error=Signal::derive(move || form_error(error.get(), &["name", "zone"])) />
                <Field
                    label=words.setup().workspace_name()
                    name="name"
                    autocomplete="organization"
                    required=true
                    error=fault("name")
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
                    {w.create_workspace()}
                </Button>
            </div>
        </ActionForm>
    }
}
