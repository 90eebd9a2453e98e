use crate::components::{ErrorBanner, form_error};
use crate::pages::setup::zone_of_browser;
use crate::server_fns::workspaces::CreateWorkspace;
use crate::state::use_words;
use crate::words::field_fault;
use leptos::prelude::*;
use ui::{Button, Field};

/// Makes another workspace and goes there.
#[component]
pub(super) fn CreateForm() -> impl IntoView {
    let words = use_words();
    let w = words.settings();
    let action = ServerAction::<CreateWorkspace>::new();
    let error = Signal::derive(move || action.value().get().and_then(Result::err));
    let fault = move |field| Signal::derive(move || field_fault(words, error.get().as_ref(), field));
    view! {
        <section aria-labelledby="create-title">
            <header>
                <h2 id="create-title">{w.create_title()}</h2>
                <p>{w.create_text()}</p>
            </header>
            <ActionForm action=action>
                <div class="stack form">
                    <ErrorBanner error=Signal::derive(move || form_error(error.get(), &["name", "zone"])) />
                    <Field
                        label=words.common().name()
                        name="name"
                        id="new-workspace-name"
                        hint=words.setup().workspace_hint()
                        autocomplete="off"
                        required=true
                        error=fault("name")
                    />
                    <Field
                        label=words.common().zone()
                        name="zone"
                        id="new-workspace-zone"
                        value=zone_of_browser()
                        list="zones"
                        autocomplete="off"
                        required=true
                        error=fault("zone")
                    />
                    <div class="row">
                        <Button submit=true busy=action.pending()>
                            {w.create_act()}
                        </Button>
                    </div>
                </div>
            </ActionForm>
        </section>
    }
    .into_any()
}
