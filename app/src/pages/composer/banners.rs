//! What stands above the text when a save didn't do what was asked.

use super::saving::{Saving, Status};
use super::sheet::post_address;
use crate::state::use_words;
use crate::words::{ErrorWords, describe};
use leptos::prelude::*;
use model::{ApiError, Conflict};
use ui::{Banner, Button, Tone};

/// What was refused. What goes out already can be looked at.
#[component]
pub(super) fn Refusal(error: Signal<Option<ApiError>>, saving: Saving) -> impl IntoView {
    let words = use_words();
    move || {
        error.get().map(|error| {
            let ErrorWords { title, text } = describe(words, &error);
            let out = matches!(
                error,
                ApiError::Conflict { conflict: Conflict::GoingOut | Conflict::AlreadyPublished }
            );
            match saving.post().filter(|_| out) {
                Some(post) => view! {
                    <Banner tone=Tone::Bad title text>
                        // Past the router, so that the browser asks before what was written is lost.
                        <a class="button is-small" rel="external" href=post_address(post)>
                            {words.posts().open()}
                        </a>
                    </Banner>
                }
                .into_any(),
                None => view! { <Banner tone=Tone::Bad title text /> }.into_any(),
            }
        })
    }
}

/// Somebody else changed the post: keep mine or load theirs.
#[component]
pub(super) fn ChangedBanner(saving: Saving) -> impl IntoView {
    let w = use_words().composer();
    let load = move |_| {
        saving.give_up();
        if let Some(post) = saving.post() {
            // Fails only for an address that can't be parsed.
            drop(window().location().set_href(&format!("/posts/{post}/edit")));
        }
    };
    move || {
        saving.status.with(|status| *status == Status::Changed).then(|| {
            view! {
                <Banner tone=Tone::Bad title=w.changed_title() text=w.changed_text()>
                    <Button small=true on_press=move |_| saving.keep_mine()>
                        {w.keep_mine()}
                    </Button>
                    <Button small=true on_press=load>
                        {w.load_theirs()}
                    </Button>
                </Banner>
            }
        })
    }
}
