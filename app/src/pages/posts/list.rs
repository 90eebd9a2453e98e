use super::acts::{Acts, AskDialog, tab_count};
use super::filter::{Asked, Tab};
use super::row::PostRow;
use super::skeleton::ListSkeleton;
use super::times::{follow, look_again};
use super::use_posts_changed;
use crate::components::{FilterSelect, Loaded, Page};
use crate::server_fns::posts::{PostList, list_posts};
use crate::state::{on_change, use_page_facts, use_words};
use crate::words::Words;
use leptos::prelude::*;
use leptos_router::components::{Form, Outlet};
use leptos_router::hooks::{use_location, use_query_map};
use model::Platform;
use model::account::AccountView;
use model::live::Topic;
use model::post::PostCounts;
use ui::{ButtonKind, ButtonLink, Column, EmptyState, Icon, TabLink, Table, Tabs, lucide};

/// `/posts`, and what lies under the composer.
#[component]
pub fn PostsPage() -> impl IntoView {
    let words = use_words();
    let w = words.posts();
    let changed = use_posts_changed();
    let path = use_location().pathname;
    let query = use_query_map();
    // Only the list's own address says what to show: the composer's has other parameters.
    let asked = Memo::new(move |before: Option<&Asked>| match before {
        Some(before) if path.get() != "/posts" => before.clone(),
        _ => query.with(Asked::of),
    });
    let composing = Memo::new(move |_| match path.get().as_str() {
        "/compose" => Some(words.composer().new_title()),
        path if path.ends_with("/edit") => Some(words.composer().edit_title()),
        _ => None,
    });
    let list = Resource::new_blocking(
        move || (changed.times(), asked.get()),
        |(_, asked)| list_posts(asked.filter()),
    );
    follow(list, |list: &PostList| look_again(&list.posts, &list.now));
    on_change(&[Topic::Posts, Topic::Accounts], move || list.refetch());
    let acts = Acts::new(Callback::new(move |()| list.refetch()), Callback::new(|()| {}));
    let zone =
        use_page_facts().session.and_then(|s| s.membership().map(|m| m.zone.clone())).unwrap_or_default();
    view! {
        <Page
            title=w.title()
            tab_title=Signal::derive(move || composing.get().map(str::to_owned))
            tools=move || view! { <span class="zone only-wide">{w.zone(&zone)}</span> }
        >
            <Loaded
                resource=list
                skeleton=|| view! { <ListSkeleton /> }
                view=move |list: PostList| view! { <List list asked=asked.get_untracked() acts /> }
            />
        </Page>
        <AskDialog acts />
        <Outlet />
    }
}

#[component]
fn List(list: PostList, asked: Asked, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.posts();
    let PostList { posts, next, counts, accounts, now } = list;
    let columns = vec![
        Column::new(w.col_state(), "col-state"),
        Column::new(w.col_post(), "col-post"),
        Column::new(w.col_accounts(), "col-acc"),
        Column::new(w.col_when(), "col-when"),
        Column::new(w.col_author(), "col-author"),
        Column::hidden(w.col_acts(), "col-acts"),
    ];
    let empty = posts.is_empty();
    // Nothing to look for yet.
    let none_at_all = empty && asked == Asked::default();
    let rows = posts.into_iter().map(|post| view! { <PostRow post now=now.clone() acts /> }).collect_view();
    view! {
        <StateTabs counts asked=asked.clone() />
        {(!none_at_all).then(|| view! { <Filters accounts asked=asked.clone() /> })}
        {if empty {
            view! { <Nothing asked=asked.clone() acts /> }.into_any()
        } else {
            view! {
                <Table caption=w.caption() columns class="posts">
                    {rows}
                </Table>
            }
            .into_any()
        }}
        <Pager asked next />
    }
    .into_any()
}

fn tab_name(words: Words, tab: Tab) -> &'static str {
    let w = words.posts();
    match tab {
        Tab::All => w.all(),
        Tab::Drafts => w.drafts(),
        Tab::Scheduled => w.scheduled(),
        Tab::Published => w.published(),
        Tab::Attention => w.attention(),
    }
}

