//! Asking the server for what the field's text finds: shortly after the last key, and only the answer to the last text counts.

use super::entry::Step;
use crate::server_fns::palette::{Found, find};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::ApiError;
use std::time::Duration;

/// After the last key.
const REST: Duration = Duration::from_millis(140);

/// What the list is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Looked {
    pub(super) step: Step,
    /// Without the spaces around.
    pub(super) text: String,
    pub(super) found: Found,
    /// The text that `found` answers.
    pub(super) of: String,
}

/// Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Finding {
    pub(super) step: RwSignal<Step>,
    pub(super) text: RwSignal<String>,
    found: RwSignal<(String, Found)>,
    pub(super) fault: RwSignal<Option<ApiError>>,
    /// The answer has still to come.
    pub(super) waiting: RwSignal<bool>,
    /// Counts the texts: an answer to an earlier one is old.
    turn: StoredValue<u32>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Finding {
    pub(super) fn new() -> Self {
        Self {
            step: RwSignal::new(Step::All),
            text: RwSignal::default(),
            found: RwSignal::default(),
            fault: RwSignal::new(None),
            waiting: RwSignal::new(false),
            turn: StoredValue::new(0),
            timer: StoredValue::new(None),
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.text.with_untracked(String::is_empty)
    }

    pub(super) fn looked_for(self) -> Looked {
        let (of, found) = self.found.get();
        Looked { step: self.step.get(), text: self.text.with(|text| text.trim().to_owned()), found, of }
    }

    /// From an empty field.
    pub(super) fn begin(self, step: Step) {
        self.forget();
        self.step.set(step);
        if step == Step::Sync {
            self.ask();
        }
    }

    /// Nothing is kept for the next time.
    pub(super) fn forget(self) {
        self.stop();
        self.text.set(String::new());
        self.found.set(Default::default());
        self.fault.set(None);
        self.waiting.set(false);
    }

    pub(super) fn look_for(self, text: String) {
        self.stop();
        let nothing = text.trim().is_empty() && self.step.get_untracked() == Step::All;
        self.text.set(text);
        if nothing {
            self.found.set(Default::default());
            self.fault.set(None);
        }
        self.waiting.set(!nothing);
        if !nothing {
            self.timer.set_value(set_timeout_with_handle(move || self.ask(), REST).ok());
        }
    }

    /// What is under way answers nobody any more.
    fn stop(self) {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    fn ask(self) {
        let turn = self.turn.get_value();
        let text = self.text.with_untracked(|text| text.trim().to_owned());
        self.waiting.set(true);
        spawn_local(async move {
            let answer = find(text.clone()).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.waiting.set(false);
            match answer {
                Ok(found) => {
                    self.fault.set(None);
                    self.found.set((text, found));
                }
                Err(error) => {
                    self.found.set(Default::default());
                    self.fault.set(Some(error));
                }
            }
        });
    }
}
