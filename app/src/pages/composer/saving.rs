//! Keeping what is composed: by itself for drafts, on demand for the rest, never two at once.

mod by_itself;

use super::draft::Draft;
use super::key::new_key;
use crate::server_fns::posts::{ComposerStart, get_post, keep_post};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::post::{PostInput, PostView, SavePost, When};
use model::{ApiError, Conflict, LocalTime, PostId, TargetState};

/// What the head of the sheet says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Untouched,
    Unsaved,
    Saving,
    Saved(LocalTime),
    Refused(ApiError),
    /// Somebody else changed it; the person decides.
    Changed,
}

/// A save that waits for the one under way.
type Waiting = (Option<When>, Option<Callback<PostView>>);

/// Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Saving {
    draft: Draft,
    /// Names a new post to the server as long as the answers to its saves haven't told its version.
    key: StoredValue<Option<String>>,
    /// The post, and its version as the server last told; without one it is what an earlier save by the key has made.
    known: StoredValue<Option<(PostId, Option<i64>)>>,
    /// Sent by the key, but the answer got lost: nobody here knows whether the server has it.
    lost: StoredValue<Option<PostInput>>,
    /// As last saved.
    saved: RwSignal<PostInput>,
    saved_local: StoredValue<String>,
    pub(super) status: RwSignal<Status>,
    /// Drafts save themselves. What is scheduled doesn't: half a sentence must not go out.
    pub(super) by_itself: RwSignal<bool>,
    running: StoredValue<bool>,
    waiting: StoredValue<Option<Waiting>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// The person leaves and knows.
    given_up: StoredValue<bool>,
}

impl Saving {
    pub(super) fn new(draft: Draft, start: &ComposerStart) -> Self {
        let post = start.post.as_ref();
        let saving = Self {
            draft,
            key: StoredValue::new(None),
            known: StoredValue::new(post.map(|post| (post.id, Some(post.version)))),
            lost: StoredValue::new(None),
            saved: RwSignal::new(untrack(|| draft.input())),
            saved_local: StoredValue::new(draft.local.get_untracked()),
            status: RwSignal::new(
                post.map_or(Status::Untouched, |post| Status::Saved(post.updated_at.clone())),
            ),
            by_itself: RwSignal::new(post.is_none_or(|post| post.state == TargetState::Draft)),
            running: StoredValue::new(false),
            waiting: StoredValue::new(None),
            timer: StoredValue::new(None),
            given_up: StoredValue::new(false),
        };
        saving.watch();
        saving
    }

    pub(super) fn post(self) -> Option<PostId> {
        self.known.get_value().map(|(post, _)| post)
    }

    /// Whether the sheet is still open; for what comes back to it later.
    pub(super) fn is_there(self) -> bool {
        self.running.try_get_value().is_some()
    }

    /// The sheet's own address.
    pub(super) fn address(self) -> String {
        self.post().map_or_else(|| "/compose".to_owned(), edit_address)
    }

    /// Whether something would be lost.
    pub(super) fn is_dirty(self) -> bool {
        untrack(|| self.draft.input() != self.saved.get())
            || (!self.by_itself.get_untracked()
                && self.draft.local.get_untracked() != self.saved_local.get_value())
    }

    /// Whether leaving now loses what the person wrote: what is scheduled keeps nothing by itself, and a draft that was
    /// refused isn't kept either, nor perhaps one whose last save wasn't answered.
    pub(super) fn would_lose(self) -> bool {
        let in_doubt = || self.has_failed() || self.lost.with_value(Option::is_some);
        self.is_dirty()
            && !self.given_up.get_value()
            && (!self.by_itself.get_untracked() || (in_doubt() && self.is_worth_it()))
    }

    /// The last save didn't do it, and the next won't without the person.
    pub(super) fn has_failed(self) -> bool {
        self.status.with_untracked(|status| matches!(status, Status::Refused(_) | Status::Changed))
    }

    /// Whether there is anything worth a draft.
    pub(super) fn is_worth_it(self) -> bool {
        self.known.get_value().is_some()
            || untrack(|| {
                let input = self.draft.input();
                !input.text.trim().is_empty() || !input.media.is_empty()
            })
    }

    /// Leaves without saving.
    pub(super) fn give_up(self) {
        self.given_up.set_value(true);
    }

    fn as_save(self, when: Option<When>) -> SavePost {
        let seen = self.known.get_value().and_then(|(post, version)| Some((post, version?)));
        if seen.is_none() && self.key.with_value(Option::is_none) {
            self.key.set_value(new_key());
        }
        SavePost {
            post: seen.map(|(post, _)| post),
            version: seen.map(|(_, version)| version),
            key: self.key.get_value().filter(|_| seen.is_none()),
            input: untrack(|| self.draft.input()),
            when,
        }
    }

