//! `/invite/:token`: joining a workspace, with an account made here or the one signed in.

mod sign_up_form;

use crate::components::{EntryPage, ErrorBanner, ErrorView};
use crate::server_fns::invitations::{AcceptInvitation, invitation};
use crate::state::{use_page_facts, use_words, with_next};
use crate::words::role_name;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::session::Session;
use model::team::InvitationView;
use model::{ApiError, Problem};
use sign_up_form::SignUpForm;
use ui::{Button, ButtonKind, ButtonLink};

#[component]
pub fn InvitePage() -> impl IntoView {
    let words = use_words();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let asked = token.clone();
    let view = Resource::new_blocking(|| (), move |()| invitation(asked.clone()));
    view! {
        <Suspense>
            {move || {
                let token = token.clone();
                Suspend::new(async move {
                    match view.await {
                        Ok(invitation) => view! { <Invited invitation token /> }.into_any(),
                        Err(error) if is_gone(&error) => view! { <Gone /> }.into_any(),
                        Err(error) => view! {
                            <EntryPage title=words.invite().document_title()>
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

fn is_gone(error: &ApiError) -> bool {
    match error {
        ApiError::NotFound => true,
        ApiError::Invalid { problems } => problems.iter().any(|p| p.problem == Problem::LinkExpired),
        _ => false,
    }
}

#[component]
fn Gone() -> impl IntoView {
    let w = use_words().invite();
    view! {
        <EntryPage title=w.gone_title()>
            <p class="muted">{w.gone_text()}</p>
        </EntryPage>
    }
}

#[component]
fn Invited(invitation: InvitationView, token: String) -> impl IntoView {
    let words = use_words();
    let w = words.invite();
    let here = with_next("/signin", &format!("/invite/{token}"));
    let act = match use_page_facts().session {
        Some(session) => view! { <AcceptForm session token /> }.into_any(),
        None if invitation.has_account => view! {
            <p>{w.have_account()}</p>
            <ButtonLink href=here kind=ButtonKind::Primary>
                {w.sign_in_first()}
            </ButtonLink>
        }
        .into_any(),
        None => view! {
            <SignUpForm email=invitation.email.clone() token />
            <p class="small">
                <a class="link" href=here>
                    {w.already_here()}
                </a>
            </p>
        }
        .into_any(),
    };
    view! {
        <EntryPage title=w.title(&invitation.workspace)>
            <p class="muted">{w.text(&invitation.invited_by, role_name(words, invitation.role))}</p>
            {act}
        </EntryPage>
    }
}

#[component]
fn AcceptForm(session: Session, token: String) -> impl IntoView {
    let w = use_words().invite();
    let action = ServerAction::<AcceptInvitation>::new();
    let error = Signal::derive(move || action.value().get().and_then(Result::err));
    view! {
        <ActionForm action=action>
            <div class="stack form">
                <ErrorBanner error />
                <input type="hidden" name="token" value=token />
                <Button kind=ButtonKind::Primary submit=true busy=action.pending()>
                    {w.accept_as(&session.name)}
                </Button>
            </div>
        </ActionForm>
    }
}
