use crate::components::Delta;
use crate::format::Unit;
use crate::state::{use_locale, use_words};
use leptos::prelude::*;
use model::Platform;
use model::statistics::{Course, Figure, Metric};

/// What stands at the head of an account's page.
const SHOWN: [Metric; 6] = [
    Metric::Followers,
    Metric::Reach,
    Metric::Views,
    Metric::Engagement,
    Metric::EngagementRate,
    Metric::Posts,
];

/// The figures of a time, each beside that of the time before.
#[component]
pub(super) fn Stats(courses: Vec<Course>, platform: Platform) -> impl IntoView {
    let shown = SHOWN.into_iter().filter_map(|metric| {
        let course = courses.iter().find(|course| course.figure.metric == metric)?;
        Some(view! { <Stat figure=course.figure platform /> })
    });
    view! { <dl class="stats">{shown.collect_view()}</dl> }
}

#[component]
fn Stat(figure: Figure, platform: Platform) -> impl IntoView {
    let words = use_words();
    let w = words.metrics();
    let locale = use_locale();
    let unit = Unit::of(figure.metric);
    let value = match figure.now {
        Some(now) => view! {
            <span class="stat-value" title=unit.exact(locale, now)>
                {unit.short(locale, now)}
            </span>
            <Delta figure />
            {figure.before.map(|before| view! { <span class="before">{w.before(&unit.short(locale, before))}</span> })}
        }
        .into_any(),
        None => view! {
            <span class="stat-value is-absent">{w.not_available()}</span>
            <span class="before">{w.none_from(platform.name())}</span>
        }
        .into_any(),
    };
    view! {
        <div class="stat">
            <dt>{words.metric_name(figure.metric)}</dt>
            <dd>{value}</dd>
        </div>
    }
}
