//! Which posts of a day are shown, and what is told of the others.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _, Utc};
use model::PostId;
use model::calendar::{HourCount, QuarterCount, Span};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use storage::calendar::SlotRow;

/// A time at which posts are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Instant {
    pub(super) due: DateTime<Utc>,
    /// On the workspace's wall clock.
    pub(super) local: NaiveDateTime,
    pub(super) posts: u32,
    /// How many of them need somebody.
    pub(super) attention: u32,
}

/// A post that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) post: PostId,
    pub(super) due: DateTime<Utc>,
    pub(super) local: NaiveDateTime,
}

/// A day with those of its posts that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Crowd {
    pub(super) date: NaiveDate,
    pub(super) total: u32,
    /// In the order of their times.
    pub(super) shown: Vec<Slot>,
    /// The whole day, where a month doesn't show all of it.
    pub(super) hours: Vec<HourCount>,
    /// What a week or a day doesn't show.
    pub(super) folded: Vec<QuarterCount>,
}

/// A day's cell in a month takes this many lines; the last one of a crowded day says how many more there are.
const LINES: usize = 4;
/// A week's page stays quick with this many on each day.
const OF_WEEK: usize = 26;
/// A day's page with this many.
const OF_DAY: usize = 200;

/// A day before its posts are known by name.
pub(super) struct Day {
    date: NaiveDate,
    span: Span,
    /// In the order of time.
    instants: Vec<Instant>,
    shares: Vec<Share>,
}

/// A part of a day, and how many of its posts are shown.
struct Share {
    instants: Range<usize>,
    places: usize,
}

/// Sorts `instants`, which come in the order of time, to their days, and shares out the places.
pub(super) fn by_day(dates: &[NaiveDate], instants: impl Iterator<Item = Instant>, span: Span) -> Vec<Day> {
    let mut days: BTreeMap<NaiveDate, Vec<Instant>> = dates.iter().map(|date| (*date, Vec::new())).collect();
    for instant in instants {
        // Outside only where a zone's midnight was skipped; such a time is the neighbour's.
        if let Some(day) = days.get_mut(&instant.local.date()) {
            day.push(instant);
        }
    }
    days.into_iter().map(|(date, instants)| Day::new(date, instants, span)).collect()
}

impl Day {
    fn new(date: NaiveDate, instants: Vec<Instant>, span: Span) -> Self {
        let (parts, side_by_side, most) = match span {
            Span::Month => (whole(&instants), LINES, LINES),
            Span::Week => (half_hours(&instants), span.lanes(), OF_WEEK),
            Span::Day => (whole(&instants), OF_DAY, OF_DAY),
        };
        let parts_of = |part: &Range<usize>| {
            let instants = &instants[part.clone()];
            (count(instants), instants.iter().any(|instant| instant.attention > 0))
        };
        let posts: Vec<(usize, bool)> = parts.iter().map(parts_of).collect();
        let places = share_out(&posts, side_by_side, most);
        let shares = parts.into_iter().zip(places).map(|(instants, places)| Share { instants, places });
        Self { date, span, shares: shares.collect(), instants }
    }

    /// The instants of which the posts must be known: those that need somebody come before others.
    pub(super) fn wanted(&self) -> impl Iterator<Item = DateTime<Utc>> {
        self.shares.iter().flat_map(|share| {
            let of_share = &self.instants[share.instants.clone()];
            let mut wanted = Vec::new();
            for (takes, counts) in [
                (of_share.iter().filter(|instant| instant.attention > 0).collect::<Vec<_>>(), true),
                (of_share.iter().filter(|instant| instant.attention < instant.posts).collect(), false),
            ] {
                let mut places = share.places;
                for instant in takes {
                    if places == 0 {
                        break;
                    }
                    wanted.push(instant.due);
                    let found = if counts { instant.attention } else { instant.posts - instant.attention };
                    places = places.saturating_sub(usize::try_from(found).unwrap_or(usize::MAX));
                }
            }
            wanted
        })
    }

