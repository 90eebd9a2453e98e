//! Graph addressing: `/{version}/{node}` and `/{version}/{node}/{edge}`, where the kind of node decides what a call is.

use super::error::{GraphError, usage_headers};
use super::{feed, identity, photos, token};
use crate::clock::HOUR;
use crate::form::{Params, bearer};
use crate::gate::Arrival;
use crate::limits::{Limit, Usage};
use crate::state::{Platform, Token};
use crate::world::World;
use axum::Extension;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use http::Method;
use serde_json::{Value, json};

/// Versions from v24.0 up are served.
pub(crate) fn supported(version: &str) -> bool {
    version
        .strip_prefix('v')
        .and_then(|v| v.strip_suffix(".0"))
        .and_then(|v| v.parse::<u32>().ok())
        .is_some_and(|v| (24..=99).contains(&v))
}

/// A Graph call by a live token.
#[derive(Debug)]
pub(super) struct GraphCall {
    pub(super) node: String,
    pub(super) params: Params,
    pub(super) token: Token,
    pub(super) arrival: Arrival,
}

impl GraphCall {
    pub(super) fn need(&self, scope: &str) -> Result<(), GraphError> {
        if self.token.has_scope(scope) { Ok(()) } else { Err(GraphError::permission(scope)) }
    }
}

pub(super) async fn node(
    State(world): State<World>,
    Extension(arrival): Extension<Arrival>,
    Path((version, node)): Path<(String, String)>,
    request: Request,
) -> Result<Response, GraphError> {
    let method = request.method().clone();
    let (call, usage) = open(&world, &version, node, arrival, request).await?;
    let answer = match method {
        Method::GET => identity::node(&world, &call).map(|v| Json(v).into_response()),
        Method::DELETE => feed::delete(&world, &call),
        _ => Err(GraphError::missing("post", &call.node)),
    };
    Ok(sign(answer, &call, usage))
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
        ("GET", "accounts") => json(identity::accounts(&world, &call)),
        ("GET", "permissions") => json(identity::permissions(&call)),
        ("DELETE", "permissions") => json(identity::remove_app(&world, &call)),
        ("POST", "feed") => feed::publish(&world, &call),
        ("GET", "feed" | "posts" | "published_posts") => json(feed::list(&world, &call)),
        ("POST", "photos") => photos::publish(&world, &call).await,
        _ => Err(GraphError::new(2_500, None, format!("Unknown path components: /{edge}"))),
    };
    Ok(sign(answer, &call, usage))
}

fn sign(answer: Result<Response, GraphError>, call: &GraphCall, usage: Usage) -> Response {
    let mut response = answer.unwrap_or_else(IntoResponse::into_response);
    usage_headers(response.headers_mut(), Platform::Facebook, &call.token.account, usage, 0);
    response
}

async fn open(
    world: &World,
    version: &str,
    node: String,
    arrival: Arrival,
    request: Request,
) -> Result<(GraphCall, Usage), GraphError> {
    if !supported(version) {
        return Err(GraphError::new(2_635, None, "(#2635) You are calling a deprecated version of the API."));
    }
    let bearer = bearer(request.headers()).map(str::to_owned);
    let params = Params::read(request).await.map_err(|e| GraphError::param(&e.to_string()))?;
    let value = params.get("access_token").map(str::to_owned).or(bearer).ok_or_else(GraphError::no_token)?;
    let now = world.now();
    let token = token::live(&world.ledger(), &value, now)?;
    // 4800 calls a day for each engaged user; a Page of the sandbox counts as having ten.
    let limit = Limit { points: 48_000, window: 24 * HOUR };
    let usage = world.limits.spend(format!("facebook/{}", token.account), limit, 1, now);
    if usage.exceeded {
        return Err(GraphError::new(32, None, "(#32) Page request limit reached"));
    }
    let node = if node == "me" { token.account.clone() } else { node };
    Ok((GraphCall { node, params, token, arrival }, usage))
}

/// The names in `fields`, sub-fields cut off: `picture{url},id` → `picture`, `id`.
pub(crate) fn fields(params: &Params) -> Vec<String> {
    let mut depth = 0_usize;
    let mut out = vec![String::new()];
    for c in params.get("fields").unwrap_or_default().chars() {
        match c {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => out.push(String::new()),
            c if depth == 0 => {
                if let Some(last) = out.last_mut() {
                    last.push(c);
                }
            }
            _ => {}
        }
    }
    // `picture.type(large)` asks for `picture`.
    let names = out.iter().map(|f| f.trim().split('.').next().unwrap_or_default().to_owned());
    names.filter(|f| !f.is_empty()).collect()
}

/// One page of a list with cursors: <https://developers.facebook.com/docs/graph-api/results>.
pub(crate) fn paged(world: &World, path: &str, params: &Params, all: Vec<Value>) -> Value {
    let limit = params.get("limit").and_then(|v| v.parse::<usize>().ok()).unwrap_or(25).clamp(1, 100);
    let offset = params
        .get("after")
        .and_then(|v| v.strip_prefix("QVFI"))
        .and_then(|v| v.parse::<usize>().ok())
        .unwrap_or(0);
    let total = all.len();
    let page: Vec<Value> = all.into_iter().skip(offset).take(limit).collect();
    let end = offset + page.len();
    if page.is_empty() {
        return json!({"data": []});
    }
    let mut paging = json!({"cursors": {"before": format!("QVFI{offset}"), "after": format!("QVFI{end}")}});
    if end < total {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in params.values.iter().filter(|(name, _)| *name != "after") {
            query.append_pair(name, value);
        }
        query.append_pair("after", &format!("QVFI{end}"));
        paging["next"] = json!(world.address(&format!("{path}?{}", query.finish())));
    }
    json!({"data": page, "paging": paging})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_lose_their_sub_fields() {
        let params = Params::from_query(Some("fields=id,picture{url,height},attachments.limit(2){media}"));
        assert_eq!(fields(&params), ["id", "picture", "attachments"]);
        assert!(supported("v24.0") && supported("v26.0") && !supported("v23.0") && !supported("26.0"));
    }
}
