use crate::components::{AccountBadge, Loaded, LocalTimeView};
use crate::format::{self, Unit};
use crate::server_fns::statistics::load_post_numbers;
use crate::state::{on_change, use_locale, use_words};
use leptos::prelude::*;
use model::PostId;
use model::live::Topic;
use model::statistics::{Metric, NumberedPost, PostCourse};
use ui::{Column, SkeletonRows, Table};

const COLUMNS: [Metric; 6] =
    [Metric::Views, Metric::Likes, Metric::Comments, Metric::Shares, Metric::Saves, Metric::Engagement];

/// What a post has had on each account, and how it grew.
#[component]
pub(super) fn Numbers(post: PostId) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    let courses = Resource::new_blocking(move || post, load_post_numbers);
    on_change(&[Topic::Numbers], move || courses.refetch());
    let shown = move |courses: Vec<PostCourse>| {
        if courses.is_empty() {
            view! { <p class="muted small">{w.not_counted()}</p> }.into_any()
        } else {
            view! { <Courses courses /> }.into_any()
        }
    };
    view! {
        <section class="section post-numbers" aria-labelledby="numbers-title">
            <div class="section-head">
                <h3 id="numbers-title">{w.numbers_of_post()}</h3>
            </div>
            <Loaded
                resource=courses
                skeleton=move || view! { <SkeletonRows label=words.common().loading() rows=3 /> }
                view=shown
            />
        </section>
    }
}

#[component]
fn Courses(courses: Vec<PostCourse>) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    let columns = std::iter::once(Column::new(w.account(), ""))
        .chain(COLUMNS.map(|metric| Column::new(words.metric_name(metric), "n")))
        .chain([Column::new(w.col_rate(), "n"), Column::new(w.col_counted(), "")])
        .collect();
    let rows = courses.iter().map(|course| view! { <Row post=course.post.clone() /> }).collect_view();
    view! {
        <Table caption=w.numbers_of_post() columns figures_only=true>
            {rows}
        </Table>
        <Curves courses />
    }
    .into_any()
}

#[component]
fn Row(post: NumberedPost) -> impl IntoView {
    let words = use_words();
    let locale = use_locale();
    let unknown = || view! { <span class="faint">{words.metrics().not_available()}</span> }.into_any();
    let cells = COLUMNS.map(|metric| {
        let count = post.counts.of(metric).and_then(|count| u64::try_from(count).ok());
        view! { <td class="n">{count.map_or_else(unknown, |count| format::count(locale, count).into_any())}</td> }
    });
    let rate = post.engagement_rate.map_or_else(unknown, |rate| Unit::Rate.short(locale, rate).into_any());
    view! {
        <tr>
            <td>
                <AccountBadge
                    name=post.account.name
                    handle=post.account.handle
                    platform=post.account.platform
                    avatar=post.account.avatar
                />
            </td>
            {cells.collect_view()}
            <td class="n strong">{rate}</td>
            <td class="small muted">{post.counted_at.map(|time| view! { <LocalTimeView time /> })}</td>
        </tr>
    }
    .into_any()
}

/// The drawing comes after the page: it brings a part of its own.
#[component]
fn Curves(courses: Vec<PostCourse>) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let view = {
        let drawn = StoredValue::new_local(None::<AnyView>);
        let ready = RwSignal::new(false);
        leptos::task::spawn_local(async move {
            let view = crate::lazy::post_curves(courses).await;
            // The page may be gone by then.
            drawn.try_set_value(view);
            ready.try_set(true);
        });
        move || ready.get().then(|| drawn.try_update_value(Option::take).flatten()).flatten()
    };
    #[cfg(not(feature = "hydrate"))]
    let view = {
        drop(courses);
        || ()
    };
    view! { <div class="post-curves">{view}</div> }
}
