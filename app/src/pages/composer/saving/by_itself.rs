//! Drafts are kept without being asked: once it is quiet, and when the sheet goes away.

use super::{Saving, Status};
use crate::server_fns::posts::keep_post;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// After the last change of a draft.
const IDLE: Duration = Duration::from_millis(1500);

impl Saving {
    /// Says when there is something to save, and saves drafts once it is quiet.
    pub(super) fn watch(self) {
        Effect::new(move || {
            let same = self.draft.input() == self.saved.get();
            if same || !self.is_worth_it() {
                return;
            }
            self.status.update(|status| {
                if !matches!(status, Status::Changed | Status::Saving) {
                    *status = Status::Unsaved;
                }
            });
            if self.by_itself.get_untracked() {
                self.stop_timer();
                let save = move || {
                    if self.is_dirty() && self.status.with_untracked(|status| *status != Status::Changed) {
                        self.save(None, None);
                    }
                };
                // Without a timer it is saved on closing.
                self.timer.set_value(set_timeout_with_handle(save, IDLE).ok());
            }
        });
        // Once, and only in the browser.
        Effect::new(move || {
            let unload = window_event_listener(leptos::ev::beforeunload, move |event| {
                if self.is_dirty() && !self.given_up.get_value() {
                    event.prevent_default();
                }
            });
            on_cleanup(move || {
                unload.remove();
                self.stop_timer();
                self.save_on_leaving();
            });
        });
    }

    /// The sheet goes away by other ways than its own, such as the browser's way back.
    fn save_on_leaving(self) {
        let by_itself = self.by_itself.get_untracked() && !self.given_up.get_value();
        if by_itself && self.is_worth_it() && self.is_dirty() {
            let save = self.as_save(None);
            spawn_local(async move {
                // The page is gone: nobody is left to tell.
                drop(keep_post(save).await);
            });
        }
    }

    pub(super) fn stop_timer(self) {
        self.timer.update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
    }
}
