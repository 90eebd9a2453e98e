//! `/settings/operations`: workers, what waits, schedules, syncs and connections, beside the goals.

mod connections;
mod goals;
mod queue;
mod schedules;
mod syncs;
mod workers;

use crate::components::{Loaded, NoWorkspace, Page};
use crate::format::{Unit, count};
use crate::pages::posts::times::follow;
use crate::server_fns::operations::look_at_operations;
use crate::state::{use_page_facts, use_words};
use crate::words::{Locale, Words};
use chrono::Datelike as _;
use connections::ConnectionsLine;
use goals::Goals;
use leptos::prelude::*;
use model::operations::Operations;
use queue::Queue;
use schedules::Schedules;
use std::time::Duration;
use syncs::Syncs;
use ui::SkeletonRows;
use workers::Workers;

/// Between two looks.
const LOOK: Duration = Duration::from_secs(10);

#[component]
pub fn OperationsPage() -> impl IntoView {
    let title = use_words().operations().title();
    if use_page_facts().session.is_some_and(|session| session.membership().is_some()) {
        view! { <OfWorkspace /> }.into_any()
    } else {
        view! { <NoWorkspace title /> }.into_any()
    }
}

#[component]
fn OfWorkspace() -> impl IntoView {
    let words = use_words();
    let seen = Resource::new_blocking(|| (), |()| look_at_operations());
    follow(seen, |_| Some(LOOK));
    view! {
        <Page title=words.operations().title()>
            <Loaded
                resource=seen
                skeleton=move || view! { <SkeletonRows label=words.common().loading() rows=8 /> }
                view=move |seen: Operations| view! { <Seen seen /> }
            />
        </Page>
    }
}

#[component]
fn Seen(seen: Operations) -> impl IntoView {
    let this_year = seen.now.local.year();
    let goals = view! { <Goals seen=seen.clone() /> };
    view! {
        <div class="flow operations">
            {goals}
            <Workers workers=seen.workers this_year />
            <Queue here=seen.here everywhere=seen.everywhere />
            <Schedules schedules=seen.schedules now=seen.now this_year />
            <Syncs syncs=seen.syncs this_year />
            <ConnectionsLine connections=seen.connections />
        </div>
    }
    .into_any()
}

fn number(locale: Locale, number: i64) -> String {
    count(locale, u64::try_from(number).unwrap_or_default())
}

/// `5 s`, `3 min`.
#[expect(clippy::cast_precision_loss, reason = "ages are far below 2^53")]
fn seconds(locale: Locale, seconds: i64) -> String {
    Unit::Seconds.exact(locale, seconds as f64)
}

/// `740 ms`, `4.2 s`.
#[expect(clippy::cast_precision_loss, reason = "durations are far below 2^53")]
fn milliseconds(words: Words, ms: i64) -> String {
    let w = words.analytics();
    if ms < 1_000 {
        w.milliseconds(&ms.to_string())
    } else if ms < 60_000 {
        w.seconds(&crate::format::decimal(words.0, ms as f64 / 1_000.0, 1))
    } else {
        seconds(words.0, ms / 1_000)
    }
}
