use super::{number, seconds};
use crate::state::{use_locale, use_words};
use leptos::prelude::*;
use model::operations::QueueCounts;
use ui::{Column, Table};

/// How much waits and is under way, here and in all.
#[component]
pub(super) fn Queue(here: QueueCounts, everywhere: QueueCounts) -> impl IntoView {
    let w = use_words().operations();
    let locale = use_locale();
    let line = move |name: &'static str, count: fn(&QueueCounts) -> i64| {
        let [here, everywhere] = [here, everywhere].map(|counts| number(locale, count(&counts)));
        view! {
            <tr>
                <td>{name}</td>
                <td class="n">{here}</td>
                <td class="n">{everywhere}</td>
            </tr>
        }
    };
    let [late_here, late_everywhere] = [here, everywhere].map(|counts| {
        counts.oldest_due_s.map_or_else(|| w.on_time().to_owned(), |late| seconds(locale, late))
    });
    let columns = vec![
        Column::new(w.col_what(), ""),
        Column::new(w.col_here(), "n"),
        Column::new(w.col_everywhere(), "n"),
    ];
    view! {
        <section class="section" aria-labelledby="queue-title">
            <div class="section-head">
                <h2 id="queue-title">{w.queue()}</h2>
                <p>{w.queue_note()}</p>
            </div>
            <Table caption=w.queue() columns figures_only=true>
                {line(w.due(), |counts| counts.due)}
                <tr>
                    <td>{w.oldest_due()}</td>
                    <td class="n">{late_here}</td>
                    <td class="n">{late_everywhere}</td>
                </tr>
                {line(w.waiting(), |counts| counts.waiting)}
                {line(w.going_out(), |counts| counts.going_out)}
                {line(w.unknown(), |counts| counts.unknown)}
                {line(w.syncs_due(), |counts| counts.syncs_due)}
                {line(w.syncs_running(), |counts| counts.syncs_running)}
            </Table>
        </section>
    }
    .into_any()
}
