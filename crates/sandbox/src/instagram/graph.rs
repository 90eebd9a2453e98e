//! Graph addressing on `graph.instagram.com`.

use super::{container, identity, publish, token};
use crate::clock::HOUR;
use crate::facebook::error::{GraphError, usage_headers};
use crate::facebook::graph::supported;
use crate::form::{Params, bearer};
use crate::gate::Arrival;
use crate::limits::{Limit, Usage};
use crate::state::{Platform, Token};
use crate::world::World;
use axum::Extension;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// A call by a live token.
#[derive(Debug)]
pub(super) struct IgCall {
    pub(super) node: String,
    pub(super) params: Params,
    pub(super) token: Token,
    pub(super) arrival: Arrival,
}

impl IgCall {
    /// The node must be the caller's own account.
    pub(super) fn own(&self, method: &str) -> Result<(), GraphError> {
        if self.node == self.token.account { Ok(()) } else { Err(GraphError::missing(method, &self.node)) }
    }

    pub(super) fn need(&self, scope: &str) -> Result<(), GraphError> {
        if self.token.has_scope(scope) {
            return Ok(());
        }
        Err(GraphError::new(10, None, "(#10) Application does not have permission for this action"))
    }
}

pub(super) async fn node(
    State(world): State<World>,
    Extension(arrival): Extension<Arrival>,
    Path((version, node)): Path<(String, String)>,
    request: Request,
) -> Result<Response, GraphError> {
    let get = request.method() == http::Method::GET;
    let (call, usage) = open(&world, &version, node, arrival, request).await?;
    let answer =
        if get { identity::node(&world, &call) } else { Err(GraphError::missing("post", &call.node)) };
    Ok(sign(answer.map(|v| Json(v).into_response()), &call, usage))
}

pub(super) async fn edge(
    State(world): State<World>,
    Extension(arrival): Extension<Arrival>,
    Path((version, node, edge)): Path<(String, String, String)>,
    request: Request,
) -> Result<Response, GraphError> {
    let method = request.method().clone();
    let (call, usage) = open(&world, &version, node, arrival, request).await?;
    let json = |answer: Result<Value, GraphError>| answer.map(|v| Json(v).into_response());
    let answer = match (method.as_str(), edge.as_str()) {
        ("POST", "media") => json(container::create(&world, &call).await),
        ("GET", "media") => json(identity::list(&world, &call)),
        ("POST", "media_publish") => publish::publish(&world, &call),
        ("GET", "content_publishing_limit") => json(publish::limit(&world, &call)),
        _ => Err(GraphError::new(2_500, None, format!("Unknown path components: /{edge}"))),
    };
    Ok(sign(answer, &call, usage))
}

fn sign(answer: Result<Response, GraphError>, call: &IgCall, usage: Usage) -> Response {
    let mut response = answer.unwrap_or_else(IntoResponse::into_response);
    usage_headers(response.headers_mut(), Platform::Instagram, &call.token.account, usage, 0);
    response
}

async fn open(
    world: &World,
    version: &str,
    node: String,
    arrival: Arrival,
    request: Request,
) -> Result<(IgCall, Usage), GraphError> {
    if !supported(version) {
        return Err(GraphError::new(2_635, None, "(#2635) You are calling a deprecated version of the API."));
    }
    let bearer = bearer(request.headers()).map(str::to_owned);
    let params = Params::read(request).await.map_err(|e| GraphError::param(&e.to_string()))?;
    let value = params.get("access_token").map(str::to_owned).or(bearer).ok_or_else(GraphError::no_token)?;
    let now = world.now();
    let token = token::live(&world.ledger(), &value, now)?;
    // 4800 calls a day for each impression; an account of the sandbox counts as having ten.
    let limit = Limit { points: 48_000, window: 24 * HOUR };
    let usage = world.limits.spend(format!("instagram/{}", token.account), limit, 1, now);
    if usage.exceeded {
        return Err(GraphError::new(
            80_002,
            None,
            "(#80002) There have been too many calls to this Instagram account.",
        ));
    }
    let node = if node == "me" { token.account.clone() } else { node };
    Ok((IgCall { node, params, token, arrival }, usage))
}
