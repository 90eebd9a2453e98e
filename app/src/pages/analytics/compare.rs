use super::account::NoAccount;
use super::asked::AskedCompare;
use super::compare_chart::compare_chart;
use super::range_menu::RangeMenu;
use super::ranking::Ranking;
use super::skeleton::CompareSkeleton;
use super::tabs::{Tab, Tabs};
use crate::components::{AccountBadge, ChartFigure, Loaded, Page};
use crate::format;
use crate::server_fns::statistics::load_comparison;
use crate::state::{on_change, use_words};
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_query_map;
use model::live::Topic;
use model::statistics::{Comparison, NumberedAccount};
use ui::{Icon, Menu, lucide};

/// `/analytics/compare`
#[component]
pub fn ComparePage() -> impl IntoView {
    let words = use_words();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(AskedCompare::of));
    // Another measure or scale is another view of the same numbers.
    let wanted = Memo::new(move |_| asked.with(|asked| asked.filter.clone()));
    let data = Resource::new_blocking(move || wanted.get(), load_comparison);
    on_change(&[Topic::Numbers], move || data.refetch());
    view! {
        <Page title=words.analytics().compare() tools=move || view! { <Tabs here=Tab::Compare /> }>
            <Loaded
                resource=data
                skeleton=|| view! { <CompareSkeleton /> }
                view=move |comparison: Comparison| {
                    if comparison.choices.is_empty() {
                        view! { <NoAccount /> }.into_any()
                    } else {
                        view! { <SideBySide comparison asked /> }.into_any()
                    }
                }
            />
        </Page>
    }
}

#[component]
fn SideBySide(comparison: Comparison, asked: Memo<AskedCompare>) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    let (range, days) = (asked.get_untracked().filter.range, comparison.days);
    let chosen: Vec<_> = comparison.accounts.iter().map(|account| account.account.id).collect();
    let choices = comparison.choices.clone();
    let keeps: Vec<_> = asked
        .get_untracked()
        .filter
        .accounts
        .iter()
        .map(|id| ("account", id.to_string()))
        .chain([("metric", asked.get_untracked().metric.key().to_owned())])
        .collect();
    let address = move |range| {
        let mut to = asked.get_untracked();
        to.filter.range = range;
        to.address()
    };
    let measures = Comparison::METRICS.map(|metric| {
        let current = move || asked.with(|asked| asked.metric == metric).then_some("page");
        let href = move || AskedCompare { metric, ..asked.get() }.address();
        view! {
            <a href=href aria-current=current data-noscroll="">
                {words.metric_name(metric)}
            </a>
        }
    });
    let scales = [(false, w.absolute()), (true, w.indexed())].map(|(indexed, name)| {
        let current = move || asked.with(|asked| asked.indexed == indexed).then_some("page");
        let href = move || AskedCompare { indexed, ..asked.get() }.address();
        view! {
            <a href=href aria-current=current data-noscroll="">
                {name}
            </a>
        }
    });
    let comparison = StoredValue::new(comparison);
    let chart = Signal::derive(move || {
        asked.with(|asked| comparison.with_value(|comparison| compare_chart(words, comparison, asked)))
    });
    let ranking = move || {
        let metric = asked.with(|asked| asked.metric);
        view! { <Ranking comparison=comparison.get_value() metric /> }
    };
    view! {
        <div class="toolbar">
            <RangeMenu range days action="/analytics/compare" keeps address />
            <AccountsMenu choices chosen asked />
            <a class="button is-small push" href=asked.get_untracked().csv() download="" rel="external">
                <Icon shape=lucide::DOWNLOAD />
                <span>{w.csv()}</span>
            </a>
        </div>
        <div class="flow">
            <div class="row wrap measures">
                <div class="segmented" role="group" aria-label=w.measure()>
                    {measures.collect_view()}
                </div>
                <div class="segmented" role="group" aria-label=w.scale()>
                    {scales.collect_view()}
                </div>
            </div>
            <ChartFigure id="compare" chart height=300 />
            {ranking}
        </div>
    }
    .into_any()
}

/// Which accounts are laid over each other.
#[component]
fn AccountsMenu(
    choices: Vec<NumberedAccount>,
    chosen: Vec<model::AccountId>,
    asked: Memo<AskedCompare>,
) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    let count = u64::try_from(chosen.len()).unwrap_or_default();
    let most = u64::try_from(Comparison::MOST).unwrap_or_default();
    let first = asked.get_untracked();
    let full = chosen.len() >= Comparison::MOST;
    let rows = choices
        .into_iter()
        .map(|account| {
            let shown = chosen.contains(&account.id);
            view! {
                <li>
                    <label class="menu-item account-choice">
                        <input
                            class="checkbox"
                            type="checkbox"
                            name="account"
                            value=account.id.to_string()
                            checked=shown
                            disabled=full && !shown
                        />
                        <AccountBadge
                            name=account.name.clone()
                            handle=account.handle.clone()
                            platform=account.platform
                            avatar=account.avatar.clone()
                        />
                    </label>
                </li>
            }
        })
        .collect_view();
    let trigger = move || {
        view! {
            <Icon shape=lucide::USERS_ROUND />
            <span>{w.accounts_shown(count)}</span>
        }
    };
    view! {
        <Menu id="accounts" label=w.choose_accounts() trigger trigger_class="button is-small">
            <li>
                <Form method="GET" action="/analytics/compare" noscroll=true attr:class="accounts-form">
                    <input type="hidden" name="range" value=first.filter.range.key() />
                    <input type="hidden" name="metric" value=first.metric.key() />
                    {first.indexed.then(|| view! { <input type="hidden" name="scale" value="index" /> })}
                    <ul>{rows}</ul>
                    <p class="small muted">{w.at_most(&format::count(words.0, most))}</p>
                    <button class="button is-small is-primary" type="submit">
                        {w.show()}
                    </button>
                </Form>
            </li>
        </Menu>
    }
    .into_any()
}
