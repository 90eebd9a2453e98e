//! The days as they stand in the browser.

use super::asked::Asked;
use super::kept::Kept;
use super::marked::Marked;
use crate::format;
use crate::server_fns::calendar::calendar;
use crate::state::{on_change_unless, use_page_facts, use_toasts, use_words};
use crate::words::Words;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::calendar::{CalendarChip, CalendarDay, CalendarFilter, CalendarView, Span};
use model::live::Topic;
use model::{LocalTime, Permission, PostId};
use std::time::Duration;
use ui::Toasts;

/// Between two looks while nothing changed: today is another day at midnight.
const FRESH: Duration = Duration::from_secs(60);

/// A post on a day, as people point at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) post: PostId,
    pub(super) date: NaiveDate,
    /// To the minute.
    pub(super) time: NaiveTime,
}

impl Place {
    pub(super) fn at(self) -> NaiveDateTime {
        self.date.and_time(self.time)
    }
}

/// Each day is a signal of its own, so that a move draws two days anew and no more. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Board {
    days: StoredValue<Vec<(NaiveDate, RwSignal<CalendarDay>)>>,
    /// The day that is shown.
    on: NaiveDate,
    /// As the server told last.
    pub(super) now: RwSignal<LocalTime>,
    asked: StoredValue<Asked>,
    /// Moves of which the server hasn't said anything yet; meanwhile what it knows is old.
    pub(super) under_way: StoredValue<u32>,
    /// Counts moves and looks: an answer to an earlier look is old.
    turn: StoredValue<u32>,
    /// A post is pressed or lifted: its day must not be drawn anew.
    pub(super) held: StoredValue<bool>,
    /// The post that was lifted by a key.
    pub(super) lifted: StoredValue<Option<Place>>,
    /// Where the post that is held would come to stand.
    pub(super) over: RwSignal<Option<NaiveDateTime>>,
    /// The quarter of an hour that the pointer would compose for.
    pub(super) hinted: RwSignal<Option<NaiveDateTime>>,
    /// The post that keeps the focus wherever its day is drawn anew.
    pub(super) follows: StoredValue<Option<Place>>,
    /// Posts that are moved together.
    pub(super) marked: Marked,
    /// What is read aloud.
    pub(super) said: RwSignal<String>,
    /// Loads the page's days anew.
    reload: Callback<()>,
    pub(super) kept: Kept,
    allowed: bool,
    pub(super) words: Words,
    pub(super) toasts: Toasts,
}

impl Board {
    pub(super) fn new(view: CalendarView, asked: Asked, kept: Kept, reload: Callback<()>) -> Self {
        let role = use_page_facts().session.and_then(|session| session.membership().map(|m| m.role));
        let days = view.days.into_iter().map(|day| (day.date, RwSignal::new(day))).collect();
        Self {
            days: StoredValue::new(days),
            on: view.on,
            now: RwSignal::new(view.now),
            asked: StoredValue::new(asked),
            under_way: StoredValue::new(0),
            turn: StoredValue::new(0),
            held: StoredValue::new(false),
            lifted: StoredValue::new(None),
            over: RwSignal::new(None),
            hinted: RwSignal::new(None),
            follows: StoredValue::new(None),
            marked: Marked::new(),
            said: RwSignal::new(String::new()),
            reload,
            kept,
            allowed: role.is_some_and(|role| role.allows(Permission::Publish)),
            words: use_words(),
            toasts: use_toasts(),
        }
    }

    pub(super) fn days(self) -> Vec<(NaiveDate, RwSignal<CalendarDay>)> {
        self.days.get_value()
    }

    /// The day that is shown.
    pub(super) const fn on(self) -> NaiveDate {
        self.on
    }

    pub(super) fn today(self) -> NaiveDate {
        self.now.with_untracked(|now| now.local.date())
    }

    pub(super) fn asked(self) -> Asked {
        self.asked.get_value()
    }

    pub(super) fn span(self) -> Span {
        self.asked.with_value(|asked| asked.span)
    }

    /// What the address asks the server for; none once the page is gone.
    pub(super) fn asked_for(self) -> Option<CalendarFilter> {
        self.asked.try_with_value(Asked::filter)
    }

    /// The same, for the days that are shown, even if today is another by now.
    pub(super) fn filter(self) -> Option<CalendarFilter> {
        Some(CalendarFilter { on: Some(self.on), ..self.asked_for()? })
    }

    /// The person may move posts.
    pub(super) const fn allowed(self) -> bool {
        self.allowed
    }

    /// Shows where what is held would come to stand.
    pub(super) fn hover(self, at: Option<NaiveDateTime>) {
        if self.over.try_get_untracked().is_some_and(|over| over != at) {
            self.over.try_set(at);
        }
    }

    /// Shows which quarter of an hour the pointer would compose for.
    pub(super) fn hint(self, at: Option<NaiveDateTime>) {
        if self.hinted.try_get_untracked().is_some_and(|hinted| hinted != at) {
            self.hinted.try_set(at);
        }
    }

    /// A post is held above that day.
    pub(super) fn is_over(self, date: NaiveDate) -> bool {
        self.over.get().is_some_and(|at| at.date() == date)
    }

    pub(super) fn day(self, date: NaiveDate) -> Option<RwSignal<CalendarDay>> {
        self.days
            .try_with_value(|days| days.iter().find(|(known, _)| *known == date).map(|(_, day)| *day))
            .flatten()
    }

    pub(super) fn chip(self, place: Place) -> Option<CalendarChip> {
        self.day(place.date)?
            .try_with_untracked(|day| day.chips.iter().find(|chip| is_at(chip, place)).cloned())?
    }

    /// Looks again when posts changed, and now and then since time goes on, as long as the page is open and seen.
    pub(super) fn keep_fresh(self) {
        let busy =
            move || self.held.try_get_value() != Some(false) || self.under_way.try_get_value() != Some(0);
        on_change_unless(&[Topic::Posts, Topic::Accounts], busy, move || self.refresh());
        Effect::new(move || {
            let look = move || {
                if !document().hidden() {
                    self.refresh();
                }
            };
            // Without a timer the page shows what it knows.
            if let Ok(timer) = set_interval_with_handle(look, FRESH) {
                on_cleanup(move || timer.clear());
            }
        });
    }

    pub(super) fn next_turn(self) -> Option<u32> {
        self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        })
    }

    /// Only the days that changed are drawn anew.
    pub(super) fn refresh(self) {
        let Some(filter) = self.filter() else { return };
        let Some(turn) = self.next_turn() else { return };
        spawn_local(async move {
            // What can't be asked now is asked later; a session that ended shows at the next act.
            let Ok(view) = calendar(filter).await else { return };
            let old = self.turn.try_get_value() != Some(turn) || self.under_way.try_get_value() != Some(0);
            if old || self.held.try_get_value() != Some(false) {
                return;
            }
            let of_today = self.asked_for().is_some_and(|filter| filter.on.is_none());
            if of_today && view.now.local.date() != self.today() {
                return self.reload.run(());
            }
            self.now.try_set(view.now);
            for day in view.days {
                if let Some(known) = self.day(day.date)
                    && known.try_with_untracked(|known| *known != day) == Some(true)
                {
                    known.try_set(day);
                }
            }
            self.refocus();
        });
    }
}

fn is_at(chip: &CalendarChip, place: Place) -> bool {
    chip.post == place.post && format::time(chip.time) == format::time(place.time)
}
