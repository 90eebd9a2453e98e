use crate::components::frame::SandboxTag;
use crate::components::frame::nav::{Place, PlaceLink};
use crate::components::frame::workspace_menu::WorkspaceItems;
use crate::components::{LanguageChoice, ThemeChoice};
use crate::state::use_words;
use leptos::prelude::*;
use model::Permission;
use model::session::Session;
use ui::{Icon, Menu, lucide};

/// The navigation of phones: home, calendar, compose, posts, and a sheet with the rest.
#[component]
pub(super) fn BottomNav(session: Session) -> impl IntoView {
    let words = use_words();
    let w = words.frame();
    let more = move || {
        view! {
            <Icon shape=lucide::MENU large=true />
            <span>{w.more()}</span>
        }
    };
    let rest = [Place::Analytics, Place::Accounts, Place::Team, Place::Settings].map(|place| {
        view! {
            <li>
                <a class="menu-item" href=place.path()>
                    <Icon shape=place.icon() />
                    <span>{place.name(words)}</span>
                </a>
            </li>
        }
    });
    let composes = session.membership().is_some_and(|here| here.role.allows(Permission::Publish));
    view! {
        <nav class="bottom-nav" aria-label=w.phone_navigation()>
            <PlaceLink place=Place::Home words large=true />
            <PlaceLink place=Place::Calendar words large=true />
            {composes
                .then(|| {
                    view! {
                        <a class="is-compose" href="/compose">
                            <span>
                                <Icon shape=lucide::PLUS large=true />
                            </span>
                            <span class="visually-hidden">{w.compose()}</span>
                        </a>
                    }
                })}
            <PlaceLink place=Place::Posts words large=true />
            <Menu id="more" label=w.more() trigger=more trigger_class="bottom-nav-more">
                {rest.collect_view()}
                <li>
                    <p class="menu-head">{w.theme()}</p>
                    <ThemeChoice />
                </li>
                <li>
                    <p class="menu-head">{w.language()}</p>
                    <LanguageChoice />
                </li>
                <WorkspaceItems session />
                <li>
                    <SandboxTag />
                </li>
            </Menu>
        </nav>
    }
    .into_any()
}
