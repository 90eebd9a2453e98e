//! What a post that is out has had so far, account by account.

use crate::components::PlatformBadge;
use crate::format;
use crate::state::{use_locale, use_words};
use crate::words::Words;
use leptos::prelude::*;
use model::account::called;
use model::statistics::{Metric, NumberedPost};
use ui::{Icon, IconShape, lucide};

const COLUMNS: [(Metric, IconShape); 4] = [
    (Metric::Views, lucide::EYE),
    (Metric::Likes, lucide::HEART),
    (Metric::Comments, lucide::MESSAGE_CIRCLE),
    (Metric::Shares, lucide::REPEAT_2),
];

/// None where the platform doesn't tell.
fn count(post: &NumberedPost, metric: Metric) -> Option<u64> {
    post.counts.of(metric).and_then(|count| u64::try_from(count).ok())
}

/// The table, for the eye: a line for each account.
#[component]
pub(super) fn Counts(counts: Vec<NumberedPost>) -> impl IntoView {
    let words = use_words();
    if counts.is_empty() {
        return view! { <p class="muted small">{words.analytics().not_counted()}</p> }.into_any();
    }
    let heads = COLUMNS.map(|(_, shape)| view! { <th><Icon shape /></th> });
    let rows = counts.into_iter().map(|post| view! { <Line post /> });
    view! {
        <table class="peek-counts num">
            <thead>
                <tr>
                    <th></th>
                    {heads.collect_view()}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Line(post: NumberedPost) -> impl IntoView {
    let words = use_words();
    let locale = use_locale();
    let cells = COLUMNS.map(|(metric, _)| match count(&post, metric) {
        Some(count) => view! { <td>{format::compact(locale, count)}</td> }.into_any(),
        None => view! { <td class="faint">{words.metrics().not_available()}</td> }.into_any(),
    });
    view! {
        <tr>
            <th>
                <span class="peek-account">
                    <PlatformBadge platform=post.account.platform />
                    <span class="clip" dir="auto">
                        {called(&post.account.handle, &post.account.name)}
                    </span>
                </span>
            </th>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}

/// The same in words; none where nothing was counted yet.
pub(super) fn spoken(words: Words, counts: &[NumberedPost]) -> Option<String> {
    let line = |post: &NumberedPost| {
        let numbers = COLUMNS.map(|(metric, _)| {
            let number = count(post, metric).map(|count| format::count(words.0, count));
            let number = number.unwrap_or_else(|| words.metrics().not_available().to_owned());
            words.calendar().count_of(words.metric_name(metric), &number)
        });
        let account =
            format!("{} {}", post.account.platform.name(), called(&post.account.handle, &post.account.name));
        words.calendar().counts_on(&account, &numbers.join(", "))
    };
    let lines: Vec<String> = counts.iter().map(line).collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}
