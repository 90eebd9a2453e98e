//! The parts of the app that the browser loads when a page of theirs is opened, so that the first page comes quickly.
//!
//! Each part is one split function: `cargo leptos build --split` cuts what only it uses out of the wasm. The frame and
//! the start page, where people arrive, stay in the main file.

use crate::components::PaletteDialog;
use crate::components::frame::Overlays;
use crate::pages::accounts::{AccountsPage, ChoosePage};
use crate::pages::analytics::{AnalyticsPage, ComparePage, PostCurves};
use crate::pages::calendar::CalendarPage;
use crate::pages::composer::ComposerPage;
use crate::pages::invite::InvitePage;
use crate::pages::operations::OperationsPage;
use crate::pages::posts::{HistoryPage, PostPage, PostsPage};
use crate::pages::reset::ResetPage;
use crate::pages::settings::SettingsPage;
use crate::pages::setup::SetupPage;
use crate::pages::sign_in::SignInPage;
use crate::pages::team::TeamPage;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::LazyRoute;
use leptos_router::hooks::use_location;
use model::statistics::PostCourse;
use std::future::Future;

/// On the document while a page waits for its part.
const LOADING: &str = "data-loading";

/// A part could not be loaded: the network failed, or another version runs by now.
struct NotLoaded;

impl From<SplitLoaderError> for NotLoaded {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

#[derive(Clone, Copy)]
enum Entry {
    SignIn,
    Setup,
    Invite,
    Reset,
}

#[wasm_split(entry, wasm_split_path = leptos::wasm_split, preload(load_entry), fallible)]
fn entry_part(page: Entry) -> Result<AnyView, NotLoaded> {
    Ok(match page {
        Entry::SignIn => view! { <SignInPage /> }.into_any(),
        Entry::Setup => view! { <SetupPage /> }.into_any(),
        Entry::Invite => view! { <InvitePage /> }.into_any(),
        Entry::Reset => view! { <ResetPage /> }.into_any(),
    })
}

#[derive(Clone, Copy)]
enum Posts {
    PostList,
    OnePost,
    History,
    Composer,
}

#[wasm_split(posts, wasm_split_path = leptos::wasm_split, preload(load_posts), fallible)]
fn posts_part(page: Posts) -> Result<AnyView, NotLoaded> {
    Ok(match page {
        Posts::PostList => view! { <PostsPage /> }.into_any(),
        Posts::OnePost => view! { <PostPage /> }.into_any(),
        Posts::History => view! { <HistoryPage /> }.into_any(),
        Posts::Composer => view! { <ComposerPage /> }.into_any(),
    })
}

#[derive(Clone, Copy)]
enum Calendar {
    CalendarDays,
}

#[wasm_split(calendar, wasm_split_path = leptos::wasm_split, preload(load_calendar), fallible)]
fn calendar_part(page: Calendar) -> Result<AnyView, NotLoaded> {
    Ok(match page {
        Calendar::CalendarDays => view! { <CalendarPage /> }.into_any(),
    })
}

enum Analytics {
    OneAccount,
    Compare,
    /// Below a post, not a page.
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "drawn in the browser only"))]
    PostCurves(Vec<PostCourse>),
}

#[wasm_split(analytics, wasm_split_path = leptos::wasm_split, preload(load_analytics), fallible)]
fn analytics_part(page: Analytics) -> Result<AnyView, NotLoaded> {
    Ok(match page {
        Analytics::OneAccount => view! { <AnalyticsPage /> }.into_any(),
        Analytics::Compare => view! { <ComparePage /> }.into_any(),
        Analytics::PostCurves(courses) => view! { <PostCurves courses /> }.into_any(),
    })
}

#[derive(Clone, Copy)]
enum Manage {
    Accounts,
    Choose,
    Team,
    Settings,
    Operations,
}

#[wasm_split(manage, wasm_split_path = leptos::wasm_split, preload(load_manage), fallible)]
fn manage_part(page: Manage) -> Result<AnyView, NotLoaded> {
    Ok(match page {
        Manage::Accounts => view! { <AccountsPage /> }.into_any(),
        Manage::Choose => view! { <ChoosePage /> }.into_any(),
        Manage::Team => view! { <TeamPage /> }.into_any(),
        Manage::Settings => view! { <SettingsPage /> }.into_any(),
        Manage::Operations => view! { <OperationsPage /> }.into_any(),
    })
}

#[wasm_split(palette, wasm_split_path = leptos::wasm_split, preload(fetch_palette), fallible)]
fn palette_part(overlays: Overlays) -> Result<AnyView, NotLoaded> {
    Ok(view! { <PaletteDialog overlays /> }.into_any())
}

