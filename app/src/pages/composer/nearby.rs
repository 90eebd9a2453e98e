//! Posts that this one comes close to: asked of the server once it is quiet, and told without standing in the way.

use super::draft::Draft;
use super::points::{Leads, Point};
use super::saving::Saving;
use crate::format;
use crate::server_fns::posts::neighbours;
use crate::words::Words;
use chrono::Datelike;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::LocalTime;
use model::neighbour::{Composed, Nearness, Neighbour};
use model::post::When;
use std::time::Duration;

/// After the last change.
const IDLE: Duration = Duration::from_millis(700);

/// What the server told last. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Nearby {
    pub(super) found: RwSignal<Vec<Neighbour>>,
    /// Counts the questions: only the answer to the last one is heard.
    asked: StoredValue<u32>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Nearby {
    /// Asks again whenever the draft has changed and is left alone. `zone` is that of the date-time field.
    pub(super) fn watch(draft: Draft, saving: Saving, zone: String) -> Self {
        let nearby = Self {
            found: RwSignal::new(Vec::new()),
            asked: StoredValue::new(0),
            timer: StoredValue::new(None),
        };
        Effect::new(move || {
            let input = draft.input();
            let when = draft.time().map(|local| When::At { local, zone: zone.clone() });
            nearby.stop_timer();
            if input.accounts.is_empty() {
                nearby.found.set(Vec::new());
                return;
            }
            let ask = move || {
                nearby.ask(Composed { post: saving.post(), input: input.clone(), when: when.clone() });
            };
            // Without a timer nothing is told, and the post goes out all the same.
            nearby.timer.set_value(set_timeout_with_handle(ask, IDLE).ok());
        });
        on_cleanup(move || nearby.stop_timer());
        nearby
    }

    fn ask(self, composed: Composed) {
        let Some(number) = self.asked.try_update_value(|asked| {
            *asked = asked.wrapping_add(1);
            *asked
        }) else {
            return;
        };
        spawn_local(async move {
            // What can't be asked now is asked after the next change; it stands in nobody's way.
            if let Ok(found) = neighbours(composed).await
                && self.asked.try_get_value() == Some(number)
            {
                self.found.try_set(found);
            }
        });
    }

    fn stop_timer(self) {
        self.timer.try_update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
    }

    /// A point for each.
    pub(super) fn points(self, words: Words, now: &LocalTime) -> Vec<Point> {
        let point = |found: Neighbour| Point {
            must: false,
            text: told(words, &found, now),
            leads: Leads::ToPost(Box::new(found)),
        };
        self.found.get().into_iter().map(point).collect()
    }
}

/// In a sentence: what, where, when.
fn told(words: Words, found: &Neighbour, now: &LocalTime) -> String {
    let w = words.composer();
    let on: Vec<String> =
        found.on.iter().map(|(platform, account)| format!("{} {account}", platform.name())).collect();
    let on = on.join(", ");
    let time = format::day_and_time(words.0, found.at.local, now.local.year());
    match found.nearness {
        Nearness::SameText if found.at.utc > now.utc => w.same_text_to_come(&on, &time),
        Nearness::SameText => w.same_text_out(&on, &time),
        Nearness::SameTime => w.same_time(&on, &time, &found.text),
    }
}
