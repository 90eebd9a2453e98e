//! X: OAuth 2.0 with PKCE and the v2 API, by <https://docs.x.com> and its `openapi.json` (v2.167, August 2026).

mod auth;
mod authorize;
mod create;
pub(crate) mod error;
mod media;
mod media_chunks;
mod posts;
mod show;
mod token;
mod users;
mod weight;

pub(crate) use create::EPOCH;
pub(crate) use token::mint;

use crate::world::World;
use axum::Router;
use axum::routing::{get, post};

pub(crate) fn router() -> Router<World> {
    Router::new()
        .route("/x/i/oauth2/authorize", get(authorize::show).post(authorize::decide))
        .route("/x/api/2/oauth2/token", post(token::exchange))
        .route("/x/api/2/oauth2/revoke", post(token::revoke))
        .route("/x/api/2/users/me", get(users::me))
        .route("/x/api/2/users", get(users::by_ids))
        .route("/x/api/2/users/by", get(users::by_usernames))
        .route("/x/api/2/users/{id}", get(users::by_id))
        .route("/x/api/2/users/by/username/{name}", get(users::by_username))
        .route("/x/api/2/users/{id}/tweets", get(posts::timeline))
        .route("/x/api/2/tweets", post(create::create).get(posts::several))
        .route("/x/api/2/tweets/{id}", get(posts::one).delete(posts::delete))
        .route("/x/api/2/media/upload", post(media::upload).get(media::status))
        .route("/x/api/2/media/upload/initialize", post(media_chunks::initialize))
        .route("/x/api/2/media/upload/{id}/append", post(media_chunks::append))
        .route("/x/api/2/media/upload/{id}/finalize", post(media_chunks::finalize))
        .route("/x/api/2/media/metadata", post(media::metadata))
}