/// The routes of a part: one for each variant of `$pages`, called alike. `$part` makes the page, `$load` fetches the part, and
/// `$name` is what the build calls it.
macro_rules! lazy_routes {
    ($name:literal, $part:ident, $load:ident, $pages:ident: $($page:ident),*) => {$(
        pub(crate) struct $page;

        impl LazyRoute for $page {
            fn data() -> Self {
                Self
            }

            fn view(_: Self) -> impl Future<Output = AnyView> {
                #[cfg(feature = "ssr")]
                crate::site_files::announce($name);
                let here = use_location();
                let address = format!("{}{}", here.pathname.get_untracked(), here.search.get_untracked());
                async { shown($part($pages::$page).await, address).await }
            }

            async fn preload() {
                show_loading(true);
                // Whether it failed is seen when the page is to be shown.
                drop($load().await);
                show_loading(false);
            }
        }
    )*};
}

lazy_routes!("entry", entry_part, load_entry, Entry: SignIn, Setup, Invite, Reset);
lazy_routes!("posts", posts_part, load_posts, Posts: PostList, OnePost, History, Composer);
lazy_routes!("calendar", calendar_part, load_calendar, Calendar: CalendarDays);
lazy_routes!("analytics", analytics_part, load_analytics, Analytics: OneAccount, Compare);
lazy_routes!("manage", manage_part, load_manage, Manage: Accounts, Choose, Team, Settings, Operations);

/// A post's curves, drawn by the part of analytics; nothing when that can't be had, since the numbers stand beside them.
#[cfg(feature = "hydrate")]
pub(crate) async fn post_curves(courses: Vec<PostCourse>) -> Option<AnyView> {
    analytics_part(Analytics::PostCurves(courses)).await.ok()
}

/// Fetches the composer's part.
pub(crate) async fn load_composer() {
    show_loading(true);
    // Whether it failed is seen when the sheet is to be shown.
    drop(load_posts().await);
    show_loading(false);
}

/// The composer over the page that the router shows, once its part is there; `sheet` is its address.
pub(crate) async fn composer_over_page(sheet: String) -> AnyView {
    shown(posts_part(Posts::Composer).await, sheet).await
}

/// Fetches the palette's part.
pub(crate) async fn load_palette() {
    // Whether it failed is seen when the palette is to be shown.
    drop(fetch_palette().await);
}

/// The command palette; without its part the list of posts, which has a search of its own.
pub(crate) async fn palette_over_page(overlays: Overlays) -> AnyView {
    shown(palette_part(overlays).await, "/posts".to_owned()).await
}

/// Marks the document while a page waits for its part; the style sheet shows it when it takes long.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "on the server every part is there"))]
fn show_loading(on: bool) {
    #[cfg(feature = "hydrate")]
    if let Some(root) = document().document_element() {
        // Fails only for a name that isn't one.
        drop(if on { root.set_attribute(LOADING, "") } else { root.remove_attribute(LOADING) });
    }
}

/// Whether a page waits for its part.
pub(crate) fn is_loading() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute(LOADING))
}

/// Without its part a page is loaded anew from the server, which also brings the part of the version that runs now.
async fn shown(loaded: Result<AnyView, NotLoaded>, address: String) -> AnyView {
    if let Ok(view) = loaded {
        return view;
    }
    #[cfg(feature = "hydrate")]
    {
        let hydrating = Owner::current_shared_context().is_some_and(|shared| shared.during_hydration());
        // What the server sent works by plain links and forms; to load it again could go on for ever.
        if !hydrating {
            // Fails only for an address that can't be parsed; then the person stays where they are.
            drop(window().location().set_href(&address));
        }
    }
    drop(address);
    std::future::pending().await
}

/// Fetches the other parts at the first sign that somebody uses the page, so that the next one opens at once, and
/// whoever only looks doesn't pay for it.
#[cfg(feature = "hydrate")]
pub fn fetch_ahead() {
    use leptos::ev;
    use std::cell::Cell;
    use std::rc::Rc;
    let begun = Rc::new(Cell::new(false));
    let begin = move || {
        if begun.replace(true) {
            return;
        }
        leptos::task::spawn_local(async {
            // A page that is opened without its part asks for it again.
            drop(fetch_palette().await);
            drop(load_posts().await);
            drop(load_calendar().await);
            drop(load_manage().await);
            drop(load_analytics().await);
        });
    };
    let at_key = begin.clone();
    window_event_listener(ev::pointermove, move |_| begin());
    window_event_listener(ev::keydown, move |_| at_key());
}
