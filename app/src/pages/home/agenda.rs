use crate::components::state_mark;
use crate::format;
use crate::pages::posts::acts::first_words;
use crate::pages::posts::row::Targets;
use crate::pages::posts::times::{NearTime, time_of};
use crate::server_fns::posts::HomeData;
use crate::state::use_words;
use leptos::prelude::*;
use model::LocalTime;
use model::post::PostView;
use ui::Mark;

/// How many of the last and next posts are shown.
const MOST: usize = 6;

/// The posts of today in the workspace's zone: out, going out, to come. On a day without any, the next ones.
#[component]
pub(super) fn Today(data: HomeData) -> impl IntoView {
    let words = use_words();
    let w = words.home();
    let now = data.now.clone();
    let is_today = |post: &&PostView| time_of(post).is_some_and(|at| at.local.date() == now.local.date());
    let mut posts: Vec<PostView> =
        data.published.iter().chain(&data.coming).filter(is_today).cloned().collect();
    posts.dedup_by_key(|post| post.id);
    posts.sort_by_key(|post| time_of(post).map(|at| at.utc));
    let later: Vec<PostView> =
        data.coming.iter().filter(|post| !is_today(post)).take(MOST).cloned().collect();
    let today = if posts.is_empty() {
        view! { <p class="muted small">{w.nothing_today()}</p> }.into_any()
    } else {
        view! { <Agenda posts now=now.clone() today=true /> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="today-title">
            <div class="section-head is-ruled">
                <h2 id="today-title">{w.today()}</h2>
                <span class="count">{format::full_date(words.0, now.local.date())}</span>
            </div>
            {today}
        </section>
        {(!later.is_empty())
            .then(|| {
                view! {
                    <section class="section" aria-labelledby="next-title">
                        <div class="section-head is-ruled">
                            <h2 id="next-title">{w.next()}</h2>
                            <a class="link small push" href="/posts?tab=scheduled">
                                {w.all_scheduled()}
                            </a>
                        </div>
                        <Agenda posts=later now=now.clone() />
                    </section>
                }
            })}
    }
    .into_any()
}

/// What went out last.
#[component]
pub(super) fn Last(data: HomeData) -> impl IntoView {
    let w = use_words().home();
    let today = data.now.local.date();
    let posts: Vec<PostView> = data
        .published
        .into_iter()
        .filter(|post| time_of(post).is_none_or(|at| at.local.date() != today))
        .take(MOST)
        .collect();
    (!posts.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="last-title">
                <div class="section-head is-ruled">
                    <h2 id="last-title">{w.last()}</h2>
                    <a class="link small push" href="/posts?tab=published">
                        {w.all_published()}
                    </a>
                </div>
                <Agenda posts now=data.now />
            </section>
        }
    })
}

#[component]
fn Agenda(
    posts: Vec<PostView>,
    now: LocalTime,
    /// All are of the same day: the time is enough.
    #[prop(optional)]
    today: bool,
) -> impl IntoView {
    let words = use_words();
    let lines = posts
        .into_iter()
        .map(|post| {
            let time = time_of(&post);
            let state = post.state;
            let now = now.clone();
            view! {
                <li data-state=state.key()>
                    <Mark shape=state_mark(state) />
                    <span class="num">{time
                            .map(|at| {
                                if today {
                                    format::time(at.local.time()).into_any()
                                } else {
                                    view! { <NearTime at now /> }.into_any()
                                }
                            })}</span>
                    <a class="clip" href=format!("/posts/{}", post.id) dir="auto">
                        {first_words(words, &post.input.text)}
                    </a>
                    <span class="visually-hidden">{words.state_name(state)}</span>
                    <Targets targets=post.targets />
                </li>
            }
        })
        .collect_view();
    view! { <ol class="agenda" class:is-today=today>{lines}</ol> }
}
