//! Graph addressing on `graph.instagram.com`.

use super::{container, identity, insights, publish, token};
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
    let method = request.method().clone();
    let (node, edge) = match (method.as_str(), parts.as_slice()) {
        ("GET", ["access_token"]) => {
            return token::exchange(&world, request.uri().query()).map(IntoResponse::into_response);
        }
        ("GET", ["refresh_access_token"]) => {
            return token::refresh(&world, request.uri().query()).map(IntoResponse::into_response);
        }
        (_, []) => ("", None),
        (_, [node]) => (*node, None),
        (_, [node, edge]) => (*node, Some(*edge)),
        (_, parts) => return Err(unknown_path(parts)),
    };
    let call = GraphCall::open(&world, Platform::Instagram, (version, node), arrival, request).await?;
    let json = |answer: Result<Value, GraphError>| answer.map(|v| Json(v).into_response());
    let answer = match (method.as_str(), edge) {
        ("GET", None) if call.node.is_empty() => json(call.for_each(|call| identity::node(&world, call))),
        ("GET", None) => json(identity::node(&world, &call)),
        ("POST", Some("media")) => json(container::create(&world, &call).await),
        ("GET", Some("media")) => json(identity::list(&world, &call)),
        ("GET", Some("insights")) => json(insights::of_account(&world, &call)),
        ("GET", Some("children")) => json(identity::children(&world, &call)),
        ("POST", Some("media_publish")) => publish::publish(&world, &call),
        ("GET", Some("content_publishing_limit")) => json(publish::limit(&world, &call)),
        (_, None) => Err(GraphError::missing(&method.as_str().to_lowercase(), &call.node)),
        (_, Some(edge)) => Err(unknown_path(&[edge])),
    };
    Ok(call.sign(answer))
}