    /// `rows` holds at least the posts of the [wanted](Self::wanted) instants.
    pub(super) fn choose(self, rows: &HashMap<DateTime<Utc>, Vec<SlotRow>>) -> Crowd {
        let mut shown: Vec<(Slot, bool)> = Vec::new();
        for share in &self.shares {
            let of_share = self.instants[share.instants.clone()].iter();
            let mut known: Vec<(Slot, bool)> = of_share
                .flat_map(|instant| {
                    let rows = rows.get(&instant.due).map(Vec::as_slice).unwrap_or_default();
                    rows.iter().map(|row| {
                        (Slot { post: row.post_id, due: instant.due, local: instant.local }, row.attention)
                    })
                })
                .collect();
            known.sort_by_key(|(slot, attention)| (!attention, slot.due));
            known.truncate(share.places);
            known.sort_by_key(|(slot, _)| slot.due);
            shown.extend(known);
        }
        let posts = count(&self.instants);
        let (hours, folded) = match self.span {
            _ if posts <= shown.len() => (Vec::new(), Vec::new()),
            Span::Month => (hours(&self.instants), Vec::new()),
            Span::Week | Span::Day => (Vec::new(), folded(&self.instants, &shown)),
        };
        Crowd {
            date: self.date,
            total: u32::try_from(posts).unwrap_or(u32::MAX),
            shown: shown.into_iter().map(|(slot, _)| slot).collect(),
            hours,
            folded,
        }
    }
}

fn count(instants: &[Instant]) -> usize {
    instants.iter().map(|instant| usize::try_from(instant.posts).unwrap_or(usize::MAX)).sum()
}

fn whole(instants: &[Instant]) -> Vec<Range<usize>> {
    std::iter::once(0..instants.len()).collect()
}

/// The half hours that have posts. An hour that comes twice has four.
fn half_hours(instants: &[Instant]) -> Vec<Range<usize>> {
    let half = |instant: &Instant| (instant.local.hour(), instant.local.minute() / 30);
    let runs = instants.chunk_by(|a, b| half(a) == half(b));
    let mut begin = 0;
    runs.map(|run| {
        let range = begin..begin + run.len();
        begin = range.end;
        range
    })
    .collect()
}

/// How many of the posts of each part are shown, given how many it has and whether some need somebody: all where they fit side by side,
/// else one fewer than fit, for the number of the others takes a place. Where that makes more than `most`, each part gives up as evenly
/// as can be, those last of which somebody is needed.
fn share_out(parts: &[(usize, bool)], side_by_side: usize, most: usize) -> Vec<usize> {
    let fitting = |posts: usize| {
        if posts <= side_by_side { posts } else { side_by_side.saturating_sub(1) }
    };
    let rounds = parts.iter().map(|(posts, _)| fitting(*posts)).max().unwrap_or_default();
    let mut places = vec![0; parts.len()];
    let mut left = most;
    for round in 0..rounds {
        for urgent in [true, false] {
            for (place, (posts, attention)) in places.iter_mut().zip(parts) {
                if *attention == urgent && fitting(*posts) > round && left > 0 {
                    *place += 1;
                    left -= 1;
                }
            }
        }
    }
    places
}

fn hours(instants: &[Instant]) -> Vec<HourCount> {
    let mut hours: BTreeMap<u32, HourCount> = BTreeMap::new();
    for instant in instants {
        let hour = instant.local.hour();
        let count = hours.entry(hour).or_insert(HourCount { hour, posts: 0, attention: false });
        count.posts += instant.posts;
        count.attention |= instant.attention > 0;
    }
    hours.into_values().collect()
}

/// All posts by quarters of an hour, without the shown ones.
fn folded(instants: &[Instant], shown: &[(Slot, bool)]) -> Vec<QuarterCount> {
    let mut quarters: BTreeMap<NaiveTime, (u32, u32)> = BTreeMap::new();
    for instant in instants {
        let (posts, attention) = quarters.entry(quarter(instant.local)).or_default();
        *posts += instant.posts;
        *attention += instant.attention;
    }
    for (slot, needs_somebody) in shown {
        if let Some((posts, attention)) = quarters.get_mut(&quarter(slot.local)) {
            *posts = posts.saturating_sub(1);
            *attention = attention.saturating_sub(u32::from(*needs_somebody));
        }
    }
    let counts = quarters.into_iter().filter(|(_, (posts, _))| *posts > 0);
    counts.map(|(time, (posts, attention))| QuarterCount { time, posts, attention: attention > 0 }).collect()
}

