use super::acts::Acts;
use crate::format;
use crate::state::use_words;
use crate::words::role_name;
use leptos::prelude::*;
use model::team::Invitation;

/// Invitations that still work, and taking them back.
#[component]
pub(super) fn Invitations(invitations: Vec<Invitation>, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.team();
    let rows = if invitations.is_empty() {
        view! { <p class="muted small invite-note">{w.no_invitations()}</p> }.into_any()
    } else {
        let rows = invitations.into_iter().map(|invitation| view! { <Row invitation acts /> }).collect_view();
        view! { <ul class="member-rows">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="invitations-title">
            <div class="group-head">
                <h2 id="invitations-title">{w.invitations()}</h2>
            </div>
            {rows}
        </section>
    }
    .into_any()
}

#[component]
fn Row(invitation: Invitation, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.team();
    let who = if invitation.email.is_empty() { w.anyone().to_owned() } else { invitation.email };
    let until = w.expires(&format::day_and_time(words.0, invitation.expires_at.local, 0));
    view! {
        <li>
            <span class="account-name">
                <span class="clip">{who.clone()}</span>
                <span class="clip" dir="auto">
                    {w.invited_by(&invitation.invited_by)}
                </span>
            </span>
            <span class="col-until muted small">{until}</span>
            <span class="col-role">{role_name(words, invitation.role)}</span>
            <span class="end">
                <ActionForm action=acts.revoke>
                    <input type="hidden" name="invitation" value=invitation.id.to_string() />
                    <button
                        class="button is-quiet is-small"
                        type="submit"
                        aria-label=w.withdraw_of(&who)
                        aria-busy=move || acts.revoke.pending().get().then_some("true")
                    >
                        {w.withdraw()}
                    </button>
                </ActionForm>
            </span>
        </li>
    }
    .into_any()
}
