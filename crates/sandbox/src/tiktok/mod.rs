//! TikTok: Login Kit and the Display API, by <https://developers.tiktok.com/doc/>. Publishing is not simulated.

mod authorize;
pub(crate) mod error;
mod token;
mod user;
mod videos;

pub(crate) use token::mint;

use crate::world::World;
use axum::Router;
use axum::routing::{get, post};

pub(crate) fn router() -> Router<World> {
    let api = [
        ("/oauth/token/", post(token::exchange)),
        ("/oauth/revoke/", post(token::revoke)),
        ("/user/info/", get(user::info)),
        ("/video/list/", post(videos::list)),
        ("/video/query/", post(videos::query)),
    ];
    let pages = get(authorize::show).post(authorize::decide);
    let router = Router::new()
        .route("/tiktok/v2/auth/authorize/", pages.clone())
        .route("/tiktok/v2/auth/authorize", pages);
    api.into_iter().fold(router, |router, (path, call)| router.route(&format!("/tiktok/api/v2{path}"), call))
}