fn quarter(local: NaiveDateTime) -> NaiveTime {
    NaiveTime::from_hms_opt(local.hour(), local.minute() / 15 * 15, 0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn date() -> NaiveDate {
        "2026-11-27".parse().unwrap()
    }

    fn instant(minutes: i64, posts: u32, attention: u32) -> Instant {
        let local = date().and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes(minutes);
        Instant { due: local.and_utc(), local, posts, attention }
    }

    /// One post at each full hour; those of `bad` need somebody.
    fn hourly(number: i64, bad: &[i64]) -> Vec<Instant> {
        (0..number).map(|n| instant(n * 60, 1, u32::from(bad.contains(&n)))).collect()
    }

    /// The day, with rows of no more than it asked for.
    fn crowd(instants: &[Instant], span: Span) -> Crowd {
        let [day] = <[Day; 1]>::try_from(by_day(&[date()], instants.iter().copied(), span)).ok().unwrap();
        let wanted: Vec<DateTime<Utc>> = day.wanted().collect();
        let rows = instants.iter().filter(|instant| wanted.contains(&instant.due)).map(|instant| {
            let row = |n| SlotRow {
                post_id: PostId(uuid::Uuid::from_u128(n)),
                due_at: instant.due,
                attention: n < u128::from(instant.attention),
            };
            (instant.due, (0..u128::from(instant.posts)).map(row).collect())
        });
        day.choose(&rows.collect())
    }

    fn shown(instants: &[Instant], span: Span) -> Vec<u32> {
        crowd(instants, span).shown.iter().map(|slot| slot.local.hour()).collect()
    }

    #[test]
    fn a_crowded_day_of_a_month_keeps_what_needs_somebody() {
        assert_eq!(shown(&hourly(4, &[]), Span::Month), [0, 1, 2, 3]);
        assert_eq!(shown(&hourly(9, &[]), Span::Month), [0, 1, 2]);
        assert_eq!(shown(&hourly(9, &[5, 8]), Span::Month), [0, 5, 8]);
        assert_eq!(shown(&hourly(9, &[2, 3, 4, 5]), Span::Month), [2, 3, 4]);
        assert_eq!(shown(&[instant(0, 3, 0), instant(60, 30, 1)], Span::Month), [0, 0, 1]);
        assert_eq!(shown(&hourly(9, &[5]), Span::Day).len(), 9);
    }

    #[test]
    fn few_instants_are_asked_about() {
        let crowded: Vec<Instant> = (0..24).map(|n| instant(n * 60, 200, 0)).collect();
        let days = by_day(&[date()], crowded.into_iter(), Span::Month);
        assert_eq!(days[0].wanted().count(), 1);
        let days = by_day(&[date()], hourly(24, &[5, 6, 7, 8]).into_iter(), Span::Month);
        assert_eq!(days[0].wanted().count(), 6, "three of each kind");
    }

    #[test]
    fn the_hours_tell_of_all() {
        let crowded = crowd(&hourly(9, &[5]), Span::Month);
        assert_eq!((crowded.total, crowded.hours.len(), crowded.folded.len()), (9, 9, 0));
        let bad: Vec<_> = crowded.hours.iter().filter(|hour| hour.attention).map(|hour| hour.hour).collect();
        assert_eq!(bad, [5]);
        assert!(crowd(&hourly(4, &[]), Span::Month).hours.is_empty());
    }

    #[test]
    fn a_week_folds_what_does_not_fit_side_by_side() {
        let all = crowd(&[instant(540, 2, 0)], Span::Week);
        assert_eq!((all.shown.len(), all.folded.len()), (2, 0));
        let most = crowd(&[instant(540, 3, 0), instant(555, 4, 1), instant(570, 1, 0)], Span::Week);
        let minutes: Vec<u32> = most.shown.iter().map(|slot| slot.local.minute()).collect();
        assert_eq!(minutes, [15, 30], "what needs somebody, and the next half hour");
        let folded: Vec<_> = most.folded.iter().map(|q| (q.time.minute(), q.posts, q.attention)).collect();
        assert_eq!(folded, [(0, 3, false), (15, 3, false)]);
        assert_eq!(most.total, 8);
    }

    #[test]
    fn a_full_week_shows_a_few_of_each_half_hour() {
        let full: Vec<Instant> = (0..30).map(|n| instant(480 + n * 30, 7, u32::from(n == 29))).collect();
        let crowd = crowd(&full, Span::Week);
        assert_eq!((crowd.shown.len(), crowd.total), (OF_WEEK, 210));
        assert_eq!(crowd.folded.iter().map(|quarter| quarter.posts).sum::<u32>(), 184);
        assert!(crowd.folded.iter().all(|quarter| !quarter.attention), "what needs somebody is shown");
        assert_eq!(share_out(&[(7, false), (7, false), (2, true)], 3, 4), [1, 1, 2]);
        assert_eq!(share_out(&[(7, false), (7, false), (2, true)], 3, 1), [0, 0, 1]);
        assert_eq!(share_out(&[(7, false), (1, false)], 3, 20), [2, 1]);
    }

    #[test]
    fn days_without_posts_are_there() {
        let days = by_day(&Span::Week.days(date()), hourly(1, &[]).into_iter(), Span::Week);
        let totals: Vec<u32> = days.into_iter().map(|day| day.choose(&HashMap::new()).total).collect();
        assert_eq!(totals, [0, 0, 0, 0, 1, 0, 0]);
    }
}
