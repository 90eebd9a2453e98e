//! The days as they stand in the browser, and moving posts between them.

use super::asked::Asked;
use crate::format;
use crate::server_fns::calendar::calendar;
use crate::server_fns::posts::reschedule_post;
use crate::state::{on_change_unless, use_page_facts, use_toasts, use_words};
use crate::words::{Words, describe};
use chrono::{Datelike, NaiveDate, NaiveTime};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::calendar::{CalendarChip, CalendarDay, CalendarFilter, CalendarView};
use model::live::Topic;
use model::post::When;
use model::{LocalTime, Permission, PostId};
use std::time::Duration;
use ui::{ToastAction, Toasts, Tone};

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

/// A move, with all that it needs once the page may be gone.
#[derive(Clone)]
struct Move {
    chip: CalendarChip,
    from: NaiveDate,
    to: NaiveDate,
    zone: String,
    this_year: i32,
    /// It takes another one back.
    back: bool,
}

/// Each day is a signal of its own, so that a move draws two days anew and no more. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Board {
    days: StoredValue<Vec<(NaiveDate, RwSignal<CalendarDay>)>>,
    /// The day that is shown.
    on: NaiveDate,
    now: StoredValue<LocalTime>,
    asked: StoredValue<Asked>,
    /// Moves of which the server hasn't said anything yet; meanwhile what it knows is old.
    under_way: StoredValue<u32>,
    /// Counts moves and looks: an answer to an earlier look is old.
    turn: StoredValue<u32>,
    /// A post is pressed or lifted: its day must not be drawn anew.
    pub(super) held: StoredValue<bool>,
    /// The post that was lifted by a key.
    pub(super) lifted: StoredValue<Option<Place>>,
    /// The day above which a post is held.
    pub(super) over: RwSignal<Option<NaiveDate>>,
    /// What is read aloud.
    pub(super) said: RwSignal<String>,
    /// Loads the page's days anew.
    reload: Callback<()>,
    allowed: bool,
    pub(super) words: Words,
    toasts: Toasts,
}

impl Board {
    pub(super) fn new(view: CalendarView, asked: Asked, reload: Callback<()>) -> Self {
        let role = use_page_facts().session.and_then(|session| session.membership().map(|m| m.role));
        let days = view.days.into_iter().map(|day| (day.date, RwSignal::new(day))).collect();
        Self {
            days: StoredValue::new(days),
            on: view.on,
            now: StoredValue::new(view.now),
            asked: StoredValue::new(asked),
            under_way: StoredValue::new(0),
            turn: StoredValue::new(0),
            held: StoredValue::new(false),
            lifted: StoredValue::new(None),
            over: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            reload,
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
        self.now.with_value(|now| now.local.date())
    }

    pub(super) fn asked(self) -> Asked {
        self.asked.get_value()
    }

    /// The person may move posts.
    pub(super) const fn allowed(self) -> bool {
        self.allowed
    }

    /// Shows above which day a post is held.
    pub(super) fn hover(self, day: Option<NaiveDate>) {
        if self.over.try_get_untracked().is_some_and(|over| over != day) {
            self.over.try_set(day);
        }
    }

    fn day(self, date: NaiveDate) -> Option<RwSignal<CalendarDay>> {
        self.days
            .try_with_value(|days| days.iter().find(|(known, _)| *known == date).map(|(_, day)| *day))
            .flatten()
    }

    pub(super) fn chip(self, place: Place) -> Option<CalendarChip> {
        self.day(place.date)?
            .try_with_untracked(|day| day.chips.iter().find(|chip| is_at(chip, place)).cloned())?
    }

    /// Puts a post on another day at its time: at once here, then at the server; what it refuses goes back.
    pub(super) fn put(self, from: Place, to: NaiveDate) {
        let Some(chip) = self.chip(from).filter(|_| from.date != to) else { return };
        let now = self.now.get_value();
        if to.and_time(chip.time) < now.local {
            self.toasts.show(Tone::Warning, self.words.calendar().past());
            return;
        }
        let this_year = now.local.year();
        self.carry(Move { chip, from: from.date, to, zone: now.zone, this_year, back: false });
    }

    fn carry(self, moved: Move) {
        self.shift(&moved.chip, moved.from, moved.to);
        self.next_turn();
        self.under_way.try_update_value(|moves| *moves += 1);
        let at = moved.to.and_time(moved.chip.time);
        let when = When::At { local: at, zone: moved.zone.clone() };
        spawn_local(async move {
            // The page may be gone by then; what is told stays.
            let result = reschedule_post(moved.chip.post, when).await;
            self.under_way.try_update_value(|moves| *moves -= 1);
            let w = self.words.calendar();
            match result {
                Ok(_) => {
                    let shown = format::day_and_time(self.words.0, at, moved.this_year);
                    if moved.back {
                        self.toasts.show(Tone::Good, w.undone(&shown));
                    } else if moved.chip.undoable {
                        let (from, to) = (moved.to, moved.from);
                        let back = Move { from, to, back: true, ..moved };
                        let act = Callback::new(move |()| self.carry(back.clone()));
                        let action = ToastAction { label: w.undo().to_owned(), act };
                        self.toasts.offer(Tone::Good, w.moved(&shown), action);
                    } else {
                        self.toasts.show(Tone::Good, w.moved(&shown));
                    }
                }
                Err(error) => {
                    self.shift(&moved.chip, moved.to, moved.from);
                    let told = describe(self.words, &error);
                    self.toasts.show(Tone::Bad, format!("{} {}", told.title, told.text));
                }
            }
            self.refresh();
        });
    }

    /// Here alone. A day that isn't shown has no place to take it from or put it to.
    fn shift(self, chip: &CalendarChip, from: NaiveDate, to: NaiveDate) {
        if let Some(day) = self.day(from) {
            day.try_update(|day| take(day, chip));
        }
        if let Some(day) = self.day(to) {
            day.try_update(|day| give(day, chip.clone()));
        }
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

    fn next_turn(self) -> Option<u32> {
        self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        })
    }

