use super::milliseconds;
use crate::format::Unit;
use crate::state::use_words;
use crate::words::Words;
use leptos::prelude::*;
use model::operations::{Goal, Operations, SyncFigures};
use ui::{Badge, Tone};

/// What a well-kept workspace reaches, and whether this one does.
#[component]
pub(super) fn Goals(seen: Operations) -> impl IntoView {
    let words = use_words();
    let w = words.operations();
    let goals = Goal::ALL.map(|goal| view! { <OneGoal goal value=goal.value(&seen) /> });
    view! {
        <section class="section" aria-labelledby="goals-title">
            <div class="section-head">
                <h2 id="goals-title">{w.goals()}</h2>
                <p>{w.goals_note(&SyncFigures::DAYS.to_string())}</p>
            </div>
            <dl class="stats">{goals.collect_view()}</dl>
        </section>
    }
    .into_any()
}

#[component]
fn OneGoal(goal: Goal, value: Option<f64>) -> impl IntoView {
    let words = use_words();
    let w = words.operations();
    let name = match goal {
        Goal::SyncsSucceed => w.syncs_succeed(),
        Goal::SyncsAreQuick => w.syncs_quick(),
        Goal::TokensLive => w.tokens_live(),
        Goal::ConnectionsWork => w.connections_work(),
    };
    let limit = written(words, goal, goal.limit());
    let wanted = match goal {
        Goal::SyncsSucceed => w.goal_over(&limit),
        _ => w.goal_under(&limit),
    };
    let now = match value {
        Some(value) => {
            let (tone, told) =
                if goal.is_reached(value) { (Tone::Good, w.reached()) } else { (Tone::Bad, w.not_reached()) };
            view! {
                <span class="stat-value">{written(words, goal, value)}</span>
                {tone.mark().map(|shape| view! { <Badge state=tone.state() shape>{told}</Badge> })}
            }
            .into_any()
        }
        None => view! { <span class="stat-value is-absent">{w.nothing_measured()}</span> }.into_any(),
    };
    view! {
        <div class="stat">
            <dt>{name}</dt>
            <dd>{now} <span class="before">{wanted}</span></dd>
        </div>
    }
    .into_any()
}

/// In the goal's unit.
fn written(words: Words, goal: Goal, value: f64) -> String {
    match goal {
        #[expect(clippy::cast_possible_truncation, reason = "durations are far below 2^53")]
        Goal::SyncsAreQuick => milliseconds(words, (value * 1_000.0).round() as i64),
        _ => Unit::Rate.short(words.0, value),
    }
}
