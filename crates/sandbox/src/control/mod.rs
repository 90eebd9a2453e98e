//! `/control/`: what tests and the front page read, the faults, and the shortcuts that no platform has.

mod accounts;
mod faults;
mod history;
mod posts;
mod profile;
mod statistics;
mod tokens;

use crate::world::World;
use axum::Json;
use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::json;

pub(crate) fn router() -> Router<World> {
    Router::new()
        .route("/control/posts", get(posts::posts))
        .route("/control/requests", get(posts::requests))
        .route("/control/blobs", post(history::take_in))
        .route("/control/blobs/{sha256}", get(posts::blob))
        .route("/control/history", post(history::add))
        .route("/control/statistics", post(statistics::put))
        .route("/control/faults", get(faults::list).post(faults::add).delete(faults::clear))
        .route("/control/faults/{id}", delete(faults::clear_one))
        .route("/control/limits", post(faults::limits))
        .route("/control/clock", get(faults::clock).post(faults::move_clock))
        .route("/control/reset", post(faults::reset))
        .route("/control/accounts", get(accounts::list).post(accounts::create))
        .route("/control/apps", post(accounts::app))
        .route("/control/expire", post(tokens::expire))
        .route("/control/revoke", post(tokens::revoke))
}

/// A control call that can't be done as asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ControlError {
    #[error("{0}")]
    Unreadable(String),
    #[error("there is no platform {0:?}")]
    Platform(String),
    #[error("there is no account {0:?}")]
    Account(String),
    #[error("there is no post {0:?}")]
    Post(String),
    #[error("there are no bytes {0:?}")]
    Blob(String),
    #[error("the bytes could not be kept")]
    Store(#[source] std::io::Error),
}

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Account(_) | Self::Post(_) | Self::Blob(_) => StatusCode::NOT_FOUND,
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unreadable(_) | Self::Platform(_) => StatusCode::BAD_REQUEST,
        };
        (status, Json(json!({"error": self.to_string()}))).into_response()
    }
}

/// The JSON body, or the reason why it is not one.
async fn read<T: DeserializeOwned>(request: Request) -> Result<T, ControlError> {
    let body = crate::form::read_body(request).await.map_err(|e| ControlError::Unreadable(e.to_string()))?;
    let body = if body.is_empty() { "{}".into() } else { body };
    serde_json::from_slice(&body).map_err(|e| ControlError::Unreadable(e.to_string()))
}

fn platform(key: &str) -> Result<crate::state::Platform, ControlError> {
    crate::state::Platform::from_key(key).ok_or_else(|| ControlError::Platform(key.to_owned()))
}
