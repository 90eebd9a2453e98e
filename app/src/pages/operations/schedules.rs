use crate::components::LocalTimeView;
use crate::state::use_words;
use leptos::prelude::*;
use model::LocalTime;
use model::operations::{Schedule, ScheduleView};
use ui::{Column, Table};

/// What is done every day or week, when it was and when it will be.
#[component]
pub(super) fn Schedules(schedules: Vec<ScheduleView>, now: LocalTime, this_year: i32) -> impl IntoView {
    let w = use_words().operations();
    let columns =
        vec![Column::new(w.col_what(), ""), Column::new(w.col_last(), ""), Column::new(w.col_next(), "")];
    let note = w.schedules_note(&now.zone);
    let rows = schedules
        .into_iter()
        .map(|line| {
            let name = match line.schedule {
                Schedule::RefreshTokens => w.refresh_tokens(),
                Schedule::SyncAccounts => w.sync_accounts(),
                Schedule::RepairConnections => w.repair_connections(),
                Schedule::PruneSyncs => w.prune_syncs(),
            };
            let last = match line.last {
                Some(time) => view! { <LocalTimeView time this_year /> }.into_any(),
                None => w.never_done().into_any(),
            };
            let next = match line.next {
                Some(time) if time.utc <= now.utc => w.due_now().into_any(),
                Some(time) => view! { <LocalTimeView time this_year /> }.into_any(),
                None => ().into_any(),
            };
            view! {
                <tr>
                    <td>{name}</td>
                    <td>{last}</td>
                    <td>{next}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="schedules-title">
            <div class="section-head">
                <h2 id="schedules-title">{w.schedules()}</h2>
                <p>{note}</p>
            </div>
            <Table caption=w.schedules() columns figures_only=true>
                {rows}
            </Table>
        </section>
    }
    .into_any()
}
