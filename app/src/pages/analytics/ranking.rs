use super::compare_chart::course;
use crate::components::{AccountBadge, Delta, Spark};
use crate::format::{self, Unit};
use crate::state::{use_locale, use_words};
use charts::Role;
use leptos::prelude::*;
use model::statistics::{ComparedAccount, Comparison, Metric};
use std::collections::HashMap;
use ui::{Column, Table};

/// The accounts by one measure, the highest first; who has no such number comes last and has no rank.
#[component]
pub(super) fn Ranking(comparison: Comparison, metric: Metric) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    let before = ranks(&comparison.accounts, |account| course(account, metric)?.figure.before);
    let now = ranks(&comparison.accounts, |account| course(account, metric)?.figure.now);
    let mut rows: Vec<(usize, ComparedAccount)> = comparison.accounts.into_iter().enumerate().collect();
    rows.sort_by_key(|(place, _)| now.get(place).copied().unwrap_or(usize::MAX));
    let rows = rows
        .into_iter()
        .map(|(place, account)| {
            let rank = now.get(&place).copied();
            let moved = rank.zip(before.get(&place).copied());
            view! { <Row account place rank moved metric /> }
        })
        .collect_view();
    let mut columns = vec![
        Column::new(w.col_rank(), ""),
        Column::new(w.account(), ""),
        Column::new(w.col_line(), "col-hide"),
        Column::new(w.col_course(), "col-hide"),
    ];
    for metric in [metric, other(metric)] {
        columns.push(Column::new(words.metric_name(metric), "n"));
        columns.push(Column::new(w.col_change(), "n col-hide"));
    }
    let days =
        comparison.days.before().map(|days| w.ranking_note(&format::days(words.0, days.from, days.to)));
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{w.ranking(words.metric_name(metric))}</h2>
                <p class="small">{days}</p>
            </div>
            <Table caption=w.ranking(words.metric_name(metric)) columns class="rank">
                {rows}
            </Table>
        </section>
    }
    .into_any()
}

/// What stands beside the measure: growth beside engagement, and the other way.
const fn other(metric: Metric) -> Metric {
    match metric {
        Metric::Followers => Metric::EngagementRate,
        _ => Metric::Followers,
    }
}

/// The rank of each place that has a value: 1 is the highest, equals share one.
fn ranks(
    accounts: &[ComparedAccount],
    value: impl Fn(&ComparedAccount) -> Option<f64>,
) -> HashMap<usize, usize> {
    let known: Vec<(usize, f64)> =
        accounts.iter().enumerate().filter_map(|(place, account)| Some((place, value(account)?))).collect();
    let rank = |own: f64| 1 + known.iter().filter(|(_, other)| *other > own).count();
    known.iter().map(|(place, own)| (*place, rank(*own))).collect()
}

#[component]
fn Row(
    account: ComparedAccount,
    place: usize,
    rank: Option<usize>,
    /// Now and before.
    moved: Option<(usize, usize)>,
    metric: Metric,
) -> impl IntoView {
    let w = use_words().analytics();
    let role = Role::Main(place);
    let colour = format!("var(--series-{})", place % charts::SERIES + 1);
    let dash = if role.is_dashed() { "dashed" } else { "solid" };
    let values = course(&account, metric).map(|course| course.values.clone()).unwrap_or_default();
    let figures = [metric, other(metric)].map(|metric| view! { <Value account=account.clone() metric /> });
    let who = account.account;
    let called = who.called();
    view! {
        <tr>
            <td class="pos num">
                {rank.map_or_else(|| w.unranked().to_owned(), |rank| rank.to_string())}
                {moved.map(|(now, before)| view! { <Moved now before /> })}
            </td>
            <td>
                <a class="account-link" href=format!("/analytics?account={}", who.id)>
                    <AccountBadge name=who.name handle=who.handle platform=who.platform avatar=who.avatar />
                </a>
            </td>
            <td class="col-hide">
                <span class="swatch" style=format!("--c: {colour}; --dash: {dash}")></span>
            </td>
            <td class="col-hide">
                <Spark values label=w.course_of(&called) colour />
            </td>
            {figures.collect_view()}
        </tr>
    }
    .into_any()
}

#[component]
fn Value(account: ComparedAccount, metric: Metric) -> impl IntoView {
    let words = use_words();
    let locale = use_locale();
    let unit = Unit::of(metric);
    let figure = course(&account, metric).map(|course| course.figure);
    let now = figure.and_then(|figure| figure.now);
    view! {
        <td class="n strong" title=now.map(|now| unit.exact(locale, now))>
            {match now {
                Some(now) => unit.short(locale, now).into_any(),
                None => view! { <span class="faint">{words.metrics().not_available()}</span> }.into_any(),
            }}
        </td>
        <td class="n col-hide">{figure.map(|figure| view! { <Delta figure /> })}</td>
    }
}

/// How many ranks it won or lost.
#[component]
fn Moved(now: usize, before: usize) -> impl IntoView {
    let w = use_words().analytics();
    let places = u64::try_from(now.abs_diff(before)).unwrap_or_default();
    (places > 0).then(|| {
        let rose = now < before;
        let (way, sign, said) =
            if rose { ("up", UP, w.rose(places)) } else { ("down", DOWN, w.fell(places)) };
        view! {
            <span class="move" data-way=way>
                <span aria-hidden="true">{sign} {places}</span>
                <span class="visually-hidden">{said}</span>
            </span>
        }
    })
}

const UP: &str = "▲";
const DOWN: &str = "▼";

#[cfg(test)]
mod tests {
    use super::*;
    use model::Platform;
    use model::statistics::NumberedAccount;

    fn account() -> ComparedAccount {
        let account = NumberedAccount {
            id: uuid_free(),
            platform: Platform::X,
            handle: String::new(),
            name: String::new(),
            avatar: None,
            sandbox: true,
            gone: false,
        };
        ComparedAccount { account, courses: Vec::new() }
    }

    fn uuid_free() -> model::AccountId {
        "0192e4a0-0000-7000-8000-000000000001".parse().expect("an id")
    }

    #[test]
    fn equals_share_a_rank_and_the_unknown_has_none() {
        let accounts = vec![account(), account(), account(), account()];
        let values = [Some(2.0), Some(5.0), None, Some(5.0)];
        let asked = std::cell::Cell::new(0);
        let ranks = ranks(&accounts, |_| {
            let place = asked.get();
            asked.set(place + 1);
            values[place]
        });
        assert_eq!(
            (ranks.get(&0), ranks.get(&1), ranks.get(&2), ranks.get(&3)),
            (Some(&3), Some(&1), None, Some(&1))
        );
    }
}
