//! The calendar: which posts stand on which day of the workspace's zone.
//!
//! However many posts a month has, three queries read it: one for the times of all, two for the few that are shown of each day.

mod crowd;

use crate::context::Context;
use crate::errors::OrInternal as _;
use crate::zones::{local_time, resolve, wall_clock};
use async_trait::async_trait;
use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use crowd::{Crowd, Slot};
use model::calendar::{CalendarChip, CalendarDay, CalendarFilter, CalendarView, Span};
use model::services::CalendarService;
use model::state::Event;
use model::text::first_words;
use model::{Actor, ApiError, ApiResult, Permission, Platform, PostId, Problem, TargetState};
use std::collections::{BTreeSet, HashMap};
use storage::posts::Wanted;
use storage::targets::TargetRow;

/// Years in which the days around a date can be counted on both databases.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9998;

/// No more of a text than can be seen, in characters.
const WORDS_OF_MONTH: usize = 48;
const WORDS: usize = 160;

/// The use cases of the calendar.
pub struct Calendar {
    context: Context,
}

impl Calendar {
    pub fn new(context: Context) -> Self {
        Self { context }
    }
}

#[async_trait]
impl CalendarService for Calendar {
    async fn view(&self, actor: Actor, filter: CalendarFilter) -> ApiResult<CalendarView> {
        actor.require(Permission::View)?;
        let workspace = actor.workspace;
        let mut tx = self.context.db.read().await.or_internal()?;
        let zone = storage::posts::workspace_zone(&mut tx, workspace).await.or_internal()?;
        let zone = zone.ok_or(ApiError::NotFound)?;
        let now = local_time(self.context.db.clock().now(), &zone);
        let on = filter.on.unwrap_or(now.local.date());
        if !YEARS.contains(&on.year()) {
            return Err(ApiError::invalid("on", Problem::BadValue));
        }
        let dates = filter.span.days(on);
        let (from, to) = bounds(&dates, &zone)?;
        let wanted =
            Wanted { states: &filter.states, account: filter.account, platform: filter.platform, search: "" };
        let rows = storage::calendar::slots(&mut tx, workspace, &wanted, from, to).await.or_internal()?;
        let wall = wall_clock(&zone);
        let slots = rows.into_iter().map(|row| Slot {
            post: row.post_id,
            due: row.due_at,
            local: wall(row.due_at),
            attention: row.attention,
        });
        let crowds = crowd::by_day(&dates, slots, filter.span);
        let posts: BTreeSet<PostId> =
            crowds.iter().flat_map(|crowd| crowd.shown.iter().map(|slot| slot.post)).collect();
        let posts: Vec<PostId> = posts.into_iter().collect();
        let bodies = storage::calendar::bodies(&mut tx, workspace, &posts).await.or_internal()?;
        let seen = if filter.span == Span::Month { WORDS_OF_MONTH } else { WORDS };
        let mut parts = Parts {
            texts: bodies.into_iter().map(|row| (row.id, first_words(&row.body, seen))).collect(),
            zone: zone.clone(),
            ..Parts::default()
        };
        for target in storage::targets::of_posts(&mut tx, workspace, &posts).await.or_internal()? {
            parts.targets.entry(target.post_id).or_default().push(target);
        }
        if filter.span != Span::Month {
            for item in storage::posts::media(&mut tx, workspace, &posts).await.or_internal()? {
                let path = crate::media::thumbnail_path(item.media_id);
                parts.thumbnails.entry(item.post_id).or_insert(path);
            }
        }
        let days = crowds.into_iter().map(|crowd| parts.day(crowd)).collect();
        Ok(CalendarView { on, days, now })
    }
}

/// From the first day's beginning to the last day's end.
fn bounds(dates: &[NaiveDate], zone: &str) -> ApiResult<(DateTime<Utc>, DateTime<Utc>)> {
    let out_of_range = || ApiError::invalid("on", Problem::BadValue);
    let midnight =
        |date: NaiveDate| resolve(NaiveDateTime::new(date, NaiveTime::MIN), zone).map_err(|_| out_of_range());
    let first = dates.first().ok_or_else(out_of_range)?;
    let after = dates.last().and_then(|last| last.checked_add_days(Days::new(1))).ok_or_else(out_of_range)?;
    Ok((midnight(*first)?, midnight(after)?))
}

/// What is read of the posts that are shown.
#[derive(Default)]
struct Parts {
    /// The workspace's.
    zone: String,
    texts: HashMap<PostId, String>,
    targets: HashMap<PostId, Vec<TargetRow>>,
    thumbnails: HashMap<PostId, String>,
}

impl Parts {
    fn day(&self, crowd: Crowd) -> CalendarDay {
        let chips = crowd.shown.iter().filter_map(|slot| self.chip(slot)).collect();
        CalendarDay { date: crowd.date, total: crowd.total, chips, hours: crowd.hours }
    }

    /// None for a post that went away between two queries.
    fn chip(&self, slot: &Slot) -> Option<CalendarChip> {
        let text = self.texts.get(&slot.post)?.clone();
        let all = self.targets.get(&slot.post)?;
        let here: Vec<&TargetRow> = all.iter().filter(|target| target.due_at == Some(slot.due)).collect();
        let mut platforms: Vec<Platform> = Vec::new();
        for target in &here {
            if !platforms.contains(&target.platform) {
                platforms.push(target.platform);
            }
        }
        // What was called off stays so when the rest is moved.
        let moves = |target: &TargetRow| {
            target.state != TargetState::Cancelled && target.state.apply(Event::Move).is_ok()
        };
        let stays = |target: &TargetRow| {
            target.state == TargetState::Scheduled
                && target.due_at == Some(slot.due)
                && target.zone.as_deref() == Some(self.zone.as_str())
        };
        let movable = here.iter().any(|target| moves(target));
        Some(CalendarChip {
            post: slot.post,
            time: slot.local.time(),
            state: TargetState::of_post(here.iter().map(|target| target.state)),
            platforms,
            text,
            thumbnail: self.thumbnails.get(&slot.post).cloned(),
            movable,
            undoable: movable && all.iter().filter(|target| moves(target)).all(stays),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_on_which_clocks_change_is_whole() {
        let date: NaiveDate = "2026-10-25".parse().unwrap();
        let (from, to) = bounds(&[date], "Europe/Paris").unwrap();
        assert_eq!((to - from).num_hours(), 25);
        let spring: NaiveDate = "2026-03-29".parse().unwrap();
        let (from, to) = bounds(&[spring], "Europe/Paris").unwrap();
        assert_eq!((to - from).num_hours(), 23);
    }
}
