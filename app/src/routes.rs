use crate::components::{Frame, UnknownAddress};
use crate::lazy;
use crate::pages::home::HomePage;
use crate::state::{Toasts, provide_page_facts};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, SsrMode, path};

/// The whole app: shared state, then the page of the address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_page_facts();
    provide_context(Toasts::new());
    load_anew_on_redirect();
    view! {
        <Router>
            <Routes fallback=|| view! { <UnknownAddress /> }>
                // Pages that first ask the server where to go wait for it, so that a redirect is a real one.
                <Route path=path!("/signin") view={Lazy::<lazy::SignIn>::new()} ssr=SsrMode::Async />
                <Route path=path!("/setup") view={Lazy::<lazy::Setup>::new()} ssr=SsrMode::Async />
                <Route path=path!("/invite/:token") view={Lazy::<lazy::Invite>::new()} ssr=SsrMode::Async />
                <Route path=path!("/reset/:token") view={Lazy::<lazy::Reset>::new()} ssr=SsrMode::Async />
                <ParentRoute path=path!("/") view=Frame>
                    <Route path=path!("") view=HomePage ssr=SsrMode::Async />
                    // The composer is a sheet over the list, which stays as it is below.
                    <ParentRoute path=path!("") view={Lazy::<lazy::PostList>::new()} ssr=SsrMode::Async>
                        <Route path=path!("posts") view=|| () ssr=SsrMode::Async />
                        <Route path=path!("compose") view={Lazy::<lazy::Composer>::new()} ssr=SsrMode::Async />
                        <Route path=path!("posts/:id/edit") view={Lazy::<lazy::Composer>::new()} ssr=SsrMode::Async />
                    </ParentRoute>
                    <Route path=path!("posts/:id") view={Lazy::<lazy::OnePost>::new()} ssr=SsrMode::Async />
                    <Route path=path!("posts/:id/history") view={Lazy::<lazy::History>::new()} ssr=SsrMode::Async />
                    <Route path=path!("calendar") view={Lazy::<lazy::CalendarDays>::new()} ssr=SsrMode::Async />
                    <Route path=path!("analytics") view={Lazy::<lazy::OneAccount>::new()} ssr=SsrMode::Async />
                    <Route path=path!("analytics/compare") view={Lazy::<lazy::Compare>::new()} ssr=SsrMode::Async />
                    <Route path=path!("accounts") view={Lazy::<lazy::Accounts>::new()} ssr=SsrMode::Async />
                    <Route path=path!("accounts/choose/:id") view={Lazy::<lazy::Choose>::new()} ssr=SsrMode::Async />
                    <Route path=path!("team") view={Lazy::<lazy::Team>::new()} ssr=SsrMode::Async />
                    <Route path=path!("settings") view={Lazy::<lazy::Settings>::new()} ssr=SsrMode::Async />
                    <Route path=path!("settings/operations") view={Lazy::<lazy::Operations>::new()} ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// A server function redirects when the session, the workspace or the language changed, or to leave for a platform:
/// always load the page anew, so that nothing of the state before is left. Must come before the router, which would
/// set a hook of its own.
fn load_anew_on_redirect() {
    #[cfg(not(feature = "ssr"))]
    {
        let hook = |address: &str| {
            // Fails only for an address that can't be parsed; then the person stays where they are.
            drop(window().location().set_href(address));
        };
        // Set already by an earlier mount: the same hook.
        drop(leptos::server_fn::redirect::set_redirect_hook(hook));
    }
}
