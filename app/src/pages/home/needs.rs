use crate::pages::posts::acts::{Acts, TargetActs, first_words};
use crate::pages::posts::explain::explain_in;
use crate::server_fns::posts::HomeData;
use crate::state::use_words;
use crate::words::Words;
use leptos::prelude::*;
use model::Permission;
use model::account::{AccountView, Health};
use model::post::{PostView, TargetView};
use model::session::Membership;
use ui::{ButtonLink, Icon, Mark, lucide};

use crate::components::state_mark;

/// At most so many posts; the rest is behind a link.
const MOST: usize = 8;

/// What waits for a person: targets that failed, were missed or are unknown, and accounts to connect again.
#[component]
pub(super) fn Needs(data: HomeData, membership: Membership, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.home();
    let troubled: Vec<(PostView, TargetView)> = data
        .attention
        .iter()
        .flat_map(|post| {
            let needing = post.targets.iter().filter(|target| target.needs_attention());
            needing.map(|target| (post.clone(), target.clone()))
        })
        .collect();
    let accounts: Vec<AccountView> = data
        .accounts
        .iter()
        .filter(|account| matches!(account.health, Health::NeedsReconnect | Health::Expiring))
        .cloned()
        .collect();
    let count = troubled.len() + accounts.len();
    if count == 0 {
        return view! { <p class="home-quiet muted">{w.nothing_needs_you()}</p> }.into_any();
    }
    let connects = membership.role.allows(Permission::ManageAccounts);
    let more = troubled.len() > MOST;
    let posts = troubled
        .into_iter()
        .take(MOST)
        .map(|(post, target)| view! { <TargetNeed post target acts /> })
        .collect_view();
    let accounts = accounts.into_iter().map(|account| account_need(words, &account, connects)).collect_view();
    view! {
        <section class="section" aria-labelledby="needs-title">
            <div class="section-head">
                <h2 id="needs-title">{w.needs_you()}</h2>
                <span class="count">{count}</span>
                {more
                    .then(|| {
                        view! {
                            <a class="link small push" href="/posts?tab=attention">
                                {w.all_attention()}
                            </a>
                        }
                    })}
            </div>
            <ol class="needs">{accounts} {posts}</ol>
        </section>
    }
    .into_any()
}

#[component]
fn TargetNeed(post: PostView, target: TargetView, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.home();
    let told = explain_in(words, &post, &target);
    let title = w.need(target.platform.name(), &first_words(words, &post.input.text));
    let state = target.state;
    view! {
        <li data-state=state.key()>
            <Mark shape=state_mark(state) />
            <div>
                <h3>
                    <a href=format!("/posts/{}", post.id) dir="auto">
                        {title}
                    </a>
                </h3>
                <p>{told.happened} " " {told.to_do}</p>
            </div>
            <div class="acts">
                <TargetActs target acts />
            </div>
        </li>
    }
    .into_any()
}

fn account_need(words: Words, account: &AccountView, connects: bool) -> impl IntoView + use<> {
    let w = words.home();
    let name = account.called_in_full();
    let waiting = u64::try_from(account.waiting_posts).unwrap_or_default();
    let (state, title) = if account.health == Health::Expiring {
        ("expiring", w.expiring(&name))
    } else {
        ("needs_reconnect", w.reconnect_title(&name))
    };
    let text = if waiting > 0 { w.waiting(waiting) } else { w.nothing_waits().to_owned() };
    view! {
        <li data-state=state>
            <span class="lead">
                <Icon shape=lucide::KEY_ROUND />
            </span>
            <div>
                <h3>{title}</h3>
                <p>{text}</p>
            </div>
            <div class="acts">
                {connects
                    .then(|| {
                        view! {
                            <ButtonLink href="/accounts" small=true>
                                {words.composer().reconnect()}
                            </ButtonLink>
                        }
                    })}
            </div>
        </li>
    }
}
