//! Facebook Pages by the Graph API: <https://developers.facebook.com/docs/pages-api>,
//! <https://developers.facebook.com/docs/graph-api/reference/page>. Reels and videos are not simulated.

mod authorize;
pub(crate) mod error;
mod feed;
pub(crate) mod graph;
mod identity;
mod photos;
mod token;

pub(crate) use token::{mint_long, page_token};

use crate::world::World;
use axum::Router;
use axum::routing::{any, get};

pub(crate) fn router() -> Router<World> {
    Router::new()
        .route("/facebook/{version}/dialog/oauth", get(authorize::show).post(authorize::decide))
        .route("/facebook/graph/{version}/oauth/access_token", any(token::access_token))
        .route("/facebook/graph/{version}/debug_token", get(token::debug))
        .route("/facebook/graph/{version}/{node}", any(graph::node))
        .route("/facebook/graph/{version}/{node}/{edge}", any(graph::edge))
}
