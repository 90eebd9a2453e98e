use super::asked::Asked;
use super::board::Board;
use crate::components::FilterSelect;
use crate::format;
use crate::server_fns::calendar::Author;
use crate::state::use_words;
use crate::words::Words;
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use leptos_router::components::Form;
use model::account::AccountView;
use model::calendar::Span;
use model::{Platform, TargetState};
use ui::{ButtonKind, ButtonLink, Icon, lucide};

/// States by which a calendar is looked through; drafts have no time.
const STATES: [TargetState; 7] = [
    TargetState::Scheduled,
    TargetState::Publishing,
    TargetState::Published,
    TargetState::Failed,
    TargetState::Unknown,
    TargetState::Missed,
    TargetState::Cancelled,
];

/// Month, week, day and list, of the same days.
#[component]
pub(super) fn Spans(asked: Memo<Asked>) -> impl IntoView {
    let w = use_words().calendar();
    let link = move |span: Span, name: &'static str| {
        let href = move || {
            asked.with(|asked| match asked.on {
                Some(on) => asked.at(span, on),
                None => Asked { span, ..asked.clone() }.today(),
            })
        };
        let current = move || asked.with(|asked| asked.span == span).then_some("page");
        view! {
            <a href=href aria-current=current>
                {name}
            </a>
        }
    };
    view! {
        <div class="segmented" role="group" aria-label=w.view()>
            {link(Span::Month, w.month())}
            {link(Span::Week, w.week())}
            {link(Span::Day, w.day())}
            <a href="/posts">{w.list()}</a>
        </div>
    }
}

/// The name of the days that are shown.
pub(super) fn title(words: Words, span: Span, on: NaiveDate) -> String {
    match span {
        Span::Month => format::month(words.0, on),
        Span::Day => format::full_date(words.0, on),
        Span::Week => {
            let days = span.days(on);
            match (days.first(), days.last()) {
                (Some(first), Some(last)) => {
                    let (first, year) = (format::short_day(words.0, *first), last.year());
                    format!("{first} – {} {year}", format::short_day(words.0, *last))
                }
                _ => format::full_date(words.0, on),
            }
        }
    }
}

/// Where the calendar is, the ways to go, and what it is narrowed to.
#[component]
pub(super) fn Toolbar(board: Board, accounts: Vec<AccountView>, authors: Vec<Author>) -> impl IntoView {
    let words = use_words();
    let w = words.calendar();
    let (asked, on) = (board.asked(), board.on());
    let zone = board.now.with_untracked(|now| w.zone(&now.zone, &now.abbreviation));
    let (before, after) = match asked.span {
        Span::Month => (w.before_month(), w.after_month()),
        Span::Week => (w.before_week(), w.after_week()),
        Span::Day => (w.before_day(), w.after_day()),
    };
    let step = |forward: bool, label: &'static str, shape| {
        asked.step(on, forward).map(|href| {
            view! {
                <a class="button is-quiet is-small is-icon" href=href aria-label=label title=label data-noscroll="">
                    <Icon shape=shape />
                </a>
            }
        })
    };
    view! {
        <div class="toolbar calendar-toolbar">
            <h2 class="toolbar-title">{title(words, asked.span, on)}</h2>
            <div class="row">
                {step(false, before, lucide::CHEVRON_LEFT)}
                <a
                    class="button is-small"
                    href=asked.today()
                    data-noscroll=""
                    on:click=move |_| board.kept.go_to_today(board)
                >
                    {w.today()}
                </a>
                {step(true, after, lucide::CHEVRON_RIGHT)}
            </div>
            <span class="zone only-wide">{zone}</span>
            <Filters asked accounts authors />
        </div>
    }
    .into_any()
}

/// Account, platform, state and author; kept in the address.
#[component]
fn Filters(asked: Asked, accounts: Vec<AccountView>, authors: Vec<Author>) -> impl IntoView {
    let words = use_words();
    let (w, posts) = (words.calendar(), words.posts());
    let accounts = accounts.into_iter().map(|a| (a.id.to_string(), a.called_in_full())).collect();
    let platforms = Platform::ALL.map(|p| (p.key().to_owned(), p.name().to_owned())).to_vec();
    let states = STATES.map(|state| (state.key().to_owned(), words.state_name(state).to_owned())).to_vec();
    let authors = authors.into_iter().map(|author| (author.id.to_string(), author.name)).collect();
    let span = (asked.span != Span::default()).then(|| asked.span.key());
    let on = asked.on.map(|on| on.to_string());
    let clear = asked.is_narrowed().then(|| asked.widened());
    view! {
        <Form method="GET" action="/calendar" noscroll=true attr:class="push calendar-filter">
            {span.map(|span| view! { <input type="hidden" name="view" value=span /> })}
            {on.map(|on| view! { <input type="hidden" name="on" value=on /> })}
            <FilterSelect
                name="account"
                label=posts.filter_account()
                any=posts.any_account()
                options=accounts
                chosen=asked.account
            />
            <FilterSelect
                name="platform"
                label=posts.filter_platform()
                any=posts.any_platform()
                options=platforms
                chosen=asked.platform
            />
            <FilterSelect
                name="state"
                label=w.filter_state()
                any=w.any_state()
                options=states
                chosen=asked.state
            />
            <FilterSelect
                name="author"
                label=w.filter_author()
                any=w.any_author()
                options=authors
                chosen=asked.author
            />
            <button class="button without-wasm" type="submit">
                {posts.apply()}
            </button>
            {clear
                .map(|href| {
                    view! {
                        <ButtonLink href kind=ButtonKind::Quiet>
                            {posts.clear()}
                        </ButtonLink>
                    }
                })}
        </Form>
    }
    .into_any()
}
