use crate::components::{Delta, Loaded, PostLink, Spark};
use crate::format::{self, Unit};
use crate::server_fns::statistics::load_overview;
use crate::state::{on_change, use_locale, use_words};
use leptos::prelude::*;
use model::live::Topic;
use model::statistics::{Course, NumberedPost, Overview, Range};
use ui::SkeletonRows;

/// The last seven days against the seven before, and what worked best in them. Nothing before the first numbers.
#[component]
pub(super) fn Week() -> impl IntoView {
    let words = use_words();
    let overview = Resource::new_blocking(|| (), |()| load_overview(Range::Week));
    on_change(&[Topic::Numbers], move || overview.refetch());
    view! {
        <Loaded
            resource=overview
            skeleton=move || view! { <SkeletonRows label=words.common().loading() rows=5 /> }
            view=|overview: Overview| {
                overview.synced_at.is_some().then(|| view! { <Numbers overview /> })
            }
        />
    }
}

#[component]
fn Numbers(overview: Overview) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    let days = overview.days;
    let against = days.before().map(|before| w.against(&format::days(words.0, before.from, before.to)));
    let rows = overview.courses.into_iter().map(|course| view! { <Row course /> }).collect_view();
    let best = overview.best.into_iter().map(|post| view! { <Best post /> }).collect_view();
    let none = best.is_empty().then(|| view! { <p class="muted small">{w.no_posts()}</p> });
    view! {
        <div class="flow">
            <section class="section" aria-labelledby="week-title">
                <div class="section-head is-ruled">
                    <h2 id="week-title">{w.seven_days()}</h2>
                    <p class="small">{against}</p>
                    <a class="link small push" href="/analytics/compare?range=7d">
                        {w.more_numbers()}
                    </a>
                </div>
                <dl class="week-figures">{rows}</dl>
            </section>
            <section class="section" aria-labelledby="best-title">
                <div class="section-head is-ruled">
                    <h2 id="best-title">{w.worked_best()}</h2>
                    <p class="small">{w.by_engagement()}</p>
                </div>
                {none}
                <ol class="best">{best}</ol>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn Row(course: Course) -> impl IntoView {
    let words = use_words();
    let locale = use_locale();
    let Course { figure, values, .. } = course;
    let unit = Unit::of(figure.metric);
    let name = words.metric_name(figure.metric);
    view! {
        <div>
            <dt>{name}</dt>
            <dd class="week-course">
                <Spark values label=words.analytics().course_of(name) colour="var(--series-1)" />
            </dd>
            <dd class="week-value" title=figure.now.map(|now| unit.exact(locale, now))>
                {match figure.now {
                    Some(now) => unit.short(locale, now).into_any(),
                    None => view! { <span class="faint small">{words.metrics().not_available()}</span> }.into_any(),
                }}
            </dd>
            <dd class="week-change">
                <Delta figure />
            </dd>
        </div>
    }
}

#[component]
fn Best(post: NumberedPost) -> impl IntoView {
    let w = use_words().analytics();
    let engagement = post.counts.engagement().and_then(|count| u64::try_from(count).ok());
    view! {
        <li>
            <PostLink post />
            <span class="num small">{engagement.map(|count| w.engagement_of(count))}</span>
        </li>
    }
}
