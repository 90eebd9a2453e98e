//! A Graph call, from its address to its usage headers: <https://developers.facebook.com/docs/graph-api/overview>.

use super::error::{GraphError, throttle, usage_headers};
use super::token;
use crate::clock::HOUR;
use crate::form::{Params, bearer};
use crate::gate::Arrival;
use crate::limits::{Limit, Usage};
use crate::state::{Platform, Token};
use crate::world::World;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// The oldest version in service; an older or missing one stands for it: "once a version is no longer usable, any calls
/// made to it will be defaulted to the next oldest, usable version" (<https://developers.facebook.com/docs/apps/versions>).
const OLDEST: &str = "v24.0";

/// Objects that one call may name.
const MOST_IDS: usize = 50;

/// A call by a live token.
#[derive(Debug, Clone)]
pub(crate) struct GraphCall {
    /// The version that answers.
    pub(crate) version: String,
    /// The object, with `me` resolved.
    pub(crate) node: String,
    pub(crate) params: Params,
    pub(crate) token: Token,
    pub(crate) arrival: Arrival,
    usage: Usage,
}

/// The version that serves a call, and the rest of the path: `v26.0/me/feed` → `v26.0`, `me`, `feed`.
pub(crate) fn address(path: &str) -> (&str, Vec<&str>) {
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let Some(major) = parts.first().and_then(|first| major(first)) else { return (OLDEST, parts) };
    let version = parts.remove(0);
    (if Some(major) < self::major(OLDEST) { OLDEST } else { version }, parts)
}

/// 26 of `v26.0`.
fn major(version: &str) -> Option<u32> {
    let (major, minor) = version.strip_prefix('v')?.split_once('.')?;
    minor.parse::<u32>().ok()?;
    major.parse().ok()
}

impl GraphCall {
    /// Reads the request and checks its token and rate limit.
    pub(crate) async fn open(
        world: &World,
        platform: Platform,
        (version, node): (&str, &str),
        arrival: Arrival,
        request: Request,
    ) -> Result<Self, GraphError> {
        let bearer = bearer(request.headers()).map(str::to_owned);
        let params = Params::read(request).await.map_err(|e| GraphError::param(&e.to_string()))?;
        let value =
            params.get("access_token").map(str::to_owned).or(bearer).ok_or_else(GraphError::no_token)?;
        let now = world.now();
        let token = token::live(&world.ledger(), platform, &value, now)?;
        // 4800 calls a day for each engaged user or impression; an account of the sandbox counts as having ten.
        let limit = Limit { points: 48_000, window: 24 * HOUR };
        let usage = world.limits.spend(format!("{}/{}", platform.key(), token.account), limit, 1, now);
        if usage.exceeded {
            return Err(throttle(platform, None));
        }
        let node = if node == "me" { token.account.clone() } else { node.to_owned() };
        Ok(Self { version: version.to_owned(), node, params, token, arrival, usage })
    }

    /// The token's scope for what the call does.
    pub(crate) fn need(&self, scope: &str) -> Result<(), GraphError> {
        if self.token.has_scope(scope) {
            return Ok(());
        }
        Err(match self.token.platform {
            Platform::Instagram => {
                GraphError::new(10, None, "(#10) Application does not have permission for this action")
            }
            _ => GraphError::permission(scope),
        })
    }

    /// The node must be the token's own account.
    pub(crate) fn own(&self, method: &str) -> Result<(), GraphError> {
        if self.node == self.token.account { Ok(()) } else { Err(GraphError::missing(method, &self.node)) }
    }

    /// The same call for each object of `ids`; one answer by identifier:
    /// <https://developers.facebook.com/docs/graph-api/batch-requests#multiple-ids>.
    pub(crate) fn for_each(
        &self,
        read: impl Fn(&Self) -> Result<Value, GraphError>,
    ) -> Result<Value, GraphError> {
        let ids: Vec<&str> =
            self.params.get("ids").unwrap_or_default().split(',').filter(|id| !id.is_empty()).collect();
        if ids.is_empty() {
            return Err(GraphError::new(2_500, None, "Unknown path components: /"));
        }
        if ids.len() > MOST_IDS {
            let message = format!("Too many IDs. Maximum: {MOST_IDS}. Provided: {}.", ids.len());
            return Err(GraphError::param(&message));
        }
        let one = |id: &&str| {
            let answer = read(&Self { node: (*id).to_owned(), ..self.clone() });
            let gone = |error: GraphError| {
                let missing = error.subcode == Some(33);
                let message = format!("(#803) Some of the aliases you requested do not exist: {id}");
                if missing { GraphError::new(803, None, message) } else { error }
            };
            Ok(((*id).to_owned(), answer.map_err(gone)?))
        };
        Ok(Value::Object(ids.iter().map(one).collect::<Result<_, GraphError>>()?))
    }

    /// The answer with the headers that every answer to a live token carries.
    pub(crate) fn sign(&self, answer: Result<Response, GraphError>) -> Response {
        let mut response = answer.unwrap_or_else(IntoResponse::into_response);
        usage_headers(response.headers_mut(), self.token.platform, &self.token.account, self.usage, 0);
        response
    }

    /// One page of the list at `edge` of the call's node.
    pub(crate) fn paged(&self, world: &World, edge: &str, all: Vec<Value>) -> Value {
        let path = format!("/{}/graph/{}/{}/{edge}", self.token.platform.key(), self.version, self.node);
        super::list::paged(&world.address(&path), &self.params, all)
    }
}

/// A path that leads nowhere.
pub(crate) fn unknown_path(parts: &[&str]) -> GraphError {
    GraphError::new(2_500, None, format!("Unknown path components: /{}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn old_and_missing_versions_stand_for_the_oldest() {
        assert_eq!(address("v26.0/me/feed"), ("v26.0", vec!["me", "feed"]));
        assert_eq!(address("v3.1/1_2/"), ("v24.0", vec!["1_2"]));
        assert_eq!(address("me"), ("v24.0", vec!["me"]));
        assert_eq!(address("vine.0"), ("v24.0", vec!["vine.0"]));
    }
}
