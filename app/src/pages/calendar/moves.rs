//! Moving posts: at once here, then at the server; what it refuses goes back.

use super::board::{Board, Place};
use crate::format;
use crate::server_fns::posts::reschedule_posts;
use crate::words::{Words, describe};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::ApiError;
use model::calendar::{CalendarChip, CalendarDay};
use model::post::{PostMove, PostMoved, When};
use ui::{ToastAction, Tone};

/// A post's way from one time to another.
#[derive(Clone)]
struct Move {
    chip: CalendarChip,
    from: NaiveDateTime,
    to: NaiveDateTime,
    /// Which instant `to` is, where that is known.
    exactly: Option<DateTime<Utc>>,
}

impl Move {
    fn new(date: NaiveDate, chip: CalendarChip, to: NaiveDateTime) -> Self {
        Self { from: date.and_time(chip.time), chip, to, exactly: None }
    }

    fn back(self) -> Self {
        Self { exactly: self.chip.due, from: self.to, to: self.from, ..self }
    }
}

/// Moves that are made and told of together, with all that they need once the page may be gone.
#[derive(Clone)]
struct Moves {
    moves: Vec<Move>,
    zone: String,
    this_year: i32,
    /// They take others back.
    back: bool,
}

impl Board {
    /// Puts a post, and with a marked one all others that are marked, at another time.
    ///
    /// `false`: it stays where it is.
    pub(super) fn put(self, from: Place, to: NaiveDateTime) -> bool {
        let Some(chip) = self.chip(from) else { return false };
        let by = to - from.at();
        if by.is_zero() {
            return false;
        }
        if let Some(marked) = self.marked.with(from.post) {
            self.shift_all(marked, by);
            return true;
        }
        // The seconds of a time that was chosen by a program stay as they are.
        let to = from.date.and_time(chip.time) + by;
        if to < self.now.with_untracked(|now| now.local) {
            self.toasts.show(Tone::Warning, self.words.calendar().past());
            return false;
        }
        self.carry(vec![Move::new(from.date, chip, to)]);
        true
    }

    /// Moves what is marked by so many days; each keeps its time.
    pub(super) fn shift_marked(self, days: i64) {
        self.shift_all(self.marked.all(), TimeDelta::days(days));
    }

    /// Moves what is marked so that the first of them stands on `date`; each keeps its time, and its distance from the others.
    pub(super) fn begin_marked_on(self, date: NaiveDate) {
        let marked = self.marked.all();
        let Some(by) = marked.first().map(|(first, _)| date - *first) else { return };
        self.shift_all(marked, by);
    }

    fn shift_all(self, marked: Vec<(NaiveDate, CalendarChip)>, by: TimeDelta) {
        let moves = marked.into_iter().filter_map(|(date, chip)| {
            let to = date.and_time(chip.time).checked_add_signed(by)?;
            Some(Move::new(date, chip, to))
        });
        let moves: Vec<Move> = moves.collect();
        if !by.is_zero() && !moves.is_empty() {
            self.carry(moves);
        }
    }

    fn carry(self, moves: Vec<Move>) {
        let Some((zone, this_year)) = self.now.try_with_untracked(|now| (now.zone.clone(), now.local.year()))
        else {
            return;
        };
        self.make(Moves { moves, zone, this_year, back: false });
    }

    fn make(self, moves: Moves) {
        for one in &moves.moves {
            self.shift(one);
        }
        self.next_turn();
        self.under_way.try_update_value(|under_way| *under_way += 1);
        let asked = moves.moves.iter().map(|one| PostMove {
            post: one.chip.post,
            when: match one.exactly {
                Some(at) => When::Exactly { at, zone: moves.zone.clone() },
                None => When::At { local: one.to, zone: moves.zone.clone() },
            },
        });
        let asked = asked.collect();
        spawn_local(async move {
            // The page may be gone by then; what is told stays.
            let result = reschedule_posts(asked).await;
            self.under_way.try_update_value(|under_way| *under_way -= 1);
            let (done, refused) = sort(moves, result);
            for (one, _) in &refused {
                self.shift(&one.clone().back());
                self.follow_back(one);
            }
            self.tell(done, &refused);
            self.refocus();
            self.refresh();
        });
    }

    /// Here alone. A day that isn't shown has no place to take it from or put it to.
    fn shift(self, one: &Move) {
        let stood = CalendarChip { time: one.from.time(), ..one.chip.clone() };
        if let Some(day) = self.day(one.from.date()) {
            day.try_update(|day| take(day, &stood));
        }
        // The server says which instant it became.
        let stands =
            CalendarChip { time: one.to.time(), due: one.exactly, abbreviation: None, ..one.chip.clone() };
        self.marked.moved(&stands, one.to);
        if let Some(day) = self.day(one.to.date()) {
            day.try_update(|day| give(day, stands));
        }
    }

    fn follow_back(self, refused: &Move) {
        self.follows.try_update_value(|follows| {
            if let Some(place) = follows.as_mut().filter(|place| place.post == refused.chip.post) {
                place.date = refused.from.date();
                place.time = refused.from.time();
            }
        });
    }

