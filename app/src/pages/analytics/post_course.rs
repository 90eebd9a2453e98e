//! How a post's engagement grew, one line for each account.

use crate::components::{ChartFigure, ChartOf};
use crate::format::Unit;
use crate::state::use_words;
use crate::words::Words;
use charts::{Line, Lines, Role};
use chrono::TimeDelta;
use leptos::prelude::*;
use model::statistics::{Metric, PostCourse};

/// Younger posts are shown hour by hour, older ones day by day.
const BY_HOUR: TimeDelta = TimeDelta::hours(72);
/// Most points of a line.
const MOST: i64 = 180;

/// The curves of a post's targets; nothing while no two counts are there.
#[component]
pub(crate) fn PostCurves(courses: Vec<PostCourse>) -> impl IntoView {
    let words = use_words();
    let longest =
        courses.iter().filter_map(age).max().filter(|_| courses.iter().any(|one| one.snapshots.len() > 1));
    longest.map(|longest| {
        let chart = Signal::stored(chart(words, &courses, longest));
        view! { <ChartFigure id="post-course" chart height=220 /> }
    })
}

/// From publishing to the last count.
fn age(course: &PostCourse) -> Option<TimeDelta> {
    Some(course.snapshots.last()?.at.utc - course.post.published_at.utc)
}

fn chart(words: Words, courses: &[PostCourse], longest: TimeDelta) -> ChartOf {
    let w = words.analytics();
    let by_hour = longest <= BY_HOUR;
    let unit = if by_hour { TimeDelta::hours(1) } else { TimeDelta::days(1) };
    let steps = (longest.num_seconds() / unit.num_seconds() + 1).clamp(1, MOST);
    let counted = |step: u64| if by_hour { w.after_hours(step) } else { w.after_days(step) };
    let days = (0..=steps).map(|step| counted(u64::try_from(step).unwrap_or_default())).collect();
    let lines = courses
        .iter()
        .enumerate()
        .map(|(place, course)| {
            let values = (0..=steps).map(|step| value(course, unit, step)).collect::<Vec<_>>();
            let name = course.post.account.called();
            let last = values.iter().rev().flatten().next();
            let label = last
                .map_or_else(|| name.clone(), |last| format!("{name} {}", Unit::Count.short(words.0, *last)));
            Line { name, label, values, role: Role::Main(place) }
        })
        .collect();
    ChartOf {
        title: w.engagement_grew().to_owned(),
        note: w.since_published().to_owned(),
        about: words.about_metric(Metric::Engagement).to_owned(),
        lines: Lines { days, lines, from_zero: true, named: true },
        unit: Unit::Count,
        csv: None,
    }
}

/// What was known at the end of a step; nothing after the last count.
#[expect(clippy::cast_precision_loss, reason = "engagements are far below 2^53")]
fn value(course: &PostCourse, unit: TimeDelta, step: i64) -> Option<f64> {
    let published = course.post.published_at.utc;
    if step == 0 {
        return course.post.counts.engagement().map(|_| 0.0);
    }
    let until = published + TimeDelta::seconds(unit.num_seconds() * step);
    let last = course.snapshots.last()?;
    if last.at.utc + unit <= until {
        return None;
    }
    let known = course.snapshots.iter().rev().find(|snapshot| snapshot.at.utc <= until)?;
    known.counts.engagement().map(|count| count as f64)
}
