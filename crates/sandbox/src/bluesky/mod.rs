//! Bluesky: a Personal Data Server and the few AppView reads that are used, by the lexicons of
//! <https://github.com/bluesky-social/atproto/tree/main/lexicons> and the behaviour of the `@atproto/pds` server.

mod auth;
mod blob;
mod cbor;
mod embed;
pub(crate) mod error;
mod feed;
mod records;
mod server;
mod session;
mod validate;
mod write;

pub(crate) use blob::blob_key;
pub(crate) use records::{past, uri};
pub(crate) use session::mint;

use crate::world::World;
use axum::Router;
use axum::routing::{get, post};

/// The server at `/bluesky`, and at the root too: a server is an origin by the protocol, and clients drop a path from
/// its address (<https://atproto.com/specs/xrpc#lexicon-http-endpoints>).
pub(crate) fn router() -> Router<World> {
    server_at("/bluesky").merge(server_at(""))
}

fn server_at(prefix: &str) -> Router<World> {
    let at = |name: &str| format!("{prefix}/xrpc/{name}");
    Router::new()
        .route(&at("_health"), get(server::health))
        .route(&at("com.atproto.server.describeServer"), get(server::describe))
        .route(&at("com.atproto.server.createSession"), post(session::create))
        .route(&at("com.atproto.server.refreshSession"), post(session::refresh))
        .route(&at("com.atproto.server.deleteSession"), post(session::delete))
        .route(&at("com.atproto.server.getSession"), get(session::show))
        .route(&at("com.atproto.identity.resolveHandle"), get(server::resolve_handle))
        .route(&at("com.atproto.repo.describeRepo"), get(server::describe_repo))
        .route(&at("com.atproto.repo.uploadBlob"), post(blob::upload))
        .route(&at("com.atproto.sync.getBlob"), get(blob::get))
        .route(&at("com.atproto.repo.createRecord"), post(write::create))
        .route(&at("com.atproto.repo.putRecord"), post(write::put))
        .route(&at("com.atproto.repo.deleteRecord"), post(write::delete))
        .route(&at("com.atproto.repo.getRecord"), get(records::get))
        .route(&at("com.atproto.repo.listRecords"), get(records::list))
        .route(&at("app.bsky.actor.getProfile"), get(feed::profile))
        .route(&at("app.bsky.feed.getAuthorFeed"), get(feed::author_feed))
        .route(&at("app.bsky.feed.getPosts"), get(feed::posts))
        .route(&at("app.bsky.feed.getPostThread"), get(feed::thread))
        .route(&at("{method}"), axum::routing::any(server::unknown))
}
