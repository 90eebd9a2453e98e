use super::acts::{Acts, Ask, Possible, TargetActs, first_words};
use super::explain::explain_in;
use super::times::{NearTime, time_of};
use crate::components::{ImagePart, PlatformGlyph, StateBadge};
use crate::state::use_words;
use leptos::prelude::*;
use model::post::{PostView, TargetView};
use model::{LocalTime, TargetState};
use ui::{Icon, Menu, lucide};

/// The platforms of a post, each with its target's state by shape, colour and name.
#[component]
pub(crate) fn Targets(targets: Vec<TargetView>) -> impl IntoView {
    let words = use_words();
    let marks = targets
        .into_iter()
        .map(|target| {
            let label = words.posts().target_state(
                target.platform.name(),
                &target.called(),
                words.state_name(target.state),
            );
            let title = label.clone();
            view! {
                <li
                    class="pf"
                    data-platform=target.platform.key()
                    data-result=target.state.key()
                    title=title
                >
                    <PlatformGlyph platform=target.platform />
                    <span class="visually-hidden">{label}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="targets">{marks}</ul> }
}

/// A post in the list; below it, what its worst target needs.
#[component]
pub(super) fn PostRow(post: PostView, now: LocalTime, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.posts();
    let shown = first_words(words, &post.input.text);
    let address = format!("/posts/{}", post.id);
    let thumbnail = post.media.first().map(|view| {
        let crop = post.input.media.first().filter(|item| item.media == view.id).and_then(|item| item.crop);
        let src = if crop.is_some() { view.preview.clone() } else { view.thumbnail.clone() };
        view! { <ImagePart src alt=String::new() size=view.pixels() crop class="thumb" cover=true /> }
    });
    let time = time_of(&post);
    let trouble =
        post.targets.iter().find(|target| target.state == post.state && needs_words(target)).cloned();
    let has_notice = trouble.is_some();
    let has_thumb = thumbnail.is_some();
    view! {
        <tr class:has-notice=has_notice>
            <td class="col-state">
                <StateBadge state=post.state />
            </td>
            <td class="col-post">
                <a class="post-cell" href=address class:has-thumb=has_thumb>
                    {thumbnail}
                    <span class="clip" dir="auto">
                        {shown.clone()}
                    </span>
                </a>
            </td>
            <td class="col-acc">
                <Targets targets=post.targets.clone() />
            </td>
            <td class="col-when num">
                {match time {
                    Some(at) => view! { <NearTime at now /> }.into_any(),
                    None => view! { <span class="faint">{w.no_time()}</span> }.into_any(),
                }}
            </td>
            <td class="col-author muted">
                <span class="clip" dir="auto">
                    {post.author.clone()}
                </span>
            </td>
            <td class="col-acts">{acts.allowed.then(|| view! { <PostMenu post=post.clone() acts name=shown /> })}</td>
        </tr>
        {trouble
            .map(|target| {
                let told = explain_in(words, &post, &target);
                let state = target.state.key();
                view! {
                    <tr class="notice-row">
                        <td colspan="6">
                            <div class="notice is-plain" data-state=state>
                                <div>
                                    <strong>{w.told_of(target.platform.name(), &target.called())}</strong>
                                    " "
                                    <span>{told.happened}</span>
                                    " "
                                    <span class="muted">{told.to_do}</span>
                                </div>
                                <div class="notice-act">
                                    <TargetActs target acts />
                                </div>
                            </div>
                        </td>
                    </tr>
                }
            })}
    }
    .into_any()
}

/// Whether a target's state has to be explained in the list.
fn needs_words(target: &TargetView) -> bool {
    target.needs_attention() || (target.state == TargetState::Scheduled && target.reason.is_some())
}

/// Everything that can be done with a post.
#[component]
pub(super) fn PostMenu(post: PostView, acts: Acts, name: String) -> impl IntoView {
    let w = use_words().posts();
    let id = post.id;
    let possible = Possible::of(&post);
    let item = move |label: &'static str, icon, danger: bool, press: Callback<()>| {
        let menu = format!("post-{id}");
        view! {
            <li>
                <button
                    class="menu-item"
                    class:is-danger=danger
                    type="button"
                    popovertarget=menu
                    popovertargetaction="hide"
                    on:click=move |_| press.run(())
                >
                    <Icon shape=icon />
                    <span>{label}</span>
                </button>
            </li>
        }
    };
    let asks = move |ask: Ask| Callback::new(move |()| acts.asking.set(Some(ask.clone())));
    view! {
        <Menu
            id=format!("post-{id}")
            label=w.acts_of(&name)
            trigger=|| view! { <Icon shape=lucide::ELLIPSIS /> }
            trigger_class="button is-quiet is-icon"
        >
            <li>
                <a class="menu-item" href=format!("/posts/{id}")>
                    <Icon shape=lucide::EYE />
                    <span>{w.open()}</span>
                </a>
            </li>
            {possible
                .edit
                .then(|| {
                    view! {
                        <li>
                            <a class="menu-item" href=format!("/posts/{id}/edit") data-noscroll="">
                                <Icon shape=lucide::PENCIL />
                                <span>{w.edit()}</span>
                            </a>
                        </li>
                    }
                })}
            {possible
                .reschedule
                .then(|| {
                    view! {
                        {item(w.reschedule(), lucide::CALENDAR_CLOCK, false, asks(Ask::Move(id)))}
                        {item(w.publish_now(), lucide::SEND_HORIZONTAL, false, asks(Ask::Now(id)))}
                    }
                })}
            {item(w.duplicate(), lucide::COPY, false, Callback::new(move |()| acts.duplicate(id)))}
            {possible.cancel.then(|| item(w.cancel(), lucide::X, false, asks(Ask::Cancel(id))))}
            {possible.delete.then(|| item(w.delete(), lucide::TRASH_2, true, asks(Ask::Delete(id))))}
            {possible.dismiss.then(|| item(w.dismiss(), lucide::X, false, Callback::new(move |()| acts.dismiss(id))))}
        </Menu>
    }
    .into_any()
}
