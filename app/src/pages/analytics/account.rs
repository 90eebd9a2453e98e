use super::asked::AskedOverview;
use super::course_chart::course_chart;
use super::post_table::PostTable;
use super::range_menu::RangeMenu;
use super::skeleton::AccountSkeleton;
use super::stats::Stats;
use super::sync::{SyncLine, look_again};
use super::sync_log::{Log, SyncLog};
use super::tabs::{Tab, Tabs};
use crate::components::{AccountBadge, ChartFigure, FilterSelect, Loaded, Page, tell};
use crate::pages::posts::times::follow;
use crate::server_fns::statistics::{AnalyticsData, SyncNow, load_analytics};
use crate::state::{on_change, use_page_facts, use_words};
use chrono::Datelike;
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_query_map;
use model::Permission;
use model::account::{AccountView, Health};
use model::live::Topic;
use model::statistics::{AccountNumbers, Metric};
use ui::{ButtonKind, ButtonLink, EmptyState};

/// Courses that the second chart may show.
const CHOICES: [Metric; 7] = [
    Metric::Engagement,
    Metric::Reach,
    Metric::Views,
    Metric::Likes,
    Metric::Comments,
    Metric::Shares,
    Metric::WatchTime,
];

/// `/analytics`
#[component]
pub fn AnalyticsPage() -> impl IntoView {
    let words = use_words();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(AskedOverview::of));
    // Another measure is another view of the same numbers.
    let wanted = Memo::new(move |_| asked.with(|asked| (asked.account, asked.range)));
    let data =
        Resource::new_blocking(move || wanted.get(), |(account, range)| load_analytics(account, range));
    follow(data, |data: &AnalyticsData| {
        data.numbers.as_ref().and_then(|numbers| look_again(numbers.last_sync.as_ref()))
    });
    on_change(&[Topic::Numbers], move || data.refetch());
    let log = Log::new();
    // Here, since the numbers may come anew before it has answered.
    let sync = ServerAction::<SyncNow>::new();
    tell(sync, move |_| words.analytics().sync_begun().to_owned(), move || data.refetch());
    view! {
        <Page title=words.analytics().title() tools=move || view! { <Tabs here=Tab::Overview /> }>
            <Loaded
                resource=data
                skeleton=|| view! { <AccountSkeleton /> }
                view=move |data: AnalyticsData| match data.numbers.clone() {
                    None => view! { <NoAccount /> }.into_any(),
                    Some(numbers) => view! { <Numbers data numbers asked log sync /> }.into_any(),
                }
            />
        </Page>
    }
}

/// Says where numbers come from.
#[component]
pub(super) fn NoAccount() -> impl IntoView {
    let w = use_words().analytics();
    view! {
        <EmptyState title=w.no_account_title() text=w.no_account_text()>
            <ButtonLink href="/accounts" kind=ButtonKind::Primary>
                {w.connect()}
            </ButtonLink>
        </EmptyState>
    }
}

#[component]
fn Numbers(
    data: AnalyticsData,
    numbers: AccountNumbers,
    asked: Memo<AskedOverview>,
    log: Log,
    sync: ServerAction<SyncNow>,
) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    let AnalyticsData { choices, now, .. } = data;
    let this_year = now.local.date().year();
    let role = use_page_facts().session.and_then(|session| session.membership().map(|here| here.role));
    let account = numbers.account.clone();
    let healthy = choices.iter().any(|choice| choice.id == account.id && choice.health != Health::Paused);
    let allowed = healthy && role.is_some_and(|role| role.allows(Permission::Publish));
    let (id, range, days) = (account.id, asked.get_untracked().range, numbers.days);
    let address = move |range| AskedOverview { range, account: Some(id), ..asked.get_untracked() }.address();
    let called = account.called();
    let csv = AskedOverview::csv(id, range);
    let followers = numbers.courses.iter().find(|course| course.figure.metric == Metric::Followers).cloned();
    let followers = followers.map(|course| {
        let chart = Signal::stored(course_chart(words, &called, days, &course, csv.clone()));
        view! { <ChartFigure id="followers" chart height=236 /> }
    });
    let courses = StoredValue::new(numbers.courses.clone());
    let second = Memo::new(move |_| {
        let metric = asked.with(|asked| asked.metric);
        courses.with_value(|all| {
            let course = all.iter().find(|course| course.figure.metric == metric).or(all.first());
            course.map(|course| course_chart(words, &called, days, course, csv.clone()))
        })
    });
    let second = second.get_untracked().map(|first| {
        let chart = Signal::derive(move || second.get().unwrap_or_else(|| first.clone()));
        view! { <ChartFigure id="course" chart height=236 /> }
    });
    let measures = CHOICES.map(|metric| {
        let current = move || asked.with(|asked| asked.metric == metric).then_some("page");
        let href = move || AskedOverview { metric, account: Some(id), ..asked.get() }.address();
        view! {
            <a href=href aria-current=current data-noscroll="">
                {words.metric_name(metric)}
            </a>
        }
    });
    let shown = numbers.posts.len();
    let in_all = u64::try_from(numbers.posts_in_all).unwrap_or_default();
    view! {
        <div class="toolbar">
            <RangeMenu range days action="/analytics" keeps=vec![("account", id.to_string())] address />
            <AccountChoice choices chosen=id.to_string() range=range.key() />
        </div>
        <header class="account-head">
            <AccountBadge
                name=account.name.clone()
                handle=account.handle.clone()
                platform=account.platform
                avatar=account.avatar.clone()
            />
            {account.gone.then(|| view! { <span class="tag">{w.gone()}</span> })}
            <SyncLine account=id last=numbers.last_sync.clone() now=now.clone() allowed sync />
        </header>
        <div class="flow">
            <Stats courses=numbers.courses.clone() platform=account.platform />
            <div class="charts">
                {followers} <div class="chart-choice">
                    <div class="segmented" role="group" aria-label=w.measure()>
                        {measures.collect_view()}
                    </div>
                    {second}
                </div>
            </div>
            <section class="section">
                <div class="section-head">
                    <h2>{w.best_posts()}</h2>
                    <p class="small">
                        {if u64::try_from(shown).is_ok_and(|shown| shown < in_all) {
                            let of = |n| crate::format::count(words.0, n);
                            w.some_of(&of(u64::try_from(shown).unwrap_or_default()), &of(in_all))
                        } else {
                            w.sorted_by_engagement().to_owned()
                        }}
                    </p>
                    <a class="link small push" href=AskedOverview::posts_csv(id, range) download="" rel="external">
                        {w.posts_csv()}
                    </a>
                </div>
                {if shown == 0 {
                    view! { <p class="muted">{w.no_posts()}</p> }.into_any()
                } else {
                    view! { <PostTable posts=numbers.posts.clone() this_year /> }.into_any()
                }}
            </section>
            <SyncLog log account=id this_year />
        </div>
    }
    .into_any()
}

/// Whose numbers are shown.
#[component]
fn AccountChoice(choices: Vec<AccountView>, chosen: String, range: String) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    let options = choices.into_iter().map(|a| (a.id.to_string(), a.called_in_full())).collect();
    view! {
        <Form method="GET" action="/analytics" noscroll=true attr:class="push calendar-filter">
            <input type="hidden" name="range" value=range />
            <FilterSelect name="account" label=w.account() any=w.account() options chosen />
            <button class="button without-wasm" type="submit">
                {w.show()}
            </button>
        </Form>
    }
    .into_any()
}