    fn tell(self, done: Moves, refused: &[(Move, ApiError)]) {
        let w = self.words.calendar();
        let stayed = |(one, error): &(Move, ApiError)| {
            let told = describe(self.words, error);
            w.stayed(&name_of(self.words, &one.chip), &told.text)
        };
        let (tone, text) = match (done.moves.as_slice(), refused) {
            ([], [(_, error)]) => {
                let told = describe(self.words, error);
                (Tone::Bad, format!("{} {}", told.title, told.text))
            }
            ([one], []) => {
                let shown = format::day_and_time(self.words.0, one.to, done.this_year);
                (Tone::Good, if done.back { w.undone(&shown) } else { w.moved(&shown) })
            }
            (all, refused) => {
                let number = all.len() as u64;
                let first = if done.back { w.undone_all(number) } else { w.moved_all(number) };
                let first = (number > 0).then_some(first);
                let text: Vec<String> = first.into_iter().chain(refused.iter().map(stayed)).collect();
                let tone = match (all.is_empty(), refused.is_empty()) {
                    (_, true) => Tone::Good,
                    (false, false) => Tone::Warning,
                    (true, false) => Tone::Bad,
                };
                (tone, text.join(" "))
            }
        };
        match self.undo(done) {
            Some(act) => self.toasts.offer(tone, text, ToastAction { label: w.undo().to_owned(), act }),
            None => self.toasts.show(tone, text),
        }
    }

    /// Takes back those of the moves that can be; the way back has none of its own.
    fn undo(self, done: Moves) -> Option<Callback<()>> {
        let undoable = done.moves.into_iter().filter(|one| one.chip.undoable && !done.back);
        let moves: Vec<Move> = undoable.map(Move::back).collect();
        let back = Moves { moves, back: true, ..done };
        (!back.moves.is_empty()).then(|| Callback::new(move |()| self.make(back.clone())))
    }
}

/// What was done, and what was refused with the reason.
fn sort(moves: Moves, result: Result<Vec<PostMoved>, ApiError>) -> (Moves, Vec<(Move, ApiError)>) {
    let Moves { moves: all, zone, this_year, back } = moves;
    let mut done = Vec::new();
    let mut refused = Vec::new();
    for (place, one) in all.into_iter().enumerate() {
        let error = match &result {
            Ok(moved) => moved.get(place).and_then(|moved| moved.refused.clone()),
            Err(error) => Some(error.clone()),
        };
        match error {
            Some(error) => refused.push((one, error)),
            None => done.push(one),
        }
    }
    (Moves { moves: done, zone, this_year, back }, refused)
}

/// What a post is called where it isn't seen.
pub(super) fn name_of(words: Words, chip: &CalendarChip) -> String {
    if chip.text.is_empty() { words.posts().no_text().to_owned() } else { chip.text.clone() }
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
    use crate::pages::calendar::chip::tests::chip;

    #[test]
    fn a_chip_leaves_one_day_and_keeps_the_order_of_another() {
        let mut day = CalendarDay {
            date: "2026-11-18".parse().expect("a date"),
            total: 7,
            chips: vec![chip(1, "09:00:00"), chip(1, "12:00:00")],
            hours: Vec::new(),
            folded: Vec::new(),
        };
        give(&mut day, chip(1, "10:30:00"));
        let times: Vec<String> = day.chips.iter().map(|chip| format::time(chip.time)).collect();
        assert_eq!((times.join(" "), day.total), ("09:00 10:30 12:00".to_owned(), 8));
        take(&mut day, &chip(1, "10:30:00"));
        take(&mut day, &chip(1, "11:00:00"));
        assert_eq!((day.chips.len(), day.total), (2, 7));
    }

    #[test]
    fn each_post_is_told_its_own_answer() {
        let at: NaiveDateTime = "2026-11-18T09:00:00".parse().expect("a time");
        let one = |n| Move::new(at.date(), chip(n, "09:00:00"), at + TimeDelta::days(1));
        let moves =
            Moves { moves: vec![one(1), one(2)], zone: "UTC".to_owned(), this_year: 2026, back: false };
        let answer = |n, refused| PostMoved { post: chip(n, "09:00:00").post, refused };
        let answers = vec![answer(1, None), answer(2, Some(ApiError::NotFound))];
        let (done, refused) = sort(moves.clone(), Ok(answers));
        assert_eq!((done.moves.len(), done.moves[0].chip.post), (1, one(1).chip.post));
        assert_eq!((refused.len(), &refused[0].1), (1, &ApiError::NotFound));
        let (done, refused) = sort(moves, Err(ApiError::SignedOut));
        assert_eq!((done.moves.len(), refused.len()), (0, 2));
    }

    #[test]
    fn the_way_back_names_the_instant() {
        let at: NaiveDateTime = "2026-10-25T02:30:00".parse().expect("a time");
        let due = at.and_utc();
        let stood = CalendarChip { due: Some(due), ..chip(1, "02:30:00") };
        let back = Move::new(at.date(), stood, at + TimeDelta::days(1)).back();
        assert_eq!((back.to, back.exactly), (at, Some(due)));
    }
}
