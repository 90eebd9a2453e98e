use crate::components::ChartOf;
use crate::format::{self, Unit};
use crate::words::Words;
use charts::{Line, Lines, Role};
use chrono::Datelike;
use model::statistics::{Course, DayRange, Figure, Metric, Together};

/// One account's course beside that of the time before.
pub(super) fn course_chart(
    words: Words,
    account: &str,
    days: DayRange,
    course: &Course,
    csv: String,
) -> ChartOf {
    let w = words.analytics();
    let metric = course.figure.metric;
    let unit = Unit::of(metric);
    let label = |name: &str, values: &[Option<f64>]| {
        let last = values.iter().rev().flatten().next();
        last.map_or_else(|| name.to_owned(), |last| format!("{name} {}", unit.short(words.0, *last)))
    };
    let line = |name: &str, values: &[Option<f64>], role| Line {
        name: name.to_owned(),
        label: label(name, values),
        values: values.to_vec(),
        role,
    };
    let before =
        course.before.iter().any(Option::is_some).then(|| line(w.before(), &course.before, Role::Before));
    let now = line(w.now(), &course.values, Role::Main(0));
    let before_days = days.before().unwrap_or(days);
    ChartOf {
        title: title(words, course),
        note: w.dashed_before(account, &format::days(words.0, before_days.from, before_days.to)),
        about: words.about_metric(metric).to_owned(),
        lines: Lines {
            days: days.dates().map(|day| format::short_day_of(words.0, day, days.to.year())).collect(),
            lines: before.into_iter().chain([now]).collect(),
            from_zero: metric.together() != Together::Last,
            named: false,
        },
        unit,
        csv: Some(csv),
    }
}

/// What the course says, in a sentence.
fn title(words: Words, course: &Course) -> String {
    let w = words.analytics();
    let Figure { metric, now, .. } = course.figure;
    let name = words.metric_name(metric);
    let Some(now) = now else { return w.nothing_known(name) };
    if metric != Metric::Followers {
        return w.in_all(name, &Unit::of(metric).short(words.0, now));
    }
    let first = course.values.iter().flatten().next().copied().unwrap_or(now);
    let gained = now - first;
    if gained == 0.0 { w.unchanged(name) } else { w.grew(name, &format::gained(words.0, gained)) }
}
