use super::acts::Acts;
use super::health::{Notice, Remedy, told};
use super::menu::AccountActs;
use super::remedy::RemedyAct;
use crate::components::AccountBadge;
use crate::state::use_words;
use leptos::prelude::*;
use model::account::AccountView;
use ui::{Badge, Mark, MarkShape, Tag, lucide};

/// The server most people of Bluesky are on; it is not worth a word.
const USUAL_HOST: &str = "https://bsky.social";

/// An account with its health, what waits on it, and what can be done; below it, what is wrong.
#[component]
pub(super) fn AccountRow(account: AccountView, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.accounts();
    let told = told(words, &account);
    let waiting = u64::try_from(account.waiting_posts).unwrap_or_default();
    let posts = format!("/posts?tab=scheduled&account={}", account.id);
    let host = (!account.host.is_empty() && account.host != USUAL_HOST)
        .then(|| account.host.trim_start_matches("https://").to_owned());
    let (state, shape) = (told.state, told.shape);
    let troubled = account.clone();
    let notice =
        told.notice.map(|notice| view! { <HealthNotice notice state shape account=troubled acts /> });
    view! {
        <li>
            <div class="account-row">
                <AccountBadge
                    name=account.name.clone()
                    handle=account.handle.clone()
                    platform=account.platform
                    avatar=account.avatar.clone()
                />
                <span class="col-health">
                    <Badge state shape>
                        {told.badge}
                    </Badge>
                    {account
                        .sandbox
                        .then(|| {
                            view! {
                                <Tag icon=lucide::FLASK_CONICAL hatched=true>
                                    {words.common().sandbox()}
                                </Tag>
                            }
                        })}
                    {host.map(|host| view! { <span class="faint small clip">{w.bluesky_server(&host)}</span> })}
                </span>
                <span class="col-waiting small">
                    {if waiting > 0 {
                        view! {
                            <a class="num" href=posts>
                                {w.waiting(waiting)}
                            </a>
                        }
                            .into_any()
                    } else {
                        view! { <span class="faint">{w.none_waiting()}</span> }.into_any()
                    }}
                </span>
                <AccountActs account acts />
            </div>
            {notice}
        </li>
    }
    .into_any()
}

/// What is wrong with an account, and the act that helps.
#[component]
fn HealthNotice(
    notice: Notice,
    state: &'static str,
    shape: MarkShape,
    account: AccountView,
    acts: Acts,
) -> impl IntoView {
    let w = use_words().accounts();
    let Notice { what, said, to_do, remedy } = notice;
    let allowed = if remedy == Remedy::Check { acts.may_check } else { acts.may_manage };
    view! {
        <div class="notice" data-state=state>
            <Mark shape />
            <div>
                <strong>{what}</strong>
                " "
                {said.map(|said| view! { <span dir="auto">{said}</span> " " })}
                <span class="muted">{to_do}</span>
                {(!allowed).then(|| view! { " " <span class="muted">{w.ask_admin()}</span> })}
            </div>
            {allowed
                .then(|| {
                    view! {
                        <div class="notice-act">
                            <RemedyAct remedy account acts />
                        </div>
                    }
                })}
        </div>
    }
    .into_any()
}
