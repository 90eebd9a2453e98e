//! Now, as the workspace's wall clock shows it.

use crate::request;
use chrono_tz::Tz;
use leptos::prelude::use_context;
use model::clock::{Clock, SharedClock, SystemClock};
use model::{ApiResult, LocalTime};

/// Now in the zone of the session's workspace. The server's clock comes by context; without one it is this machine's.
pub(super) fn now() -> ApiResult<LocalTime> {
    let utc = use_context::<SharedClock>().map_or_else(|| SystemClock::default().now(), |clock| clock.now());
    let zone = request::session()?.membership().map(|m| m.zone.clone()).unwrap_or_default();
    let tz: Tz = zone.parse().unwrap_or(Tz::UTC);
    let local = utc.with_timezone(&tz);
    let abbreviation = local.format("%Z").to_string();
    Ok(LocalTime { utc, local: local.naive_local(), zone: tz.name().to_owned(), abbreviation })
}
