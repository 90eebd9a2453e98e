//! What stands on which day.

use crate::crop::Crop;
use crate::ids::{AccountId, PostId, UserId};
use crate::local_time::LocalTime;
use crate::platform::Platform;
use crate::state::TargetState;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc, Weekday};
use serde::{Deserialize, Serialize};

/// How much of the calendar is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// The whole weeks that a month touches.
    #[default]
    Month,
    /// Monday to Sunday.
    Week,
    Day,
}

impl Span {
    pub const ALL: [Self; 3] = [Self::Month, Self::Week, Self::Day];

    /// The value in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
        }
    }

    /// How many posts of the same time stand side by side in a grid of hours; where there are more, one fewer and the number of the
    /// others.
    pub const fn lanes(self) -> usize {
        match self {
            Self::Month | Self::Week => 2,
            Self::Day => 4,
        }
    }

    /// The days around `on`, in order; none where the calendar ends.
    pub fn days(self, on: NaiveDate) -> Vec<NaiveDate> {
        let (first, last) = match self {
            Self::Day => (Some(on), Some(on)),
            Self::Week => (monday(on), monday(on).and_then(|first| first.checked_add_days(Days::new(6)))),
            Self::Month => {
                let next = Self::Month.step(on, true);
                let last = next.and_then(|next| next.with_day(1)).and_then(|next| next.pred_opt());
                let sunday = last.and_then(monday).and_then(|first| first.checked_add_days(Days::new(6)));
                (on.with_day(1).and_then(monday), sunday)
            }
        };
        let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
        first.iter_days().take_while(|day| *day <= last).collect()
    }

    /// The day one span later or earlier; of a month, its first.
    pub fn step(self, on: NaiveDate, forward: bool) -> Option<NaiveDate> {
        let days = match self {
            Self::Day => Days::new(1),
            Self::Week => Days::new(7),
            Self::Month => {
                let first = on.with_day(1)?;
                let month = chrono::Months::new(1);
                return if forward {
                    first.checked_add_months(month)
                } else {
                    first.checked_sub_months(month)
                };
            }
        };
        if forward { on.checked_add_days(days) } else { on.checked_sub_days(days) }
    }
}

impl std::str::FromStr for Span {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|span| span.key() == s).ok_or_else(|| format!("unknown span {s:?}"))
    }
}

/// The first day of a week, in every language here.
fn monday(on: NaiveDate) -> Option<NaiveDate> {
    on.checked_sub_days(Days::new(u64::from(on.weekday().days_since(Weekday::Mon))))
}

/// What to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarFilter {
    #[serde(default)]
    pub span: Span,
    /// A day within the span; today in the workspace's zone if none.
    #[serde(default)]
    pub on: Option<NaiveDate>,
    /// Who composed it.
    #[serde(default)]
    pub author: Option<UserId>,
    /// Any of these states of a target; empty: all. State, account and platform are asked of one and the same target.
    #[serde(default)]
    pub states: Vec<TargetState>,
    #[serde(default)]
    pub account: Option<AccountId>,
    #[serde(default)]
    pub platform: Option<Platform>,
}

/// The days of a span, in the workspace's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarView {
    /// The day that was asked for.
    pub on: NaiveDate,
    pub days: Vec<CalendarDay>,
    /// Now, in the workspace's zone.
    pub now: LocalTime,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarDay {
    pub date: NaiveDate,
    /// How many posts there are; [`Self::chips`] may hold fewer.
    pub total: u32,
    /// In the order of their times. Of a crowded day a few; those that need somebody before others.
    pub chips: Vec<CalendarChip>,
    /// How the whole day's posts lie, for a day of a month of which not all are here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<HourCount>,
    /// In a week or a day: when those posts are due that are not among the chips, in the order of their times.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub folded: Vec<QuarterCount>,
}

/// The posts of an hour that has any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourCount {
    /// 0 to 23 on the wall clock.
    pub hour: u32,
    pub posts: u32,
    /// Some of them need somebody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub attention: bool,
}

/// Posts of a quarter of an hour of which no more than the number is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterCount {
    /// When the quarter begins, on the wall clock.
    pub time: NaiveTime,
    pub posts: u32,
    /// Some of them need somebody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub attention: bool,
}

/// A post at a time: its targets that are due then.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CalendarChip {
    pub post: PostId,
    /// On the wall clock of the workspace.
    pub time: NaiveTime,
    /// The very instant, which a wall time that comes twice doesn't tell; none before the server has said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<DateTime<Utc>>,
    /// How the zone is written then, for a wall time that comes twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abbreviation: Option<String>,
    pub state: TargetState,
    pub platforms: Vec<Platform>,
    /// The first words, in one line.
    pub text: String,
    /// A small picture; not in a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<Thumbnail>,
    /// Some of them can be given another time; it becomes that of all of the post that can.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub movable: bool,
    /// Moving it and back again leaves it as it is: all that moves is scheduled for this very time, chosen in the workspace's zone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undoable: bool,
}

/// The first image of a post.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Thumbnail {
    pub src: String,
    /// What of it the post shows, where that isn't all; and the size of the whole in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<(Crop, (u32, u32))>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn ends(span: Span, on: &str) -> (String, String, usize) {
        let days = span.days(day(on));
        (days[0].to_string(), days[days.len() - 1].to_string(), days.len())
    }

    #[test]
    fn a_month_is_shown_in_whole_weeks() {
        let own = |a: &str, b: &str, n| (a.to_owned(), b.to_owned(), n);
        assert_eq!(ends(Span::Month, "2026-11-18"), own("2026-10-26", "2026-12-06", 42));
        assert_eq!(ends(Span::Month, "2027-02-28"), own("2027-02-01", "2027-02-28", 28));
        assert_eq!(ends(Span::Month, "2026-12-31"), own("2026-11-30", "2027-01-03", 35));
        assert_eq!(ends(Span::Week, "2026-11-22"), own("2026-11-16", "2026-11-22", 7));
        assert_eq!(ends(Span::Day, "2026-11-22"), own("2026-11-22", "2026-11-22", 1));
    }

    #[test]
    fn a_step_from_a_long_month_skips_none() {
        assert_eq!(Span::Month.step(day("2026-01-31"), true), Some(day("2026-02-01")));
        assert_eq!(Span::Month.step(day("2026-03-31"), false), Some(day("2026-02-01")));
        assert_eq!(Span::Week.step(day("2026-12-28"), true), Some(day("2027-01-04")));
        assert_eq!(Span::Day.step(day("2026-11-01"), false), Some(day("2026-10-31")));
        assert_eq!(Span::Day.step(NaiveDate::MAX, true), None);
        assert!(Span::Month.days(NaiveDate::MAX).is_empty());
    }
}
