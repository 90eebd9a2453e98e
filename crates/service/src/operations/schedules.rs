//! When what is done every day was done last, and will be next.

use crate::errors::OrInternal as _;
use crate::schedule::SCHEDULE;
use crate::zones::{local_time, resolve};
use chrono::{DateTime, Utc};
use model::operations::ScheduleView;
use model::{ApiResult, WorkspaceId};
use storage::{Tx, schedule_runs};

pub(super) async fn views(
    tx: &mut Tx,
    workspace: WorkspaceId,
    now: DateTime<Utc>,
    zone: &str,
) -> ApiResult<Vec<ScheduleView>> {
    let done = schedule_runs::newest(tx, workspace).await.or_internal()?;
    let local = local_time(now, zone).local;
    let views = SCHEDULE.iter().map(|entry| {
        let last = done.iter().find(|(name, ..)| name == entry.schedule.key());
        let next = entry.next(local, last.map(|(_, day, _)| *day));
        ScheduleView {
            schedule: entry.schedule,
            last: last.map(|(.., at)| local_time(*at, zone)),
            // A zone whose name isn't known any more is shown as UTC, but has no times to come.
            next: next.and_then(|wall| resolve(wall, zone).ok()).map(|at| local_time(at, zone)),
        }
    });
    Ok(views.collect())
}