    /// Only the days that changed are drawn anew.
    fn refresh(self) {
        let Some(asked) = self.asked.try_get_value() else { return };
        let Some(turn) = self.next_turn() else { return };
        // The days that are shown, even if today is another by now.
        let filter = CalendarFilter { on: Some(self.on), ..asked.filter() };
        spawn_local(async move {
            // What can't be asked now is asked later; a session that ended shows at the next act.
            let Ok(data) = calendar(filter).await else { return };
            let old = self.turn.try_get_value() != Some(turn) || self.under_way.try_get_value() != Some(0);
            if old || self.held.try_get_value() != Some(false) {
                return;
            }
            if asked.on.is_none() && data.view.now.local.date() != self.today() {
                return self.reload.run(());
            }
            self.now.try_set_value(data.view.now);
            for day in data.view.days {
                if let Some(known) = self.day(day.date)
                    && known.try_with_untracked(|known| *known != day) == Some(true)
                {
                    known.try_set(day);
                }
            }
        });
    }
}

fn is_at(chip: &CalendarChip, place: Place) -> bool {
    chip.post == place.post && format::time(chip.time) == format::time(place.time)
}

fn take(day: &mut CalendarDay, chip: &CalendarChip) {
    let before = day.chips.len();
    day.chips.retain(|known| !(known.post == chip.post && known.time == chip.time));
    if day.chips.len() < before {
        day.total = day.total.saturating_sub(1);
    }
}

fn give(day: &mut CalendarDay, chip: CalendarChip) {
    let at = day.chips.partition_point(|known| known.time <= chip.time);
    day.chips.insert(at, chip);
    day.total += 1;
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::TargetState;

    fn chip(time: &str) -> CalendarChip {
        CalendarChip {
            post: "00000000-0000-0000-0000-000000000001".parse().expect("an id"),
            time: time.parse().expect("a time"),
            state: TargetState::Scheduled,
            platforms: Vec::new(),
            text: String::new(),
            thumbnail: None,
            movable: true,
            undoable: true,
        }
    }

    #[test]
    fn a_chip_leaves_one_day_and_keeps_the_order_of_another() {
        let date = "2026-11-18".parse().expect("a date");
        let mut day = CalendarDay {
            date,
            total: 7,
            chips: vec![chip("09:00:00"), chip("12:00:00")],
            hours: Vec::new(),
        };
        give(&mut day, chip("10:30:00"));
        let times: Vec<String> = day.chips.iter().map(|chip| format::time(chip.time)).collect();
        assert_eq!((times.join(" "), day.total), ("09:00 10:30 12:00".to_owned(), 8));
        take(&mut day, &chip("10:30:00"));
        take(&mut day, &chip("11:00:00"));
        assert_eq!((day.chips.len(), day.total), (2, 7));
    }
}
