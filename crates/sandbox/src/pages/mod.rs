//! Pages for people: what was published, the public page of each post and account, the faces of the personas.

mod feed;
mod public;

use crate::state::{Post, PostMedia};
use crate::text::escape;
use crate::world::World;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{StatusCode, header};

pub(crate) fn router() -> Router<World> {
    Router::new()
        .route("/", get(feed::show))
        .route("/avatar/{platform}/{file}", get(avatar))
        .merge(public::router())
}

/// A post's pictures.
fn images(world: &World, post: &Post) -> String {
    let image = |m: &PostMedia| {
        let alt = escape(m.alt.as_deref().unwrap_or_default());
        let address = escape(&world.address(&format!("/control/blobs/{}", m.sha256)));
        format!("<img src=\"{address}\" alt=\"{alt}\" loading=\"lazy\">")
    };
    post.media.iter().map(image).collect()
}

/// A persona's picture: an initial on a colour of its own.
async fn avatar(State(world): State<World>, Path((platform, file)): Path<(String, String)>) -> Response {
    let id = file.trim_end_matches(".svg");
    let account =
        crate::state::Platform::from_key(&platform).and_then(|p| world.ledger().account(p, id).cloned());
    let Some(account) = account else { return StatusCode::NOT_FOUND.into_response() };
    let hue = account.id.bytes().fold(0_u32, |sum, b| sum * 31 % 360 + u32::from(b)) % 360;
    let initial: String = account.name.chars().take(1).collect();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"96\" viewBox=\"0 0 96 96\">\
         <rect width=\"96\" height=\"96\" fill=\"hsl({hue} 45% 38%)\"/><text x=\"48\" y=\"63\" fill=\"#fff\" \
         font-family=\"sans-serif\" font-size=\"44\" text-anchor=\"middle\">{}</text></svg>",
        escape(&initial)
    );
    ([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response()
}
