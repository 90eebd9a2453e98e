use super::acts::{Acts, TargetActs};
use super::explain::explain_in;
use super::times::near_inside;
use crate::components::{AccountBadge, StateBadge};
use crate::state::use_words;
use leptos::prelude::*;
use model::post::{PostView, TargetView};
use model::{LocalTime, TargetState};
use ui::{Icon, Tag, lucide};

/// One account's part of a post: state, what happened, what to do, and the way to the live post.
#[component]
pub(super) fn TargetCard(
    post: StoredValue<PostView>,
    target: TargetView,
    now: LocalTime,
    acts: Acts,
) -> impl IntoView {
    let words = use_words();
    let w = words.posts();
    let told = post.with_value(|post| explain_in(words, post, &target));
    let facts = facts(words, &target, &now).join(" · ");
    let live = target.url.clone().filter(|_| target.deleted_at.is_none());
    let platform = target.platform;
    let state = target.state;
    view! {
        <li class="target-card" data-state=state.key()>
            <div class="target-head">
                <AccountBadge name=target.account_name.clone() handle=target.handle.clone() platform />
                {target.sandbox.then(|| view! { <Tag icon=lucide::FLASK_CONICAL hatched=true>{words.common().sandbox()}</Tag> })}
                <span class="push">
                    <StateBadge state />
                </span>
            </div>
            <div class="target-told">
                <p>
                    {told.happened} {told.to_do.map(|to_do| view! { <strong class="target-do">" " {to_do}</strong> })}
                </p>
                <p class="small muted num">{facts}</p>
            </div>
            <div class="target-acts">
                {live
                    .map(|url| {
                        view! {
                            <a class="button is-small" href=url target="_blank" rel="noreferrer external">
                                <Icon shape=lucide::EXTERNAL_LINK />
                                {w.view_live(platform.name())}
                            </a>
                        }
                    })} <TargetActs target acts />
            </div>
        </li>
    }
    .into_any()
}

/// Times and attempts in short.
fn facts(words: crate::words::Words, target: &TargetView, now: &LocalTime) -> Vec<String> {
    let w = words.posts();
    let mut facts = Vec::new();
    if let Some(at) = &target.published_at {
        facts.push(w.out_at(&near_inside(words, at, now)));
    } else if let Some(at) = &target.due_at {
        facts.push(w.due(&near_inside(words, at, now)));
    }
    if let Some(at) = target.next_attempt_at.as_ref().filter(|_| target.state == TargetState::Scheduled)
        && Some(at) != target.due_at.as_ref()
    {
        facts.push(w.next_try(&near_inside(words, at, now)));
    }
    if let Some(at) = &target.deleted_at {
        facts.push(w.deleted_at(&near_inside(words, at, now)));
    }
    if let Some(attempts) = u64::try_from(target.attempts).ok().filter(|attempts| *attempts > 0) {
        facts.push(w.attempts(attempts));
    }
    facts
}
