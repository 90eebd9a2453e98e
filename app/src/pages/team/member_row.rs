use super::acts::Acts;
use super::roles::{Managing, role_choices};
use crate::components::{AskingDialog, DialogOpener};
use crate::format;
use crate::state::{use_page_facts, use_words};
use crate::words::role_name;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use model::team::Member;
use ui::{Avatar, ButtonKind, Tag};

/// A member with the role and what may be done about both.
#[component]
pub(super) fn MemberRow(member: Member, managing: Managing, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.team();
    let is_me = member.user == managing.me;
    let joined = w.joined(&format::date(words.0, member.joined_at.local.date(), 0));
    let role = if managing.may_change(&member) {
        view! { <RoleForm member=member.clone() managing acts /> }.into_any()
    } else {
        view! {
            <span>
                {role_name(words, member.role)}
                {managing
                    .is_last_owner(&member)
                    .then(|| view! { <span class="faint small">", " {w.last_owner()}</span> })}
            </span>
        }
        .into_any()
    };
    let removal =
        managing.may_remove(&member).then(|| view! { <Removal member=member.clone() is_me acts /> });
    view! {
        <li>
            <span class="account">
                <Avatar name=member.name.clone() />
                <span class="account-name">
                    <span class="row">
                        <span class="clip" dir="auto">
                            {member.name}
                        </span>
                        {is_me.then(|| view! { <Tag>{w.you()}</Tag> })}
                    </span>
                    <span class="clip">{member.email}</span>
                </span>
            </span>
            <span class="col-joined muted small num">{joined}</span>
            <span class="col-role">{role}</span>
            <span class="end">{removal}</span>
        </li>
    }
    .into_any()
}

/// A select that sends itself; without wasm a button does.
#[component]
fn RoleForm(member: Member, managing: Managing, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.team();
    let form = NodeRef::<html::Form>::new();
    let send = move |_| {
        if let Some(form) = form.get_untracked() {
            // Fails only for a form that can't be sent as it is; a select always can.
            drop(form.request_submit());
        }
    };
    // What was refused must not stand there as if it were so.
    Effect::new(move || {
        if acts.change_role.value().with(|value| matches!(value, Some(Err(_))))
            && let Some(form) = form.get_untracked()
        {
            form.unchecked_ref::<web_sys::HtmlFormElement>().reset();
        }
    });
    let current = member.role;
    let options = role_choices(words, managing.role)
        .into_iter()
        .map(|choice| {
            let selected = choice.value == current.key();
            view! {
                <option value=choice.value selected=selected>
                    {choice.label}
                </option>
            }
        })
        .collect_view();
    let without_wasm = format!("<button class=\"button is-small\">{}</button>", w.change_role());
    view! {
        <ActionForm action=acts.change_role node_ref=form>
            <input type="hidden" name="user" value=member.user.to_string() />
            <div class="row">
                <select class="input" name="role" aria-label=w.role_of(&member.name) on:change=send>
                    {options}
                </select>
                <noscript inner_html=without_wasm></noscript>
            </div>
        </ActionForm>
    }
    .into_any()
}

/// Removes the member, or leaves; asks first.
#[component]
fn Removal(member: Member, is_me: bool, acts: Acts) -> impl IntoView {
    let w = use_words().team();
    let open = RwSignal::new(false);
    let id = format!("remove-{}", member.user);
    let workspace =
        use_page_facts().session.and_then(|s| s.membership().map(|m| m.name.clone())).unwrap_or_default();
    let (title, text, act, keep) = if is_me {
        (w.leave_title(&workspace), w.leave_text(), w.leave_act(), w.stay())
    } else {
        (w.remove_title(&member.name), w.remove_text(), w.remove(), w.keep())
    };
    let (opener, long) =
        if is_me { (w.leave(), None) } else { (w.remove(), Some(w.remove_of(&member.name))) };
    Effect::new(move |before: Option<usize>| {
        let now = acts.remove.version().get();
        if before.is_some_and(|before| before != now) {
            open.set(false);
        }
        now
    });
    view! {
        <DialogOpener
            dialog=id.clone()
            open
            class="button is-quiet is-small"
            label=opener
            long_label=long.unwrap_or_else(|| opener.to_owned())
        />
        <ActionForm action=acts.remove>
            <AskingDialog id open title act act_kind=ButtonKind::Danger keep busy=acts.remove.pending()>
                <input type="hidden" name="user" value=member.user.to_string() />
                <p>{text}</p>
            </AskingDialog>
        </ActionForm>
    }
    .into_any()
}
