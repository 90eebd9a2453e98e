//! Which days are looked at.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Days in the workspace's zone, both ends included. Never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DayRange {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl DayRange {
    /// How many.
    pub fn days(self) -> u64 {
        u64::try_from((self.to - self.from).num_days()).unwrap_or(0) + 1
    }

    /// As many days, just before; none where the calendar begins.
    pub fn before(self) -> Option<Self> {
        let to = self.from.pred_opt()?;
        Some(Self { from: self.from.checked_sub_days(Days::new(self.days()))?, to })
    }

    pub fn dates(self) -> impl Iterator<Item = NaiveDate> {
        self.from.iter_days().take_while(move |day| *day <= self.to)
    }
}

/// Which days are looked at; the newest is yesterday, since today isn't over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Range {
    Week,
    #[default]
    Month,
    Quarter,
    Year,
    /// 18 months.
    Long,
    Between(DayRange),
}

impl Range {
    /// The choices with a name.
    pub const NAMED: [Self; 5] = [Self::Week, Self::Month, Self::Quarter, Self::Year, Self::Long];
    /// Most days that are shown at once.
    pub const MOST: u64 = 3_660;

    /// The value in addresses: `7d`, `28d`, `90d`, `365d`, `548d`, or `2026-01-01..2026-03-31`.
    pub fn key(self) -> String {
        match self {
            Self::Between(range) => format!("{}..{}", range.from, range.to),
            named => format!("{}d", named.length().unwrap_or_default()),
        }
    }

    /// `None` for what is no range, ends before it begins, or is longer than [`Range::MOST`].
    pub fn from_key(key: &str) -> Option<Self> {
        if let Some(named) = Self::NAMED.into_iter().find(|range| range.key() == key) {
            return Some(named);
        }
        let (from, to) = key.split_once("..")?;
        let range = DayRange { from: from.parse().ok()?, to: to.parse().ok()? };
        (range.from <= range.to && range.days() <= Self::MOST).then_some(Self::Between(range))
    }

    const fn length(self) -> Option<u64> {
        match self {
            Self::Week => Some(7),
            Self::Month => Some(28),
            Self::Quarter => Some(90),
            Self::Year => Some(365),
            Self::Long => Some(548),
            Self::Between(_) => None,
        }
    }

    /// The days, where `today` is the day in the workspace's zone; none where the calendar begins.
    pub fn days(self, today: NaiveDate) -> Option<DayRange> {
        match (self, self.length()) {
            (Self::Between(range), _) => Some(range),
            (_, length) => {
                Some(DayRange { from: today.checked_sub_days(Days::new(length?))?, to: today.pred_opt()? })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_range_ends_yesterday_and_the_days_before_are_as_many() {
        let days = Range::Week.days(day("2026-11-21"));
        assert_eq!(days, Some(DayRange { from: day("2026-11-14"), to: day("2026-11-20") }));
        let before = days.and_then(DayRange::before);
        assert_eq!(before, Some(DayRange { from: day("2026-11-07"), to: day("2026-11-13") }));
        assert_eq!(days.map(|days| days.dates().count()), Some(7));
    }

    #[test]
    fn ranges_are_read_from_addresses_and_nonsense_is_not() {
        for range in Range::NAMED {
            assert_eq!(Range::from_key(&range.key()), Some(range));
        }
        let spring = Range::Between(DayRange { from: day("2026-03-01"), to: day("2026-05-31") });
        assert_eq!(Range::from_key("2026-03-01..2026-05-31"), Some(spring));
        assert_eq!(Range::from_key(&spring.key()), Some(spring));
        for bad in ["", "9d", "2026-05-31..2026-03-01", "2026-02-30..2026-03-01", "0001-01-01..2026-01-01"] {
            assert_eq!(Range::from_key(bad), None, "{bad}");
        }
    }
}
