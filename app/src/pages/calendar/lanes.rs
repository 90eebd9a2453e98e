//! Where the posts of a day stand in a grid of hours: those of about the same time side by side, and what doesn't fit as a number.

use chrono::{NaiveTime, Timelike};
use model::PostId;
use model::calendar::{CalendarChip, QuarterCount};
use std::collections::HashMap;

/// A post is drawn as if it took this long, and longer where nothing follows. In minutes.
const LEAST: u32 = 30;
const MOST: u32 = 60;
/// From here on there is room for one line of words below the time, and for two. In minutes.
const TALL: u32 = 42;
const FULL: u32 = 58;
/// Of a day on the wall, in minutes.
pub(super) const DAY: u32 = 24 * 60;

/// A place in a day's column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    /// Minutes from midnight.
    pub(super) at: u32,
    /// How high it is, in minutes.
    pub(super) height: u32,
    pub(super) lane: usize,
    /// How many stand side by side there.
    pub(super) lanes: usize,
    /// Beside them stands the number of others.
    pub(super) folds: bool,
}

impl Spot {
    /// As the style sheet wants to know it.
    pub(super) fn style(self) -> String {
        let Self { at, height, lane, lanes, .. } = self;
        format!("--at:{at};--h:{height};--lane:{lane};--lanes:{lanes}")
    }

    /// What it has room for, and what it stands beside, as the style sheet calls it.
    pub(super) fn shape(self) -> String {
        let room = match self.height {
            FULL.. => "full",
            TALL..FULL => "tall",
            _ => "flat",
        };
        let pair = if self.lanes > 1 { " pair" } else { "" };
        let folds = if self.folds { " folds" } else { "" };
        format!("{room}{pair}{folds}")
    }
}

/// Posts of about the same time that are told by their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Stack {
    pub(super) spot: Spot,
    /// When the first of them is due, and the first minute after the last.
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) posts: u32,
    /// Some of them need somebody.
    pub(super) attention: bool,
}

/// What stands in a column. The post's place is looked up in [`Layout::spot`], so that a post that only makes room stays the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Item {
    Post(CalendarChip),
    Stack(Stack),
}

/// A day's column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// In the order of their times.
    pub(super) items: Vec<Item>,
    spots: HashMap<(PostId, NaiveTime), Spot>,
}

/// A post, or posts of a quarter of an hour.
#[derive(Clone, Copy)]
enum Entry<'a> {
    Post(&'a CalendarChip),
    Count(&'a QuarterCount),
}

impl Entry<'_> {
    fn at(self) -> u32 {
        minute(match self {
            Self::Post(chip) => chip.time,
            Self::Count(count) => count.time,
        })
    }

    fn posts(self) -> u32 {
        match self {
            Self::Post(_) => 1,
            Self::Count(count) => count.posts,
        }
    }

    fn attention(self) -> bool {
        match self {
            Self::Post(chip) => chip.state.needs_attention(),
            Self::Count(count) => count.attention,
        }
    }
}

impl Layout {
    /// `most` stand side by side; where more are due, one fewer and the number of the others.
    pub(super) fn of(chips: &[CalendarChip], folded: &[QuarterCount], most: usize) -> Self {
        let mut entries: Vec<Entry<'_>> =
            chips.iter().map(Entry::Post).chain(folded.iter().map(Entry::Count)).collect();
        entries.sort_by_key(|entry| entry.at());
        let mut layout = Self::default();
        let mut rest = entries.as_slice();
        while let Some(first) = rest.first() {
            let mut end = first.at() + LEAST;
            let own = rest.iter().take_while(|entry| {
                let overlaps = entry.at() < end;
                end = end.max(entry.at() + LEAST);
                overlaps
            });
            let (cluster, next) = rest.split_at(own.count());
            let until = next.first().map_or(DAY, |entry| entry.at());
            layout.place(cluster, until, most);
            rest = next;
        }
        layout
    }

    /// Where the post of that time stands.
    pub(super) fn spot(&self, post: PostId, time: NaiveTime) -> Spot {
        self.spots.get(&(post, time)).copied().unwrap_or_default()
    }

