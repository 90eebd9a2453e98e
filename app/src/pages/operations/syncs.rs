use super::{milliseconds, number};
use crate::components::{AccountBadge, LocalTimeView};
use crate::state::{use_locale, use_words};
use leptos::prelude::*;
use model::operations::{SyncFault, SyncFigures};
use ui::{Column, Table};

/// How the syncs went, and the accounts whose didn't.
#[component]
pub(super) fn Syncs(syncs: SyncFigures, this_year: i32) -> impl IntoView {
    let words = use_words();
    let w = words.operations();
    let many = |number: i64| u64::try_from(number).unwrap_or_default();
    let facts = if syncs.runs == 0 {
        w.no_runs().to_owned()
    } else {
        let mut facts = vec![w.sync_runs(many(syncs.runs)), w.sync_failures(many(syncs.failed))];
        facts.extend(syncs.mean_ms.map(|ms| w.mean(&milliseconds(words, ms))));
        facts.extend(syncs.p95_ms.map(|ms| w.p95(&milliseconds(words, ms))));
        facts.join(" · ")
    };
    let faults = if syncs.faults.is_empty() {
        (syncs.runs > 0).then(|| view! { <p class="muted small">{w.no_faults()}</p> }).into_any()
    } else {
        view! { <Faults faults=syncs.faults this_year /> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="syncs-title">
            <div class="section-head">
                <h2 id="syncs-title">{w.syncs()}</h2>
                <p>{facts}</p>
            </div>
            {faults}
        </section>
    }
    .into_any()
}

#[component]
fn Faults(faults: Vec<SyncFault>, this_year: i32) -> impl IntoView {
    let w = use_words().operations();
    let locale = use_locale();
    let columns = vec![
        Column::new(w.col_account(), ""),
        Column::new(w.col_failed(), "n"),
        Column::new(w.col_newest(), ""),
        Column::new(w.col_reason(), ""),
    ];
    let rows = faults
        .into_iter()
        .map(|fault| {
            let reason = fault.reason.message().unwrap_or_else(|| w.no_reason()).to_owned();
            let who = fault.account;
            view! {
                <tr>
                    <td>
                        <a href=format!("/analytics?account={}", who.id)>
                            <AccountBadge name=who.name handle=who.handle platform=who.platform />
                        </a>
                    </td>
                    <td class="n">{number(locale, fault.failed)}</td>
                    <td>
                        <LocalTimeView time=fault.at this_year />
                    </td>
                    <td dir="auto">{reason}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table caption=w.syncs() columns>
            {rows}
        </Table>
    }
    .into_any()
}
