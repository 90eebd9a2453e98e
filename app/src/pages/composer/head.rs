use super::saving::{Saving, Status};
use crate::format;
use crate::server_fns::posts::duplicate_post;
use crate::state::{is_sheet, use_over_page, use_toasts, use_words};
use crate::words::describe;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use ui::{Icon, IconShape, Menu, Tone, lucide};

/// The line above the sheet: what it is, whether it is kept, what else can be done, and the way out.
#[component]
pub(super) fn Head(title: &'static str, saving: Saving, close: Callback<()>) -> impl IntoView {
    let w = use_words().composer();
    view! {
        <header class="sheet-head">
            <h2 id="composer-title">{title}</h2>
            <SavedNote saving />
            <span class="push"></span>
            <MoreActs saving />
            <a
                class="button is-quiet is-icon"
                href="/posts"
                aria-label=w.close()
                title=w.close()
                on:click=move |event: MouseEvent| {
                    event.prevent_default();
                    close.run(());
                }
            >
                <Icon shape=lucide::X />
            </a>
        </header>
    }
    .into_any()
}

/// What was written earlier, and a copy: of what is kept, so it is kept first.
#[component]
fn MoreActs(saving: Saving) -> impl IntoView {
    let words = use_words();
    let w = words.composer();
    let toasts = use_toasts();
    let navigate = StoredValue::new(use_navigate());
    let over = use_over_page();
    let go = move |address: String| {
        if saving.would_lose() {
            // Past the router, so that the browser asks first. Fails only for an address that can't be parsed.
            drop(window().location().set_href(&address));
        } else if !(is_sheet(&address) && over.open(&address)) {
            navigate.try_with_value(|navigate| navigate(&address, NavigateOptions::default()));
        }
    };
    let history = move |()| saving.kept(Callback::new(move |post| go(format!("/posts/{post}/history"))));
    let duplicate = move |()| {
        saving.kept(Callback::new(move |post| {
            spawn_local(async move {
                match duplicate_post(post).await {
                    Ok(copy) => {
                        toasts.show(Tone::Good, words.posts().done_duplicated());
                        // Whoever closed the sheet meanwhile stays where they went.
                        if saving.is_there() {
                            go(format!("/posts/{}/edit", copy.id));
                        }
                    }
                    Err(error) => {
                        let told = describe(words, &error);
                        toasts.show(Tone::Bad, format!("{} {}", told.title, told.text));
                    }
                }
            });
        }));
    };
    let item = |label: &'static str, icon: IconShape, act: Callback<()>| {
        view! {
            <li>
                <button
                    class="menu-item"
                    type="button"
                    popovertarget="composer-more"
                    popovertargetaction="hide"
                    on:click=move |_| act.run(())
                >
                    <Icon shape=icon />
                    <span>{label}</span>
                </button>
            </li>
        }
    };
    view! {
        <Menu id="composer-more" label=w.more() trigger=|| view! { <Icon shape=lucide::ELLIPSIS /> }>
            {item(w.history(), lucide::HISTORY, Callback::new(history))}
            {item(words.posts().duplicate(), lucide::COPY, Callback::new(duplicate))}
        </Menu>
    }
    .into_any()
}

/// "Saved 10:18" and its like.
#[component]
fn SavedNote(saving: Saving) -> impl IntoView {
    let w = use_words().composer();
    let text = move || match saving.status.get() {
        Status::Untouched => String::new(),
        Status::Unsaved => w.unsaved().to_owned(),
        Status::Saving => w.saving().to_owned(),
        Status::Saved(at) => w.saved_at(&format::time(at.local.time())),
        Status::Refused(_) | Status::Changed => w.not_saved().to_owned(),
    };
    view! {
        <span class="faint small saved" role="status">
            {text}
        </span>
    }
}
