//! What a platform answers where it has no such path, or not for that method. The bodies matter: client libraries
//! read them for the reason.

use crate::bluesky::error::XrpcError;
use crate::linkedin::error::LinkedinError;
use crate::meta::error::GraphError;
use crate::state::Platform;
use crate::x::error::XError;
use crate::{tiktok, youtube};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode};

/// No such path.
pub(crate) async fn path(request: Request) -> Response {
    refuse(&request, StatusCode::NOT_FOUND)
}

/// The path is there for other methods.
pub(crate) async fn method(request: Request) -> Response {
    refuse(&request, StatusCode::METHOD_NOT_ALLOWED)
}

fn refuse(request: &Request, status: StatusCode) -> Response {
    let path = request.uri().path();
    // Bluesky's server is at the root as well.
    let path = if path.starts_with("/xrpc/") { format!("/bluesky{path}") } else { path.to_owned() };
    let mut parts = path.trim_start_matches('/').splitn(3, '/');
    let platform = parts.next().and_then(Platform::from_key);
    let (host, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    match (platform, host) {
        (Some(Platform::X), "api") => XError::Server(status).into_response(),
        (Some(Platform::Facebook | Platform::Instagram), "graph" | "api") => {
            GraphError::new(2_500, None, format!("Unknown path components: /{rest}")).into_response()
        }
        (Some(Platform::Linkedin), "api") if status == StatusCode::NOT_FOUND => {
            LinkedinError::new(status, "RESOURCE_NOT_FOUND", "No virtual resource found").into_response()
        }
        (Some(Platform::Linkedin), "api") => {
            let message = format!("{} is not supported for this resource", request.method());
            LinkedinError::new(status, "METHOD_NOT_ALLOWED", message).into_response()
        }
        (Some(Platform::Bluesky), "xrpc") => {
            // As `@atproto/xrpc-server` says it; a lexicon knows queries (GET) and procedures (POST) only.
            let expected = if request.method() == Method::POST { "GET" } else { "POST" };
            XrpcError::invalid(format!("Incorrect HTTP method ({}) expected {expected}", request.method()))
                .into_response()
        }
        (Some(Platform::Tiktok), "api") => tiktok::error::played(status.as_u16()),
        (Some(Platform::Youtube), "api" | "analytics") => youtube::error::played(status.as_u16()),
        _ => status.into_response(),
    }
}
