//! Answers that never arrive.

use crate::faults::{Fault, LostMode};
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use std::time::Duration;

/// Tells the accept loop to drop the connection in place of this answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DropConnection;

pub(super) async fn lose(fault: &Fault) -> Response {
    match fault.mode {
        LostMode::Reset => dropped(),
        LostMode::Hang => {
            tokio::time::sleep(Duration::from_millis(fault.latency_ms.unwrap_or(120_000))).await;
            dropped()
        }
        LostMode::Gateway => {
            let status = fault.status.and_then(|s| StatusCode::from_u16(s).ok());
            let status = status.unwrap_or(StatusCode::BAD_GATEWAY);
            let reason = status.canonical_reason().unwrap_or("Error");
            let page = format!(
                "<html>\r\n<head><title>{0} {reason}</title></head>\r\n<body>\r\n<center><h1>{0} {reason}</h1></center>\r\n</body>\r\n</html>\r\n",
                status.as_u16()
            );
            (status, Html(page)).into_response()
        }
    }
}

fn dropped() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.extensions_mut().insert(DropConnection);
    response
}
