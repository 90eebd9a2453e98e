use crate::server_fns::preferences::{SetLocale, SetTheme};
use crate::state::{Theme, set_theme, use_theme, use_words};
use crate::words::{Locale, Words};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;
use ui::{Icon, IconShape, lucide};

/// Where the person is, to come back after a form sent without wasm.
fn here() -> Signal<String> {
    let location = use_location();
    Signal::derive(move || {
        let search = location.search.get();
        let mark = if search.is_empty() { "" } else { "?" };
        format!("{}{mark}{search}", location.pathname.get())
    })
}

pub(crate) fn theme_words(words: Words, theme: Theme) -> (&'static str, IconShape) {
    let w = words.frame();
    match theme {
        Theme::System => (w.theme_system(), lucide::MONITOR),
        Theme::Light => (w.theme_light(), lucide::SUN),
        Theme::Dark => (w.theme_dark(), lucide::MOON),
    }
}

/// Light, dark, or as the device: a form of three buttons; with wasm the page changes without loading.
#[component]
pub fn ThemeChoice() -> impl IntoView {
    let words = use_words();
    let chosen = use_theme();
    let choose = set_theme();
    let next = here();
    let buttons = Theme::ALL.map(|theme| {
        let (label, icon) = theme_words(words, theme);
        let press = move |event: MouseEvent| {
            event.prevent_default();
            choose.run(theme);
        };
        view! {
            <li>
                <button
                    class="menu-item"
                    name="theme"
                    value=theme.key()
                    aria-pressed=move || if chosen.get() == theme { "true" } else { "false" }
                    on:click=press
                >
                    <Icon shape=icon />
                    <span>{label}</span>
                </button>
            </li>
        }
    });
    view! {
        <form method="post" action=SetTheme::url() aria-label=words.frame().theme()>
            <input type="hidden" name="next" value=next />
            <ul>{buttons.collect_view()}</ul>
        </form>
    }
    .into_any()
}

/// The languages, each by its own name. Choosing one loads the page in it.
#[component]
pub fn LanguageChoice() -> impl IntoView {
    let words = use_words();
    let next = here();
    let buttons = Locale::ALL.map(|locale| {
        let current = locale == words.0;
        view! {
            <li>
                <button
                    class="menu-item"
                    name="locale"
                    value=locale.tag()
                    lang=locale.tag()
                    aria-pressed=if current { "true" } else { "false" }
                >
                    <Icon shape=lucide::LANGUAGES />
                    <span>{locale.own_name()}</span>
                </button>
            </li>
        }
    });
    view! {
        <form method="post" action=SetLocale::url() aria-label=words.frame().language()>
            <input type="hidden" name="next" value=next />
            <ul>{buttons.collect_view()}</ul>
        </form>
    }
    .into_any()
}
