use super::board::{Board, Place};
use chrono::{NaiveDate, NaiveDateTime};
use leptos::prelude::*;
use model::PostId;
use model::calendar::CalendarChip;
use std::collections::BTreeMap;

/// The posts that are moved together: by Shift, Ctrl or ⌘ and a click, by `x`, or by a long press that moves nothing. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Marked {
    /// With the day on which each stood last.
    posts: RwSignal<BTreeMap<PostId, (NaiveDate, CalendarChip)>>,
}

impl Marked {
    pub(super) fn new() -> Self {
        Self { posts: RwSignal::new(BTreeMap::new()) }
    }

    pub(super) fn has(self, post: PostId) -> bool {
        self.posts.with(|posts| posts.contains_key(&post))
    }

    pub(super) fn number(self) -> usize {
        self.posts.with(BTreeMap::len)
    }

    pub(super) fn number_untracked(self) -> usize {
        self.posts.with_untracked(BTreeMap::len)
    }

    pub(super) fn toggle(self, date: NaiveDate, chip: CalendarChip) {
        self.posts.try_update(|posts| {
            if posts.remove(&chip.post).is_none() {
                posts.insert(chip.post, (date, chip));
            }
        });
    }

    pub(super) fn clear(self) {
        if self.posts.try_with_untracked(BTreeMap::is_empty) == Some(false) {
            self.posts.try_set(BTreeMap::new());
        }
    }

    /// Notes where a marked post stands by now.
    pub(super) fn moved(self, chip: &CalendarChip, to: NaiveDateTime) {
        self.posts.try_maybe_update(|posts| {
            let known = posts.get_mut(&chip.post);
            let stands = (to.date(), CalendarChip { time: to.time(), ..chip.clone() });
            (known.map(|known| *known = stands).is_some(), ())
        });
    }

    /// All of them if `post` is one.
    pub(super) fn with(self, post: PostId) -> Option<Vec<(NaiveDate, CalendarChip)>> {
        self.posts.try_with_untracked(|posts| posts.contains_key(&post).then(|| in_order(posts))).flatten()
    }

    pub(super) fn all(self) -> Vec<(NaiveDate, CalendarChip)> {
        self.posts.try_with_untracked(in_order).unwrap_or_default()
    }
}

impl Board {
    /// Marks the post that stands there, or takes its mark away.
    pub(super) fn mark(self, place: Place) {
        if let Some(chip) = self.chip(place) {
            self.marked.toggle(place.date, chip);
            let number = self.marked.number_untracked() as u64;
            self.said.set(self.words.calendar().marked(number));
        }
    }

    /// Takes all marks away.
    pub(super) fn unmark(self) {
        self.marked.clear();
        self.said.try_set(self.words.calendar().marked(0));
    }
}

/// The earliest first.
fn in_order(posts: &BTreeMap<PostId, (NaiveDate, CalendarChip)>) -> Vec<(NaiveDate, CalendarChip)> {
    let mut all: Vec<_> = posts.values().cloned().collect();
    all.sort_by_key(|(date, chip)| (*date, chip.time));
    all
}
