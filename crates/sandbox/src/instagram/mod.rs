//! Instagram with Instagram Login: <https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login>
//! and its publishing of images and carousels. Reels and stories are not simulated.

mod authorize;
mod container;
mod graph;
mod identity;
mod image;
mod insights;
mod publish;
mod token;

pub(crate) use publish::shortcode;

use crate::world::World;
use axum::Router;
use axum::routing::{any, get, post};

pub(crate) fn router() -> Router<World> {
    Router::new()
        .route("/instagram/oauth/authorize", get(authorize::show).post(authorize::decide))
        .route("/instagram/api/oauth/access_token", post(token::from_code))
        .route("/instagram/graph/{*path}", any(graph::call))
}
