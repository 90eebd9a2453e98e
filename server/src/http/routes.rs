//! Every plain route. The router is built from this table and from Leptos's lists, so none can be forgotten; a test
//! tries each as everyone who may not.

use super::web::Web;
use super::{events, health, limits, manifest, media, oauth, tables};
use axum::routing::{MethodRouter, get, post};
use http::Method;
use model::Permission;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Everyone,
    /// Whoever holds a link with a signature or a token in it.
    LinkHolder,
    /// A program on this machine, or with `server.metrics_token`.
    Operator,
    /// A person with a session in a workspace whose role allows this.
    Member(Permission),
}

/// One route.
pub struct PlainRoute {
    /// The one method; GET answers HEAD too, unless it changes something.
    pub method: Method,
    pub path: &'static str,
    pub who: Who,
    /// Largest body, in bytes.
    pub max_body: usize,
    pub(super) handler: fn() -> MethodRouter<Web>,
}

/// All of them.
pub const TABLE: &[PlainRoute] = &[
    PlainRoute {
        method: Method::GET,
        path: "/healthz",
        who: Who::Everyone,
        max_body: 0,
        handler: || get(health::alive),
    },
    PlainRoute {
        method: Method::GET,
        path: "/readyz",
        who: Who::Everyone,
        max_body: 0,
        handler: || get(health::ready),
    },
    PlainRoute {
        method: Method::GET,
        path: "/metrics",
        who: Who::Operator,
        max_body: 0,
        handler: || get(health::metrics),
    },
    PlainRoute {
        method: Method::GET,
        path: "/manifest.webmanifest",
        who: Who::Everyone,
        max_body: 0,
        handler: || get(manifest::manifest),
    },
    PlainRoute {
        method: Method::GET,
        path: "/oauth/{platform}/callback",
        who: Who::Member(Permission::ManageAccounts),
        max_body: 0,
        handler: || get(oauth::callback).head(oauth::only_get),
    },
    PlainRoute {
        method: Method::POST,
        path: "/api/media",
        who: Who::Member(Permission::Publish),
        max_body: limits::UPLOAD,
        handler: || post(media::upload),
    },
    PlainRoute {
        method: Method::GET,
        path: "/api/media/{id}/{size}",
        who: Who::Member(Permission::View),
        max_body: 0,
        handler: || get(media::for_screen),
    },
    PlainRoute {
        method: Method::GET,
        path: "/events",
        who: Who::Member(Permission::View),
        max_body: 0,
        handler: || get(events::stream),
    },
    PlainRoute {
        method: Method::GET,
        path: "/compare.csv",
        who: Who::Member(Permission::View),
        max_body: 0,
        handler: || get(tables::comparison),
    },
    PlainRoute {
        method: Method::GET,
        path: "/accounts/{id}/numbers.csv",
        who: Who::Member(Permission::View),
        max_body: 0,
        handler: || get(tables::account),
    },
    PlainRoute {
        method: Method::GET,
        path: "/accounts/{id}/posts.csv",
        who: Who::Member(Permission::View),
        max_body: 0,
        handler: || get(tables::posts),
    },
    PlainRoute {
        method: Method::GET,
        path: "/media/{*signed}",
        who: Who::LinkHolder,
        max_body: 0,
        handler: || get(media::signed),
    },
];
