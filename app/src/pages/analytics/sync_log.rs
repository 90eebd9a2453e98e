use crate::components::{ErrorView, LocalTimeView};
use crate::format::Unit;
use crate::server_fns::statistics::sync_runs;
use crate::state::{use_locale, use_words};
use crate::words::Words;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use model::page::Page;
use model::statistics::{SyncCause, SyncRun};
use model::{AccountId, ApiError};
use ui::{Column, SkeletonRows, Table};

/// Outlives the numbers, which come again while somebody reads it. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Log {
    open: RwSignal<bool>,
    load: Action<AccountId, Result<Page<SyncRun>, ApiError>>,
}

impl Log {
    pub(super) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            load: Action::new(|account: &AccountId| sync_runs(*account, None)),
        }
    }
}

/// What the syncs of an account did; read when somebody opens it.
#[component]
pub(super) fn SyncLog(log: Log, account: AccountId, this_year: i32) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    let Log { open, load } = log;
    Effect::new(move || {
        if open.get() {
            load.dispatch(account);
        }
    });
    let toggled = move |event: leptos::ev::Event| {
        let details = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if let Some(details) = details {
            open.set(details.has_attribute("open"));
        }
    };
    let runs = move || {
        load.value().get().map(|runs| match runs {
            Ok(page) => view! { <Runs runs=page.items this_year /> }.into_any(),
            Err(error) => view! { <ErrorView error /> }.into_any(),
        })
    };
    view! {
        <details class="sync-log" open=move || open.get() on:toggle=toggled>
            <summary>{w.sync_log()}</summary>
            {move || {
                let waits = load.pending().get() && load.value().with(Option::is_none);
                waits.then(|| view! { <SkeletonRows label=words.common().loading() rows=3 /> })
            }}
            {runs}
        </details>
    }
}

#[component]
fn Runs(runs: Vec<SyncRun>, this_year: i32) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    if runs.is_empty() {
        return view! { <p class="muted small">{w.never_synced()}</p> }.into_any();
    }
    let columns = vec![
        Column::new(w.col_begun(), ""),
        Column::new(w.col_cause(), ""),
        Column::new(words.metrics().posts(), "n"),
        Column::new(w.col_took(), "n"),
        Column::new(w.col_result(), ""),
    ];
    let rows = runs.into_iter().map(|run| view! { <Row run this_year /> }).collect_view();
    view! {
        <Table caption=w.sync_log() columns figures_only=true>
            {rows}
        </Table>
    }
    .into_any()
}

#[component]
fn Row(run: SyncRun, this_year: i32) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    let locale = use_locale();
    let result = match (&run.fault, &run.ended_at) {
        (Some(fault), _) => {
            fault.message().map_or_else(|| w.sync_failed().to_owned(), |why| w.sync_failed_why(why))
        }
        (None, None) => w.runs().to_owned(),
        (None, Some(_)) => w.succeeded().to_owned(),
    };
    #[expect(clippy::cast_precision_loss, reason = "durations are far below 2^53")]
    let took = run.took.map(|took| {
        if took < 1_000 {
            w.milliseconds(&took.to_string())
        } else {
            Unit::Seconds.exact(locale, took as f64 / 1_000.0)
        }
    });
    view! {
        <tr>
            <td>
                <LocalTimeView time=run.started_at this_year />
            </td>
            <td>{cause(words, run.cause)}</td>
            <td class="n">{crate::format::count(locale, u64::try_from(run.posts).unwrap_or_default())}</td>
            <td class="n">{took}</td>
            <td data-state=run.fault.is_some().then_some("failed")>{result}</td>
        </tr>
    }
    .into_any()
}

fn cause(words: Words, cause: SyncCause) -> &'static str {
    let w = words.analytics();
    match cause {
        SyncCause::Connected => w.cause_connected(),
        SyncCause::Daily => w.cause_daily(),
        SyncCause::Asked => w.cause_asked(),
    }
}
