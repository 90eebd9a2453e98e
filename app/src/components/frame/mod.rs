//! The frame of every signed-in page: rail, phone navigation, keys, toasts. The top bar belongs to
//! [`crate::components::Page`], since its title and tools do.

mod bottom_nav;
mod keys;
mod nav;
mod notices;
mod palette;
mod rail;
mod workspace_menu;

pub(crate) use keys::{GO, LIFT, MARK};
pub(crate) use nav::Place;
pub use notices::{InsecureBanner, SandboxTag};
pub(crate) use palette::{Overlays, SearchButton};

use crate::components::frame::bottom_nav::BottomNav;
use crate::components::frame::keys::Keys;
use crate::components::frame::palette::PaletteOverPage;
use crate::components::frame::rail::Rail;
use crate::components::{NotFound, NotFoundEntry};
use crate::pages::posts::PostsChanged;
use crate::state::{is_sheet, use_over_page, use_page_facts, use_toasts, use_words, with_next};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{Outlet, Redirect};
use leptos_router::hooks::use_location;
use model::session::Session;
use ui::ToastHost;

/// Every signed-in page; whoever isn't signed in goes to sign in and comes back.
#[component]
pub fn Frame() -> impl IntoView {
    let here = use_location();
    match use_page_facts().session {
        Some(session) => view! {
            <SignedIn session>
                <Outlet />
            </SignedIn>
        }
        .into_any(),
        None => {
            let next = format!("{}{}", here.pathname.get_untracked(), query(&here.search.get_untracked()));
            view! { <Redirect path=with_next("/signin", &next) /> }.into_any()
        }
    }
}

fn query(search: &str) -> String {
    if search.is_empty() { String::new() } else { format!("?{search}") }
}

/// An address that leads nowhere, in the frame for whoever is signed in.
#[component]
pub fn UnknownAddress() -> impl IntoView {
    match use_page_facts().session {
        Some(session) => view! {
            <SignedIn session>
                <NotFound />
            </SignedIn>
        }
        .into_any(),
        None => view! { <NotFoundEntry /> }.into_any(),
    }
}

#[component]
fn SignedIn(session: Session, children: Children) -> impl IntoView {
    let w = use_words();
    let overlays = Overlays::new();
    provide_context(overlays);
    focus_content_after_navigation();
    // Told by the composer, heard by the pages below.
    provide_context(PostsChanged::new());
    note_the_page();
    view! {
        <a class="skip-link" href="#main" rel="external">
            {w.frame().skip()}
        </a>
        <div class="app">
            <Rail session=session.clone() keys_open=overlays.keys />
            <div class="app-page">
                <InsecureBanner />
                {children()}
            </div>
        </div>
        <BottomNav session />
        <SheetOverPage />
        <Keys open=overlays.keys />
        <PaletteOverPage overlays />
        <ToastHost toasts=use_toasts() dismiss_label=w.common().close() />
    }
    .into_any()
}

/// The composer, where it was opened over a page.
#[component]
fn SheetOverPage() -> impl IntoView {
    let over = use_over_page();
    let ready = RwSignal::new(false);
    Effect::new(move || {
        if over.sheet().is_some() && !ready.get_untracked() {
            spawn_local(async move {
                crate::lazy::load_composer().await;
                ready.try_set(true);
            });
        }
    });
    move || {
        // What is drawn before its part has come stays a skeleton.
        over.sheet().filter(|_| ready.get()).map(|sheet| {
            let composer = Suspend::new(async move { crate::lazy::composer_over_page(sheet).await });
            view! { <Suspense>{composer}</Suspense> }
        })
    }
}

/// What is opened from here on lies over the page that the router shows.
fn note_the_page() {
    let over = use_over_page();
    let here = use_location();
    Effect::new(move || {
        let query = here.search.get();
        over.stands_on(Some(format!("{}{}", here.pathname.get(), self::query(&query))));
    });
    on_cleanup(move || over.stands_on(None));
}

/// After a move within the app the focus goes to the new page's content, as a loaded page's would.
fn focus_content_after_navigation() {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        // The composer lies over a page, and sees to the focus itself.
        if before.is_some_and(|before| before != now && !is_sheet(&before) && !is_sheet(&now)) {
            focus_content();
        }
        now
    });
}

/// Once the new page is there: until its part has come, the old one stands.
fn focus_content() {
    request_animation_frame(|| {
        if crate::lazy::is_loading() {
            return focus_content();
        }
        if let Some(main) = document().get_element_by_id("main") {
            use leptos::wasm_bindgen::JsCast;
            // Not every element takes the focus; then it stays where it is.
            drop(main.dyn_into::<web_sys::HtmlElement>().map(|main| main.focus()));
        }
    });
}
