use crate::components::{LocalTimeView, PostLink};
use crate::format::{self, Unit};
use crate::state::{use_locale, use_words};
use leptos::prelude::*;
use model::statistics::{Metric, NumberedPost};
use std::cmp::Reverse;
use ui::{Column, Table};

/// Counters with a column of their own, and the class of it.
const COLUMNS: [(Metric, &str); 5] = [
    (Metric::Views, "n col-hide"),
    (Metric::Likes, "n col-hide"),
    (Metric::Comments, "n col-hide"),
    (Metric::Shares, "n col-hide"),
    (Metric::Engagement, "n"),
];

/// Posts with their counters, the most engaging first.
#[component]
pub(super) fn PostTable(
    posts: Vec<NumberedPost>,
    /// Of the present.
    this_year: i32,
) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    let mut posts = posts;
    posts.sort_by_key(|post| Reverse(post.counts.engagement()));
    let counted = COLUMNS.map(|(metric, class)| Column::new(words.metric_name(metric), class));
    let columns = [Column::new(w.col_post(), ""), Column::new(w.col_published(), "col-hide")]
        .into_iter()
        .chain(counted)
        .chain([Column::new(w.col_rate(), "n")])
        .collect();
    let rows = posts.into_iter().map(|post| view! { <PostRow post this_year /> }).collect_view();
    view! {
        <Table caption=w.best_posts() columns class="best-posts">
            {rows}
        </Table>
    }
    .into_any()
}

#[component]
fn PostRow(post: NumberedPost, this_year: i32) -> impl IntoView {
    let words = use_words();
    let w = words.metrics();
    let locale = use_locale();
    let cells = COLUMNS.map(|(metric, class)| {
        let value = post.counts.of(metric).and_then(|count| u64::try_from(count).ok());
        view! { <td class=class>{value.map_or_else(|| words.charts().not_known().to_owned(), |n| format::count(locale, n))}</td> }
    });
    let rate = post
        .engagement_rate
        .map_or_else(|| words.charts().not_known().to_owned(), |rate| Unit::Rate.short(locale, rate));
    view! {
        <tr>
            <td>
                <PostLink post=post.clone() />
            </td>
            <td class="col-hide">
                <LocalTimeView time=post.published_at this_year />
            </td>
            {cells.collect_view()}
            <td class="n strong" title=w.about_engagement_rate()>
                {rate}
            </td>
        </tr>
    }
}
