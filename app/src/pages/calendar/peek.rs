//! A look at a post without opening it: beside the chip that the pointer rests on or that has the focus. What it shows is on the
//! post's page, where the chip leads, so it is for the eye alone and takes no part in anything; the numbers of a post that is out are
//! read with its chip, too.

use super::beside::beside;
use super::drag::{Drag, chip_of, post_of};
use super::peek_counts::{Counts, spoken};
use crate::components::{ImagePart, StateBadge};
use crate::pages::posts::explain::explain_in;
use crate::pages::posts::row::Targets;
use crate::pages::posts::times::{NearTime, time_of};
use crate::server_fns::calendar::{Peeked, peek};
use crate::state::use_words;
use crate::words::Words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::post::TargetView;
use model::{PostId, TargetState};
use std::time::Duration;
use web_sys::{EventTarget, HtmlElement};

/// How long a pointer rests before it means to look.
const REST: Duration = Duration::from_millis(350);
/// In CSS pixels, as the style sheet has them.
const WIDTH: f64 = 304.0;
const MOST_HEIGHT: f64 = 420.0;

#[derive(Clone)]
struct Shown {
    data: Peeked,
    left: f64,
    top: f64,
}

/// Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Peek {
    drag: Drag,
    words: Words,
    shown: RwSignal<Option<Shown>>,
    /// The post that is looked at, or will be.
    wanted: StoredValue<Option<PostId>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Peek {
    pub(super) fn new(drag: Drag) -> Self {
        let peek = Self {
            drag,
            words: use_words(),
            shown: RwSignal::new(None),
            wanted: StoredValue::new(None),
            timer: StoredValue::new(None),
        };
        on_cleanup(move || peek.close());
        peek
    }

    /// The pointer or the focus came to something.
    pub(super) fn came(self, target: Option<EventTarget>) {
        let Some((chip, post)) = looked_at(target) else { return self.close() };
        if self.wanted.get_value() == Some(post) {
            return;
        }
        self.close();
        self.wanted.set_value(Some(post));
        let look = move || self.look(post, &chip);
        self.timer.set_value(set_timeout_with_handle(look, REST).ok());
    }

    /// What was just put down is not looked at until the pointer has been elsewhere.
    pub(super) fn put_down(self, target: Option<EventTarget>) {
        self.close();
        self.wanted.set_value(looked_at(target).map(|(_, post)| post));
    }

    pub(super) fn close(self) {
        self.timer.try_update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
        self.wanted.try_set_value(None);
        if self.shown.try_with_untracked(Option::is_some) == Some(true) {
            self.shown.try_set(None);
        }
    }

    fn look(self, post: PostId, chip: &HtmlElement) {
        let place = chip.get_bounding_client_rect();
        let chip = chip.clone();
        let words = self.words;
        spawn_local(async move {
            // Without an answer there is nothing to see; the post's page says why.
            let Ok(data) = peek(post).await else { return };
            if let Some(spoken) = spoken(words, &data.counts) {
                // Fails only for a name that isn't one.
                drop(chip.set_attribute("aria-description", &spoken));
            }
            let wanted = self.wanted.try_get_value().flatten() == Some(post);
            if wanted && !self.drag.is_lifted() {
                let (left, top) = beside(&place, WIDTH, MOST_HEIGHT);
                self.shown.try_set(Some(Shown { data, left, top }));
            }
        });
    }
}

fn looked_at(target: Option<EventTarget>) -> Option<(HtmlElement, PostId)> {
    let chip = chip_of(target)?;
    let post = post_of(&chip)?;
    Some((chip, post))
}

#[component]
pub(super) fn PeekCard(peek: Peek) -> impl IntoView {
    let words = use_words();
    move || {
        let Shown { data, left, top } = peek.shown.get()?;
        let Peeked { post, counts, now } = data;
        let trouble = post.targets.iter().find(|target| target.needs_attention()).cloned();
        let trouble = trouble.map(|target: TargetView| {
            let told = explain_in(words, &post, &target);
            view! { <p class="peek-trouble" data-state=target.state.key()>{told.happened}</p> }
        });
        let picture = post.media.first().map(|view| {
            let crop = post.input.media.first().filter(|item| item.media == view.id).and_then(|item| item.crop);
            let src = view.preview.clone();
            view! { <ImagePart src alt=String::new() size=view.pixels() crop class="peek-media" cover=true /> }
        });
        let time = time_of(&post).map(|at| view! { <NearTime at now /> });
        let out = post.targets.iter().any(|target| target.state == TargetState::Published);
        Some(view! {
            <div class="peek" aria-hidden="true" style=format!("left:{left}px;top:{top}px")>
                <div class="peek-head">
                    <StateBadge state=post.state />
                    <span class="push muted small num">{time}</span>
                </div>
                {picture}
                <div class="peek-body">
                    <p class="peek-text" dir="auto">
                        {post.input.text.clone()}
                    </p>
                    {trouble}
                    {out.then(|| view! { <Counts counts /> })}
                    <div class="row">
                        <Targets targets=post.targets.clone() />
                        <span class="push muted small">{words.posts().written_by(&post.author)}</span>
                    </div>
                </div>
            </div>
        })
    }
}