#[component]
fn StateTabs(counts: PostCounts, asked: Asked) -> impl IntoView {
    let words = use_words();
    let tabs = Tab::ALL
        .into_iter()
        .map(|tab| {
            let count = match tab {
                Tab::All => 0,
                Tab::Drafts => counts.drafts,
                Tab::Scheduled => counts.scheduled,
                Tab::Published => counts.published,
                Tab::Attention => counts.attention,
            };
            let href = asked.in_tab(tab);
            let current = asked.tab == tab;
            let count = tab_count(words, count);
            let name = tab_name(words, tab);
            if tab == Tab::Attention {
                view! {
                    <TabLink href current count count_state="failed">
                        {name}
                    </TabLink>
                }
                .into_any()
            } else {
                view! {
                    <TabLink href current count>
                        {name}
                    </TabLink>
                }
                .into_any()
            }
        })
        .collect_view();
    view! { <Tabs label=words.posts().states()>{tabs}</Tabs> }
}

/// Account, platform and words; kept in the address, so that a list can be shared.
#[component]
fn Filters(accounts: Vec<AccountView>, asked: Asked) -> impl IntoView {
    let w = use_words().posts();
    let accounts = accounts.into_iter().map(|a| (a.id.to_string(), a.called_in_full())).collect();
    let platforms = Platform::PUBLISHING.map(|p| (p.key().to_owned(), p.name().to_owned())).to_vec();
    let narrowed = asked.is_narrowed();
    let all = Asked { tab: asked.tab, ..Asked::default() }.in_tab(asked.tab);
    view! {
        <Form method="GET" action="/posts" noscroll=true>
            <div class="toolbar posts-filter">
                <input type="hidden" name="tab" value=asked.tab.key() />
                <span class="search-field">
                    <Icon shape=lucide::SEARCH />
                    <input
                        class="input"
                        type="search"
                        name="q"
                        value=asked.search.clone()
                        placeholder=w.search()
                        aria-label=w.search()
                    />
                </span>
                <FilterSelect
                    name="account"
                    label=w.filter_account()
                    any=w.any_account()
                    options=accounts
                    chosen=asked.account
                />
                <FilterSelect
                    name="platform"
                    label=w.filter_platform()
                    any=w.any_platform()
                    options=platforms
                    chosen=asked.platform
                />
                <button class="button" type="submit">
                    {w.apply()}
                </button>
                {narrowed
                    .then(|| {
                        view! {
                            <ButtonLink href=all kind=ButtonKind::Quiet>
                                {w.clear()}
                            </ButtonLink>
                        }
                    })}
            </div>
        </Form>
    }
    .into_any()
}

#[component]
fn Nothing(asked: Asked, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.posts();
    let (title, text) = if asked.is_narrowed() {
        (w.empty_filter_title(), w.empty_filter_text())
    } else if asked.tab == Tab::Attention {
        (w.empty_attention_title(), w.empty_attention_text())
    } else {
        (w.empty_title(), w.empty_text())
    };
    let composes = acts.allowed && !asked.is_narrowed() && asked.tab != Tab::Attention;
    view! {
        <EmptyState title text>
            {composes
                .then(|| {
                    view! {
                        <ButtonLink href="/compose" kind=ButtonKind::Primary icon=lucide::PLUS>
                            {words.frame().compose()}
                        </ButtonLink>
                    }
                })}
        </EmptyState>
    }
}

#[component]
fn Pager(asked: Asked, next: Option<String>) -> impl IntoView {
    let w = use_words().posts();
    let first = asked.cursor.is_some().then(|| asked.at_cursor(None));
    let label = if asked.tab == Tab::Scheduled { w.later() } else { w.more() };
    let next = next.map(|cursor| asked.at_cursor(Some(cursor)));
    (first.is_some() || next.is_some()).then(|| {
        view! {
            <div class="pager">
                {first.map(|href| view! { <ButtonLink href>{w.first_page()}</ButtonLink> })}
                {next.map(|href| view! { <ButtonLink href>{label}</ButtonLink> })}
            </div>
        }
    })
}
