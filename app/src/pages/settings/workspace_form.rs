use crate::components::{ErrorBanner, form_error};
use crate::format;
use crate::server_fns::settings::UpdateSettings;
use crate::state::use_words;
use crate::words::field_fault;
use leptos::prelude::*;
use model::team::WorkspaceSettings;
use ui::{Button, ButtonKind, Field};

const FIELDS: [&str; 3] = ["name", "zone", "lateness_window_min"];

/// The workspace's name, zone and lateness window; for whoever may not change them, in words.
#[component]
pub(super) fn WorkspaceForm(workspace: WorkspaceSettings, may_change: bool) -> impl IntoView {
    let w = use_words().settings();
    let body = if may_change {
        view! { <Fields workspace /> }.into_any()
    } else {
        view! { <Facts workspace /> }.into_any()
    };
    view! {
        <section aria-labelledby="workspace-title">
            <header>
                <h2 id="workspace-title">{w.workspace_title()}</h2>
                <p>{w.workspace_text()}</p>
            </header>
            {body}
        </section>
    }
    .into_any()
}

#[component]
fn Fields(workspace: WorkspaceSettings) -> impl IntoView {
    let words = use_words();
    let w = words.settings();
    let c = words.common();
    let action = ServerAction::<UpdateSettings>::new();
    let error = Signal::derive(move || action.value().get().and_then(Result::err));
    let fault = move |field| Signal::derive(move || field_fault(words, error.get().as_ref(), field));
    view! {
        <ActionForm action=action>
            <div class="stack form">
                <ErrorBanner error=Signal::derive(move || form_error(error.get(), &FIELDS)) />
                <Field
                    label=c.name()
                    name="name"
                    id="workspace-name"
                    value=workspace.name
                    autocomplete="organization"
                    required=true
                    error=fault("name")
                />
                <Field
                    label=c.zone()
                    name="zone"
                    id="workspace-zone"
                    hint=w.zone_change()
                    value=workspace.zone
                    list="zones"
                    autocomplete="off"
                    required=true
                    error=fault("zone")
                />
                <Field
                    label=w.lateness()
                    name="lateness_window_min"
                    kind="number"
                    hint=w.lateness_hint()
                    value=workspace.lateness_window_min.to_string()
                    required=true
                    error=fault("lateness_window_min")
                />
                <div class="row">
                    <Button kind=ButtonKind::Primary submit=true busy=action.pending()>
                        {c.save()}
                    </Button>
                </div>
            </div>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn Facts(workspace: WorkspaceSettings) -> impl IntoView {
    let words = use_words();
    let w = words.settings();
    let c = words.common();
    let minutes = u64::try_from(workspace.lateness_window_min).unwrap_or_default();
    let lines = [
        (c.name(), workspace.name),
        (c.zone(), workspace.zone),
        (w.lateness(), format::count(words.0, minutes)),
    ]
    .map(|(what, value)| {
        view! {
            <div>
                <dt>{what}</dt>
                <dd dir="auto">{value}</dd>
            </div>
        }
    });
    view! {
        <div class="stack">
            <dl class="fact-lines">{lines.collect_view()}</dl>
            <p class="muted small">{w.lateness_hint()}</p>
        </div>
    }
}
