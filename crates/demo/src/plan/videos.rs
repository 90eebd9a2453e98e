//! What was filmed: out at the platforms themselves, since Fanfare doesn't publish there.

use super::PlannedWorkspace;
use crate::teams::Team;
use chrono::{DateTime, Datelike as _, NaiveTime, Utc};
use service::zones::{local_time, resolve};

/// A video on an account to which Fanfare publishes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedVideo {
    /// Place in [`super::Plan::workspaces`].
    pub workspace: usize,
    /// Place among the workspace's accounts.
    pub account: usize,
    /// Its name for the sandbox.
    pub key: String,
    pub title: String,
    pub at: DateTime<Utc>,
}

/// The team's videos up to now, oldest first of each account.
pub(super) fn of(
    team: &Team,
    place: usize,
    workspace: &PlannedWorkspace,
    now: DateTime<Utc>,
) -> Vec<PlannedVideo> {
    let (first, today) = (
        local_time(workspace.since, workspace.zone).local.date(),
        local_time(now, workspace.zone).local.date(),
    );
    let mut videos = Vec::new();
    for habit in team.videos {
        let Some(time) = NaiveTime::from_hms_opt(habit.hour, 0, 0) else { continue };
        let days = first.iter_days().take_while(|day| *day <= today);
        let filmed = days.filter(|day| habit.weekdays.contains(&day.weekday().num_days_from_monday()));
        // A zone that isn't known has none; the accounts' own loading refuses it.
        let times = filmed.filter_map(|day| resolve(day.and_time(time), workspace.zone).ok());
        videos.extend(times.take_while(|at| *at < now).enumerate().map(|(number, at)| PlannedVideo {
            workspace: place,
            account: habit.profile,
            key: format!("video-{}", at.timestamp()),
            title: habit.title(number),
            at,
        }));
    }
    videos
}
