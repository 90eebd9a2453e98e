//! Instagram with Instagram Login: <https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login>
//! and its publishing of images and carousels. Reels and stories are not simulated.

mod authorize;
mod container;
mod graph;
mod identity;
mod image;
mod publish;
mod token;

pub(crate) use publish::shortcode;
pub(crate) use token::mint_long;

use crate::world::World;
use axum::Router;
use axum::routing::{any, get, post};

pub(crate) fn router() -> Router<World> {
    Router::new()
        .route("/instagram/oauth/authorize", get(authorize::show).post(authorize::decide))
        .route("/instagram/api/oauth/access_token", post(token::from_code))
        .route("/instagram/graph/access_token", get(token::exchange))
        .route("/instagram/graph/refresh_access_token", get(token::refresh))
        .route("/instagram/graph/{version}/access_token", get(token::exchange))
        .route("/instagram/graph/{version}/refresh_access_token", get(token::refresh))
        .route("/instagram/graph/{version}/{node}", any(graph::node))
        .route("/instagram/graph/{version}/{node}/{edge}", any(graph::edge))
}
