use super::acts::Acts;
use super::bluesky_form::BlueskyConnect;
use crate::components::{BadgeSize, PlatformBadge};
use crate::state::use_words;
use crate::words::Words;
use leptos::prelude::*;
use model::Platform;
use model::account::{AccountView, ConnectHow, PlatformOffer};
use model::text::Limits;
use ui::{Icon, Tag, lucide};

/// Every platform: what it can do here, what it asks for, and the way there.
#[component]
pub(super) fn Connect(offers: Vec<PlatformOffer>, accounts: Vec<AccountView>, acts: Acts) -> impl IntoView {
    let w = use_words().accounts();
    let offers = offers
        .into_iter()
        .map(|offer| {
            let accounts =
                accounts.iter().filter(|account| account.platform == offer.platform).cloned().collect();
            view! { <Offer offer accounts acts /> }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="connect-title" id="connect">
            <div class="group-head">
                <h2 id="connect-title">{w.connect_title()}</h2>
            </div>
            <p class="muted small connect-note">
                {if acts.may_manage { w.connect_note() } else { w.connect_others() }}
            </p>
            <ul class="connect">{offers}</ul>
        </section>
    }
    .into_any()
}

const fn about(words: Words, platform: Platform) -> &'static str {
    let w = words.accounts();
    match platform {
        Platform::Instagram => w.about_instagram(),
        Platform::Facebook => w.about_facebook(),
        Platform::X => w.about_x(),
        // Tokens of members last 60 days:
        // <https://learn.microsoft.com/linkedin/shared/authentication/authorization-code-flow>
        Platform::LinkedIn => w.about_linkedin(),
        Platform::Bluesky => w.about_bluesky(),
        Platform::TikTok => w.about_tiktok(),
        Platform::YouTube => w.about_youtube(),
    }
}

#[component]
fn Offer(offer: PlatformOffer, accounts: Vec<AccountView>, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.accounts();
    let platform = offer.platform;
    let configured = offer.missing_config.is_empty();
    let sandbox = offer.sandbox;
    let act = (acts.may_manage && configured).then(|| match offer.how {
        ConnectHow::OAuth => view! { <ConnectButton platform acts /> }.into_any(),
        ConnectHow::AppPassword => view! { <BlueskyConnect accounts sandbox acts /> }.into_any(),
    });
    let has_form = acts.may_manage && configured && offer.how == ConnectHow::AppPassword;
    let permissions = (!offer.scopes.is_empty() && acts.may_manage).then(|| {
        let scopes =
            offer.scopes.iter().map(|scope| view! { <li><code>{scope.clone()}</code></li> }).collect_view();
        view! {
            <details class="permissions">
                <summary>{w.permissions()}</summary>
                <ul>{scopes}</ul>
            </details>
        }
    });
    let missing = (!configured).then(|| {
        let keys = offer
            .missing_config
            .iter()
            .map(|key| view! { <li><code>{key.clone()}</code></li> })
            .collect_view();
        view! {
            <div class="missing">
                <p>{w.not_configured()}</p>
                <ul>{keys}</ul>
                <p>{w.not_configured_do()}</p>
            </div>
        }
    });
    view! {
        <li class:has-form=has_form id=platform.key()>
            <PlatformBadge platform size=BadgeSize::Large silent=true />
            <div class="offer">
                <h3>
                    {platform.name()}
                    {sandbox
                        .then(|| {
                            view! {
                                <Tag icon=lucide::FLASK_CONICAL hatched=true>
                                    {words.common().sandbox()}
                                </Tag>
                            }
                        })}
                </h3>
                <p>{about(words, platform)}</p>
                <Abilities platform />
                {permissions}
                {missing}
            </div>
            {act}
        </li>
    }
    .into_any()
}

/// What posts may be there, from the table of limits.
#[component]
fn Abilities(platform: Platform) -> impl IntoView {
    let w = use_words().accounts();
    if !platform.publishes() {
        return view! {
            <ul class="can">
                <li>
                    <Icon shape=lucide::CHECK />
                    {w.can_numbers()}
                </li>
                <li class="no">
                    <Icon shape=lucide::X />
                    {w.can_publish()}
                    <span class="visually-hidden">" " {w.not_yet()}</span>
                </li>
            </ul>
        }
        .into_any();
    }
    let limits = Limits::of(platform);
    let text = if limits.needs_image {
        view! {
            <li class="no">
                <Icon shape=lucide::X />
                {w.can_text_alone()}
                <span class="visually-hidden">" " {w.not_possible()}</span>
            </li>
        }
        .into_any()
    } else {
        view! {
            <li>
                <Icon shape=lucide::CHECK />
                {w.can_text()}
            </li>
        }
        .into_any()
    };
    view! {
        <ul class="can">
            {text}
            <li>
                <Icon shape=lucide::CHECK />
                {w.can_images(u64::from(limits.max_images))}
            </li>
        </ul>
    }
    .into_any()
}

#[component]
fn ConnectButton(platform: Platform, acts: Acts) -> impl IntoView {
    let w = use_words().accounts();
    view! {
        <ActionForm action=acts.connect>
            <input type="hidden" name="platform" value=platform.key() />
            <button
                class="button"
                type="submit"
                aria-label=w.connect_platform(platform.name())
                aria-busy=move || acts.connect.pending().get().then_some("true")
            >
                {w.connect()}
            </button>
        </ActionForm>
    }
}
