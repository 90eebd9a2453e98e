//! From what a person chose to the instant at which a target is due.

use crate::zones::{self, ZoneError};
use chrono::{DateTime, TimeDelta, Utc};
use model::post::When;
use model::{ApiError, ApiResult, Problem};
use storage::targets::Due;

/// A time this little past is taken for now: the minute chosen may have ended while the form was open.
const TOLERANCE: TimeDelta = TimeDelta::minutes(1);
/// How far ahead a post may be scheduled.
const MAX_DAYS_AHEAD: u32 = 730;

/// `own_zone` is the workspace's, for posts that go out now.
pub(super) fn due(when: &When, own_zone: &str, now: DateTime<Utc>) -> ApiResult<Due> {
    let unknown_zone = || ApiError::invalid("zone", Problem::UnknownTimeZone);
    let (at, zone) = match when {
        When::Now => return Ok(Due { at: now, zone: own_zone.to_owned() }),
        When::At { local, zone } => {
            let at = zones::resolve(*local, zone).map_err(|error| match error {
                ZoneError::UnknownZone(_) => unknown_zone(),
                ZoneError::OutOfRange => ApiError::invalid("when", Problem::BadTime),
            })?;
            (at, zone)
        }
        When::Exactly { at, zone } if zones::is_zone(zone) => (*at, zone),
        When::Exactly { .. } => return Err(unknown_zone()),
    };
    if at < now - TOLERANCE {
        return Err(ApiError::invalid("when", Problem::InThePast));
    }
    if at - now > TimeDelta::days(MAX_DAYS_AHEAD.into()) {
        return Err(ApiError::invalid("when", Problem::TooFarAhead { max_days: MAX_DAYS_AHEAD }));
    }
    Ok(Due { at: at.max(now), zone: zone.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDateTime, TimeZone as _};
    use model::FieldProblem;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2025, 1, 15, 12, 0, 0).unwrap()
    }

    fn at(text: &str, zone: &str) -> ApiResult<Due> {
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap();
        due(&When::At { local, zone: zone.to_owned() }, "UTC", now())
    }

    fn problem(result: ApiResult<Due>) -> (String, Problem) {
        let Err(ApiError::Invalid { problems }) = result else { panic!("{result:?}") };
        let [FieldProblem { field, problem }] = <[_; 1]>::try_from(problems).unwrap();
        (field, problem)
    }

    #[test]
    fn now_is_now_in_the_own_zone() {
        let chosen = due(&When::Now, "Europe/Paris", now()).unwrap();
        assert_eq!(chosen, Due { at: now(), zone: "Europe/Paris".to_owned() });
    }

    #[test]
    fn wall_time_counts_in_its_zone() {
        let chosen = at("2025-07-01 09:30:00", "America/New_York").unwrap();
        assert_eq!(chosen.at, Utc.with_ymd_and_hms(2025, 7, 1, 13, 30, 0).unwrap());
        assert_eq!(chosen.zone, "America/New_York");
    }

    #[test]
    fn an_instant_says_which_of_two_equal_wall_times_is_meant() {
        let second = Utc.with_ymd_and_hms(2025, 10, 26, 1, 30, 0).unwrap();
        let paris = "Europe/Paris".to_owned();
        let chosen = due(&When::Exactly { at: second, zone: paris.clone() }, "UTC", now()).unwrap();
        assert_eq!(chosen, Due { at: second, zone: paris });
        assert_eq!(at("2025-10-26 02:30:00", "Europe/Paris").unwrap().at, second - TimeDelta::hours(1));
        let lost = due(&When::Exactly { at: second, zone: "Mars/Base".to_owned() }, "UTC", now());
        assert_eq!(problem(lost), ("zone".to_owned(), Problem::UnknownTimeZone));
        let past =
            due(&When::Exactly { at: now() - TimeDelta::days(1), zone: "UTC".to_owned() }, "UTC", now());
        assert_eq!(problem(past), ("when".to_owned(), Problem::InThePast));
    }

    #[test]
    fn a_minute_past_is_now_and_more_is_refused() {
        assert_eq!(at("2025-01-15 11:59:00", "UTC").unwrap().at, now());
        assert_eq!(problem(at("2025-01-15 11:58:59", "UTC")), ("when".to_owned(), Problem::InThePast));
    }

    #[test]
    fn two_years_ahead_is_the_most() {
        assert!(at("2027-01-15 12:00:00", "UTC").is_ok());
        let far = problem(at("2027-01-15 12:00:01", "UTC"));
        assert_eq!(far, ("when".to_owned(), Problem::TooFarAhead { max_days: 730 }));
    }

    #[test]
    fn an_unknown_zone_is_said() {
        assert_eq!(
            problem(at("2025-02-01 09:00:00", "Mars/Base")),
            ("zone".to_owned(), Problem::UnknownTimeZone)
        );
    }
}
