//! The days of the history on a workspace's wall.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use service::zones::{ZoneError, local_time, resolve};

/// Days from the first of the history to today, with the instants at which they begin.
pub(crate) struct Calendar {
    dates: Vec<NaiveDate>,
    begins: Vec<DateTime<Utc>>,
}

impl Calendar {
    /// # Errors
    /// When the zone isn't known.
    pub(crate) fn of(zone: &str, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<Self, ZoneError> {
        let (first, today) = (local_time(since, zone).local.date(), local_time(now, zone).local.date());
        let dates: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= today).collect();
        let after = dates.last().and_then(|day| day.checked_add_days(Days::new(1)));
        let begins = dates.iter().copied().chain(after);
        let begins =
            begins.map(|day| resolve(day.and_time(NaiveTime::MIN), zone)).collect::<Result<_, _>>()?;
        Ok(Self { dates, begins })
    }

    /// The last is today.
    pub(crate) fn dates(&self) -> &[NaiveDate] {
        &self.dates
    }

    /// The place of the day of an instant.
    pub(crate) fn place(&self, at: DateTime<Utc>) -> usize {
        self.begins.partition_point(|begin| *begin <= at).saturating_sub(1).min(self.dates.len() - 1)
    }

    /// When the day at this place ends.
    pub(crate) fn end(&self, place: usize) -> DateTime<Utc> {
        self.begins[place + 1]
    }
}
