//! The calendar: which posts stand on which day of the workspace's zone.
//!
//! However many posts a month has, few rows are read of it: the times with their numbers, then the few posts that are shown of each
//! day and what is seen of them.

mod crowd;

use crate::context::Context;
use crate::errors::OrInternal as _;
use crate::zones::{doubled, local_time, resolve, wall_clock};
use async_trait::async_trait;
use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use crowd::{Crowd, Instant, Slot};
use model::calendar::{CalendarChip, CalendarDay, CalendarFilter, CalendarView, Span, Thumbnail};
use model::services::CalendarService;
use model::state::Event;
use model::text::first_words;
use model::{Actor, ApiError, ApiResult, Permission, Platform, PostId, Problem, TargetState};
use std::collections::{BTreeSet, HashMap};
use storage::calendar::SlotRow;
use storage::posts::{PostMediaRow, Wanted};
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
        let wanted = Wanted {
            states: &filter.states,
            account: filter.account,
            platform: filter.platform,
            author: filter.author,
            ..Wanted::default()
        };
        let rows = storage::calendar::instants(&mut tx, workspace, &wanted, from, to).await.or_internal()?;
        let wall = wall_clock(&zone);
        let instants = rows.into_iter().map(|row| Instant {
            due: row.due_at,
            local: wall(row.due_at),
            posts: u32::try_from(row.posts).unwrap_or(u32::MAX),
            attention: u32::try_from(row.attention).unwrap_or(u32::MAX),
        });
        let days = crowd::by_day(&dates, instants, filter.span);
        let at: BTreeSet<DateTime<Utc>> = days.iter().flat_map(crowd::Day::wanted).collect();
        let at: Vec<DateTime<Utc>> = at.into_iter().collect();
        let mut slots: HashMap<DateTime<Utc>, Vec<SlotRow>> = HashMap::new();
        for row in storage::calendar::slots(&mut tx, workspace, &wanted, &at).await.or_internal()? {
            slots.entry(row.due_at).or_default().push(row);
        }
        let crowds: Vec<Crowd> = days.into_iter().map(|day| day.choose(&slots)).collect();
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
                parts.thumbnails.entry(item.post_id).or_insert_with(|| thumbnail(&item));
            }
        }
        let twice = doubled(&zone);
        let days = crowds.into_iter().map(|crowd| parts.day(crowd, &twice)).collect();
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

fn thumbnail(item: &PostMediaRow) -> Thumbnail {
    let side = |side: i64| u32::try_from(side).unwrap_or(0);
    match item.crop.as_ref().map(|crop| crop.0) {
        // A part is taken out of the larger one, so that enough is left of it.
        Some(crop) => Thumbnail {
            src: crate::media::preview_path(item.media_id),
            part: Some((crop, (side(item.width), side(item.height)))),
        },
        None => Thumbnail { src: crate::media::thumbnail_path(item.media_id), part: None },
    }
}

/// What is read of the posts that are shown.
#[derive(Default)]
struct Parts {
    /// The workspace's.
    zone: String,
    texts: HashMap<PostId, String>,
    targets: HashMap<PostId, Vec<TargetRow>>,
    thumbnails: HashMap<PostId, Thumbnail>,
}

impl Parts {
    fn day(&self, crowd: Crowd, twice: &impl Fn(DateTime<Utc>) -> Option<String>) -> CalendarDay {
        let Crowd { date, total, shown, hours, folded } = crowd;
        let chip = |slot: Slot| Some(CalendarChip { abbreviation: twice(slot.due), ..self.chip(&slot)? });
        CalendarDay { date, total, chips: shown.into_iter().filter_map(chip).collect(), hours, folded }
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
            due: Some(slot.due),
            abbreviation: None,
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
