use super::document_title::document_title;
use crate::components::frame::InsecureBanner;
use crate::components::{Brand, LanguageChoice, Promise, ThemeChoice};
use crate::state::use_words;
use leptos::prelude::*;
use leptos_meta::Title;
use ui::{Icon, Menu, lucide};

/// A page for people who aren't signed in: a form at the left, the promise at the right.
#[component]
pub fn EntryPage(#[prop(into)] title: Signal<String>, children: Children) -> impl IntoView {
    let words = use_words();
    let w = words.frame();
    let in_tab = document_title(move || format!("{} · {}", title.get(), words.common().product()));
    view! {
        <Title text=in_tab />
        <div class="signin">
            <main id="main">
                <div class="signin-form">
                    <Brand />
                    <InsecureBanner />
                    <h1>{title}</h1>
                    {children()}
                    <div class="row small">
                        <Menu
                            id="language"
                            label=w.language()
                            trigger_class="button is-quiet is-small"
                            trigger=move || {
                                view! {
                                    <Icon shape=lucide::LANGUAGES />
                                    {words.0.own_name()}
                                }
                            }
                        >
                            <li>
                                <LanguageChoice />
                            </li>
                        </Menu>
                        <Menu
                            id="theme"
                            label=w.theme()
                            trigger_class="button is-quiet is-small"
                            trigger=move || {
                                view! {
                                    <Icon shape=lucide::MOON />
                                    {w.theme()}
                                }
                            }
                        >
                            <li>
                                <ThemeChoice />
                            </li>
                        </Menu>
                    </div>
                </div>
            </main>
            <Promise />
        </div>
    }
    .into_any()
}
