//! Facebook Pages by the Graph API: <https://developers.facebook.com/docs/pages-api>,
//! <https://developers.facebook.com/docs/graph-api/reference/page>. Reels and videos are not simulated.

mod authorize;
mod feed;
mod graph;
mod identity;
mod insights;
mod photos;
mod show;
mod token;

pub(crate) use token::page_token;

use crate::world::World;
use axum::Router;
use axum::routing::{any, get};

pub(crate) fn router() -> Router<World> {
    Router::new()
        .route("/facebook/dialog/oauth", get(authorize::show).post(authorize::decide))
        .route("/facebook/{version}/dialog/oauth", get(authorize::show).post(authorize::decide))
        .route("/facebook/graph/{*path}", any(graph::call))
}
