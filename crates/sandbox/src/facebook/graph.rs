//! Graph addressing: `/{node}` and `/{node}/{edge}`, where the kind of node decides what a call is.

use super::{feed, identity, insights, photos, token};
use crate::gate::Arrival;
use crate::meta::call::{GraphCall, address, unknown_path};
use crate::meta::error::GraphError;
use crate::state::Platform;
use crate::world::World;
use axum::Extension;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

pub(super) async fn call(
    State(world): State<World>,
    Extension(arrival): Extension<Arrival>,
    Path(path): Path<String>,
    request: Request,
) -> Result<Response, GraphError> {
    let (version, parts) = address(&path);
    let (node, edge) = match parts.as_slice() {
        ["oauth", "access_token"] => {
            return token::access_token(&world, request).await.map(IntoResponse::into_response);
        }
        ["debug_token"] => {
            return token::debug(&world, request.uri().query()).map(IntoResponse::into_response);
        }
        [] => ("", None),
        [node] => (*node, None),
        [node, edge] => (*node, Some(*edge)),
        parts => return Err(unknown_path(parts)),
    };
    let method = request.method().clone();
    let call = GraphCall::open(&world, Platform::Facebook, (version, node), arrival, request).await?;
    let json = |answer: Result<Value, GraphError>| answer.map(|v| Json(v).into_response());
    let answer = match (method.as_str(), edge) {
        ("GET", None) if call.node.is_empty() => json(call.for_each(|call| identity::node(&world, call))),
        ("GET", None) => json(identity::node(&world, &call)),
        ("POST", None) => json(feed::edit(&world, &call)),
        ("DELETE", None) => feed::delete(&world, &call),
        ("GET", Some("insights")) => json(insights::insights(&world, &call)),
        ("GET", Some("accounts")) => json(identity::accounts(&world, &call)),
        ("GET", Some("permissions")) => json(identity::permissions(&call)),
        ("DELETE", Some("permissions")) => json(identity::remove_app(&world, &call)),
        ("POST", Some("feed")) => feed::publish(&world, &call),
        ("GET", Some("feed" | "posts" | "published_posts")) => json(feed::list(&world, &call)),
        ("POST", Some("photos")) => photos::publish(&world, &call).await,
        (_, None) => Err(GraphError::missing(&method.as_str().to_lowercase(), &call.node)),
        (_, Some(edge)) => Err(unknown_path(&[edge])),
    };
    Ok(call.sign(answer))
}