    /// Entries that overlap each other, and nothing else before `until`.
    fn place(&mut self, cluster: &[Entry<'_>], until: u32, most: usize) {
        let folds = cluster.iter().any(|entry| matches!(entry, Entry::Count(_)));
        let all = side_by_side(cluster, most).filter(|_| !folds);
        let folds = all.is_none();
        let (lanes, places) = all.unwrap_or_else(|| fitting(cluster, most.saturating_sub(1)));
        let mut items: Vec<(u32, Item)> = Vec::new();
        for (place, entry) in cluster.iter().enumerate() {
            if let (Entry::Post(chip), Some(lane)) = (entry, places[place]) {
                let follows = (place + 1..cluster.len()).find(|later| places[*later] == Some(lane));
                let follows = follows.map_or(until, |later| cluster[later].at());
                let at = entry.at().min(DAY - LEAST);
                let height = follows.saturating_sub(at).clamp(LEAST, MOST).min(DAY - at);
                self.spots.insert((chip.post, chip.time), Spot { at, height, lane, lanes, folds });
                items.push((entry.at(), Item::Post((*chip).clone())));
            }
        }
        let others = cluster.iter().zip(&places).filter(|(_, lane)| lane.is_none()).map(|(entry, _)| *entry);
        items.extend(stacks(others, lanes).into_iter().map(|stack| (stack.from, Item::Stack(stack))));
        items.sort_by_key(|(at, _)| *at);
        self.items.extend(items.into_iter().map(|(_, item)| item));
    }
}

/// Each entry's lane, with as many lanes as it takes but no more than `most`.
fn side_by_side(cluster: &[Entry<'_>], most: usize) -> Option<(usize, Vec<Option<usize>>)> {
    let mut ends: Vec<u32> = Vec::new();
    let mut places = Vec::with_capacity(cluster.len());
    for entry in cluster {
        places.push(Some(lane(&mut ends, entry.at(), most)?));
    }
    Some((ends.len(), places))
}

/// The lanes of the posts that find room in `room` lanes.
fn fitting(cluster: &[Entry<'_>], room: usize) -> (usize, Vec<Option<usize>>) {
    let mut ends: Vec<u32> = Vec::new();
    let places = cluster.iter().map(|entry| match entry {
        Entry::Post(_) => lane(&mut ends, entry.at(), room),
        Entry::Count(_) => None,
    });
    let places = places.collect();
    (ends.len(), places)
}

/// The first lane that is free at `at`, which it then takes; `ends` says until when each is taken.
fn lane(ends: &mut Vec<u32>, at: u32, most: usize) -> Option<usize> {
    let free = ends.iter().position(|end| *end <= at);
    let lane = free.or_else(|| {
        (ends.len() < most).then(|| {
            ends.push(0);
            ends.len() - 1
        })
    })?;
    if let Some(end) = ends.get_mut(lane) {
        *end = at + LEAST;
    }
    Some(lane)
}

/// The others, beside `lanes` with posts, gathered so that none lies over another.
fn stacks<'a>(others: impl Iterator<Item = Entry<'a>>, lanes: usize) -> Vec<Stack> {
    let mut stacks: Vec<Stack> = Vec::new();
    for entry in others {
        let at = entry.at();
        let end = match entry {
            Entry::Post(_) => at + 1,
            Entry::Count(_) => at + 15,
        };
        match stacks.last_mut() {
            Some(stack) if at < stack.from + LEAST => {
                stack.to = stack.to.max(end);
                stack.posts += entry.posts();
                stack.attention |= entry.attention();
            }
            _ => {
                let top = at.min(DAY - LEAST);
                let spot = Spot { at: top, height: LEAST, lane: lanes, lanes, folds: true };
                stacks.push(Stack {
                    spot,
                    from: at,
                    to: end,
                    posts: entry.posts(),
                    attention: entry.attention(),
                });
            }
        }
    }
    stacks
}

/// Minutes from midnight.
pub(super) fn minute(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}

/// The wall time so many minutes after midnight; the day's last minute for what lies beyond.
pub(super) fn time_at(minute: u32) -> NaiveTime {
    let minute = minute.min(DAY - 1);
    NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::calendar::chip::tests::chip;

    fn chips(times: &[&str]) -> Vec<CalendarChip> {
        (1..).zip(times).map(|(n, time)| chip(n, time)).collect()
    }

    fn layout(times: &[&str], folded: &[(&str, u32)], most: usize) -> Layout {
        let count = |(time, posts): &(&str, u32)| QuarterCount {
            time: time.parse().expect("a time"),
            posts: *posts,
            attention: false,
        };
        Layout::of(&chips(times), &folded.iter().map(count).collect::<Vec<_>>(), most)
    }

    /// Time, lane of lanes, height; or the number of a stack.
    fn told(layout: &Layout) -> String {
        let item = |item: &Item| match item {
            Item::Post(chip) => {
                let Spot { at, height, lane, lanes, .. } = layout.spot(chip.post, chip.time);
                format!("{} {}/{lanes} {height}", time_at(at).format("%H:%M"), lane + 1)
            }
            Item::Stack(stack) => format!("{} +{}", time_at(stack.spot.at).format("%H:%M"), stack.posts),
        };
        layout.items.iter().map(item).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn posts_far_apart_have_the_column_for_themselves() {
        assert_eq!(
            told(&layout(&["09:00:00", "09:40:00", "12:00:00"], &[], 3)),
            "09:00 1/1 40, 09:40 1/1 60, 12:00 1/1 60"
        );
        assert_eq!(told(&layout(&["23:50:00"], &[], 3)), "23:30 1/1 30");
    }

    #[test]
    fn posts_of_about_the_same_time_stand_side_by_side() {
        assert_eq!(
            told(&layout(&["09:00:00", "09:15:00", "09:30:00"], &[], 3)),
            "09:00 1/2 30, 09:15 2/2 60, 09:30 1/2 60"
        );
    }

    #[test]
    fn what_does_not_fit_is_a_number_that_hides_nothing() {
        assert_eq!(
            told(&layout(&["09:00:00", "09:00:00", "09:05:00", "09:10:00"], &[], 3)),
            "09:00 1/2 60, 09:00 2/2 60, 09:05 +2"
        );
        assert_eq!(
            told(&layout(&["09:00:00"], &[("09:00:00", 4), ("09:15:00", 3), ("09:30:00", 1)], 3)),
            "09:00 1/1 60, 09:00 +7, 09:30 +1"
        );
        assert_eq!(told(&layout(&[], &[("09:00:00", 4)], 3)), "09:00 +4");
    }

    #[test]
    fn every_post_is_counted_once() {
        let times: Vec<String> = (0..60).map(|n| format!("{:02}:{:02}:00", 8 + n / 6, n % 6 * 10)).collect();
        let times: Vec<&str> = times.iter().map(String::as_str).collect();
        let crowded = layout(&times, &[("08:00:00", 5), ("12:30:00", 2)], 3);
        let posts: u32 = crowded
            .items
            .iter()
            .map(|item| match item {
                Item::Post(_) => 1,
                Item::Stack(stack) => stack.posts,
            })
            .sum();
        assert_eq!(posts, 67);
        assert!(crowded.spots.values().all(|spot| spot.lane < spot.lanes && spot.lanes <= 2));
    }
}
