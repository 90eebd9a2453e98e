use crate::components::frame::SandboxTag;
use crate::components::frame::nav::{Place, PlaceLink};
use crate::components::frame::workspace_menu::WorkspaceMenu;
use crate::components::{LanguageChoice, ThemeChoice};
use crate::state::use_words;
use leptos::prelude::*;
use model::session::Session;
use ui::{ButtonKind, Icon, IconButton, Menu, lucide};

/// The navigation at the left; on narrow screens icons only, on phones not at all.
#[component]
pub(super) fn Rail(session: Session, keys_open: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    let w = words.frame();
    let places = Place::ALL.map(|place| view! { <li><PlaceLink place words /></li> });
    view! {
        <nav class="rail" aria-label=w.main_navigation()>
            <WorkspaceMenu session />
            <ul class="rail-places">{places.collect_view()}</ul>
            <div class="rail-foot">
                <SandboxTag />
                <div class="rail-toggles">
                    <Menu
                        id="theme"
                        label=w.theme()
                        trigger_class="button is-quiet is-small is-icon"
                        trigger=|| view! { <Icon shape=lucide::MOON /> }
                    >
                        <li>
                            <ThemeChoice />
                        </li>
                    </Menu>
                    <Menu
                        id="language"
                        label=w.language()
                        trigger_class="button is-quiet is-small is-icon"
                        trigger=|| view! { <Icon shape=lucide::LANGUAGES /> }
                    >
                        <li>
                            <LanguageChoice />
                        </li>
                    </Menu>
                    <IconButton
                        icon=lucide::KEYBOARD
                        label=w.keys()
                        kind=ButtonKind::Quiet
                        small=true
                        on_press=move |_| keys_open.set(true)
                    />
                </div>
            </div>
        </nav>
    }
    .into_any()
}
