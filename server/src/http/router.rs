//! Puts the routes and what they pass through together.

use super::csp::PageNonce;
use super::errors::{self, refused};
use super::routes::{TABLE, Who};
use super::web::Web;
use super::{csp, csrf, limits, observe, session, static_files};
use crate::startup::{App, StartError};
use app::request::RequestFacts;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Redirect, Response};
use http::header::ACCEPT;
use http::request::Parts;
use http::{Method, StatusCode};
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes as _, generate_route_list, render_app_to_stream_with_context};
use model::clock::SharedClock;
use std::convert::Infallible;
use tokio_util::sync::CancellationToken;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;

/// The router of one process. Streams of events end when `stopping` is cancelled.
///
/// # Errors
/// When the folder for uploads can't be made.
pub fn router(app: &App, stopping: CancellationToken) -> Result<Router, StartError> {
    let web = Web::new(app, stopping)?;
    Ok(plain_routes(&web)
        .merge(pages(&web))
        .layer(from_fn_with_state(web.clone(), static_files::serve))
        .layer(from_fn_with_state(web.clone(), csrf::guard))
        .layer(from_fn_with_state(web.clone(), csp::protect))
        .layer(CompressionLayer::new())
        .layer(from_fn(observe::observe))
        .with_state(web))
}

fn plain_routes(web: &Web) -> Router<Web> {
    let with_session = || from_fn_with_state(web.clone(), session::attach);
    TABLE.iter().fold(Router::new(), |router, route| {
        let max = route.max_body;
        let handler = (route.handler)();
        let handler = match route.who {
            Who::Member(_) => handler.layer(with_session()),
            Who::Everyone | Who::LinkHolder | Who::Operator => handler,
        };
        let limited = handler
            .layer::<_, Infallible>(DefaultBodyLimit::disable())
            .layer::<_, Infallible>(RequestBodyLimitLayer::new(max))
            .layer(from_fn(move |request, next| limits::by_length(max, request, next)));
        router.route(route.path, limited)
    })
}

/// Leptos's pages and server functions; whatever else is asked for gets the app's page for unknown addresses.
fn pages(web: &Web) -> Router<Web> {
    let max = limits::FORM;
    Router::new()
        .leptos_routes_with_context(web, generate_route_list(app::App), context_of(web), shell_of(web))
        .fallback(unknown)
        .layer(from_fn(errors::own_status))
        .layer(from_fn_with_state(web.clone(), session::attach))
        .layer(from_fn_with_state(web.clone(), at_one_address))
        .layer(from_fn(move |request, next| limits::whole(max, request, next)))
        .layer(from_fn(move |request, next| limits::by_length(max, request, next)))
}

/// Leads a page asked for under another name of this machine to the base address.
async fn at_one_address(State(web): State<Web>, request: Request, next: Next) -> Response {
    let base =
        (request.method() == Method::GET).then(|| web.origins.same_machine(request.headers())).flatten();
    let Some(base) = base else { return next.run(request).await };
    let mut there = base.clone();
    // Not `join`, which would follow a path like `//elsewhere`.
    there.set_path(request.uri().path());
    there.set_query(request.uri().query());
    Redirect::temporary(there.as_str()).into_response()
}

/// What pages and server functions find in their context.
fn context_of(web: &Web) -> impl Fn() + Clone + Send + Sync + 'static {
    let services = web.app.services.clone();
    let clock: SharedClock = web.app.context.db.clock().clone();
    let site_files = web.site_files.clone();
    let demo = web.app.demo.clone();
    move || {
        provide_context(site_files.clone());
        if let Some(demo) = &demo {
            provide_context(demo.clone());
        }
        provide_context(services.clone());
        provide_context(clock.clone());
        if let Some(parts) = use_context::<Parts>() {
            if let Some(facts) = parts.extensions.get::<RequestFacts>() {
                provide_context(facts.clone());
            }
            if let Some(nonce) = parts.extensions.get::<PageNonce>() {
                provide_context(Nonce::from_value(nonce.0.clone()));
            }
        }
    }
}

fn shell_of(web: &Web) -> impl Fn() -> leptos::prelude::AnyView + Clone + Send + Sync + 'static {
    use leptos::prelude::IntoAny as _;
    let options = web.leptos.clone();
    move || app::shell(options.clone()).into_any()
}

async fn unknown(State(web): State<Web>, request: Request) -> Response {
    let wants_page = matches!(*request.method(), Method::GET | Method::HEAD)
        && request
            .headers()
            .get(ACCEPT)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| v.contains("text/html"));
    if !wants_page {
        return refused(StatusCode::NOT_FOUND, "there is nothing at this address");
    }
    let render = render_app_to_stream_with_context(context_of(&web), shell_of(&web));
    let mut response = render(request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
