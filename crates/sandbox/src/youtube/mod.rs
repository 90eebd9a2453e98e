//! YouTube: Google's sign-in, the Data API v3 and the Analytics API v2, by <https://developers.google.com/youtube>. Uploading is
//! not simulated.

mod auth;
mod authorize;
mod channels;
pub(crate) mod error;
mod reports;
mod token;
mod videos;

pub(crate) use token::mint;

use crate::world::World;
use axum::Router;
use axum::routing::{get, post};

pub(crate) fn router() -> Router<World> {
    Router::new()
        .route("/youtube/accounts/o/oauth2/v2/auth", get(authorize::show).post(authorize::decide))
        .route("/youtube/oauth2/token", post(token::exchange))
        .route("/youtube/oauth2/revoke", post(token::revoke))
        .route("/youtube/api/youtube/v3/channels", get(channels::list))
        .route("/youtube/api/youtube/v3/playlistItems", get(videos::uploads))
        .route("/youtube/api/youtube/v3/videos", get(videos::list))
        .route("/youtube/analytics/v2/reports", get(reports::query))
}