    /// What the server has made of the post.
    fn learn(self, view: &PostView, version: Option<i64>) {
        if self.known.get_value().is_none() {
            show_address(view.id);
        }
        self.known.set_value(Some((view.id, version)));
        self.lost.set_value(None);
        let by_itself = view.state == TargetState::Draft;
        if self.by_itself.get_untracked() != by_itself {
            self.by_itself.set(by_itself);
        }
    }

    /// Sends a save. If the answer to an earlier one got lost, that one is sent again first, without its time: the server gives
    /// what it made of it, or keeps it as a draft now. So it is known which post there is before anything else is asked of
    /// it, and words that the person has changed since don't go out.
    async fn send(self, save: SavePost) -> Result<PostView, ApiError> {
        let Some(key) = save.key.clone() else { return keep_post(save).await };
        if let Some(input) = self.lost.try_get_value().flatten() {
            let earlier = SavePost { post: None, version: None, key: Some(key), input, when: None };
            match keep_post(earlier).await {
                // The sheet may be closed meanwhile.
                Ok(view) if self.known.try_get_value().is_some() => self.learn(&view, None),
                // What is refused now was refused then; what is gone is told by the save itself.
                Ok(_) | Err(ApiError::Invalid { .. } | ApiError::NotFound) => {
                    self.lost.try_set_value(None);
                }
                Err(error) => return Err(error),
            }
        }
        let input = save.input.clone();
        let answer = keep_post(save).await;
        if matches!(answer, Err(ApiError::Transport { .. } | ApiError::Internal { .. })) {
            self.lost.try_set_value(Some(input));
        }
        answer
    }

    /// Saves, and schedules where there is a time; then runs `then`. Waits for a save under way.
    pub(super) fn save(self, when: Option<When>, then: Option<Callback<PostView>>) {
        self.stop_timer();
        if self.running.get_value() {
            // What somebody asked for isn't replaced by what only keeps the words.
            self.waiting.update_value(|waiting| {
                if when.is_some() || then.is_some() || waiting.is_none() {
                    *waiting = Some((when, then));
                }
            });
            return;
        }
        self.running.set_value(true);
        self.status.set(Status::Saving);
        let save = self.as_save(when);
        let local = self.draft.local.get_untracked();
        let input = save.input.clone();
        spawn_local(async move {
            let result = self.send(save).await;
            // The sheet may be closed meanwhile.
            if self.running.try_update_value(|running| *running = false).is_none() {
                return;
            }
            match result {
                Ok(view) => {
                    self.learn(&view, Some(view.version));
                    self.saved.set(input);
                    self.saved_local.set_value(local);
                    self.status.set(Status::Saved(view.updated_at.clone()));
                    if let Some(then) = then {
                        then.run(view);
                    }
                    if let Some(Some((when, then))) = self.waiting.try_update_value(Option::take) {
                        self.save(when, then);
                    }
                }
                Err(error) => {
                    self.waiting.set_value(None);
                    self.status.set(match error {
                        ApiError::Conflict { conflict: Conflict::Changed } if self.post().is_some() => {
                            Status::Changed
                        }
                        error => Status::Refused(error),
                    });
                }
            }
        });
    }

    /// Runs `then` with the post, after keeping what was written of a draft. What is scheduled isn't kept by the way, and what
    /// isn't worth a draft isn't kept at all.
    pub(super) fn kept(self, then: Callback<PostId>) {
        match self.post() {
            Some(post) if !self.is_dirty() || !self.by_itself.get_untracked() => {
                then.run(post);
            }
            _ if self.is_worth_it() => {
                self.save(None, Some(Callback::new(move |view: PostView| then.run(view.id))));
            }
            _ => {}
        }
    }

    /// After somebody else's change: overwrites it with what is here.
    pub(super) fn keep_mine(self) {
        let Some(post) = self.post() else { return };
        self.status.set(Status::Saving);
        spawn_local(async move {
            match get_post(post).await {
                Ok(newest) => {
                    if self
                        .known
                        .try_update_value(|known| *known = Some((post, Some(newest.post.version))))
                        .is_some()
                    {
                        self.save(None, None);
                    }
                }
                Err(error) => {
                    self.status.try_set(Status::Refused(error));
                }
            }
        });
    }
}

fn edit_address(post: PostId) -> String {
    format!("/posts/{post}/edit")
}

/// Puts the post's own address in the bar, so that loading the page again finds it.
fn show_address(post: PostId) {
    if let Ok(history) = window().history() {
        let state = history.state().unwrap_or_default();
        // A browser that limits such changes keeps the old address; nothing is lost.
        drop(history.replace_state_with_url(&state, "", Some(&edit_address(post))));
    }
}
