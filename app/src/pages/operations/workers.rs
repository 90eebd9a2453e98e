use super::seconds;
use crate::components::LocalTimeView;
use crate::state::{use_locale, use_words};
use leptos::prelude::*;
use model::operations::WorkerView;
use ui::{Badge, Banner, Column, Table, Tone};

/// Who publishes, and when each was heard of last.
#[component]
pub(super) fn Workers(workers: Vec<WorkerView>, this_year: i32) -> impl IntoView {
    let w = use_words().operations();
    let none_lives = workers.iter().all(|worker| worker.silent);
    let title = if workers.is_empty() { w.no_worker() } else { w.silent_text() };
    let columns = vec![
        Column::new(w.col_worker(), ""),
        Column::new(w.col_does(), ""),
        Column::new(w.col_heard(), ""),
        Column::new(w.col_since(), ""),
        Column::new(w.col_version(), ""),
        Column::new(w.col_state(), ""),
    ];
    let any = !workers.is_empty();
    let rows = workers.into_iter().map(|worker| view! { <Row worker this_year /> }).collect_view();
    view! {
        <section class="section" aria-labelledby="workers-title">
            <div class="section-head">
                <h2 id="workers-title">{w.workers()}</h2>
                <p>{w.workers_note()}</p>
            </div>
            {none_lives.then(|| view! { <Banner tone=Tone::Bad title=title text=w.no_worker_text() /> })}
            {any
                .then(|| {
                    view! {
                        <Table caption=w.workers() columns figures_only=true>
                            {rows}
                        </Table>
                    }
                })}
        </section>
    }
    .into_any()
}

#[component]
fn Row(worker: WorkerView, this_year: i32) -> impl IntoView {
    let w = use_words().operations();
    let (tone, told) = if worker.silent { (Tone::Bad, w.silent()) } else { (Tone::Good, w.lives()) };
    let does = if worker.serves { w.does_both() } else { w.does_publishing() };
    view! {
        <tr>
            <td>{worker.name}</td>
            <td>{does}</td>
            <td>{w.ago(&seconds(use_locale(), worker.heard_s))}</td>
            <td>
                <LocalTimeView time=worker.started_at this_year />
            </td>
            <td>{worker.version}</td>
            <td>{tone.mark().map(|shape| view! { <Badge state=tone.state() shape>{told}</Badge> })}</td>
        </tr>
    }
    .into_any()
}
