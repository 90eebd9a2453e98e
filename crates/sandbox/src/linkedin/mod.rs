//! LinkedIn: 3-legged OAuth, OpenID userinfo, posts, images and member analytics of the versioned API, by
//! <https://learn.microsoft.com/en-us/linkedin/>.

mod analytics;
mod auth;
mod authorize;
pub(crate) mod error;
mod images;
mod posts;
mod token;
mod userinfo;

pub(crate) use token::mint;

use crate::world::World;
use axum::Router;
use axum::routing::{get, post, put};

pub(crate) fn router() -> Router<World> {
    Router::new()
        .route("/linkedin/oauth/v2/authorization", get(authorize::show).post(authorize::decide))
        .route("/linkedin/oauth/v2/accessToken", post(token::exchange))
        .route("/linkedin/oauth/v2/revoke", post(token::revoke))
        .route("/linkedin/oauth/v2/introspectToken", post(token::introspect))
        .route("/linkedin/api/v2/userinfo", get(userinfo::show))
        .route("/linkedin/api/rest/posts", post(posts::create).get(posts::by_author))
        .route("/linkedin/api/rest/posts/{urn}", get(posts::one).delete(posts::delete))
        .route("/linkedin/api/rest/memberFollowersCount", get(analytics::followers))
        .route("/linkedin/api/rest/memberCreatorPostAnalytics", get(analytics::posts))
        .route("/linkedin/api/rest/images", post(images::initialize))
        .route("/linkedin/api/rest/images/{urn}", get(images::show))
        .route("/linkedin/api/upload/{id}", put(images::upload))
}
