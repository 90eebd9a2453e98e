//! For operators: is it alive, is it ready, and the metrics.

use super::errors::nothing_here;
use super::observe;
use super::origins::is_local;
use super::web::Web;
use crate::readiness::{self, Worker};
use crate::startup::App;
use axum::extract::{ConnectInfo, Extension, FromRef, State};
use axum::middleware::from_fn;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use serde::Serialize;
use std::net::SocketAddr;
use std::time::Duration;
use storage::StorageError;
use subtle::ConstantTimeEq as _;

/// What these handlers share. They serve beside the pages as well as without any.
#[derive(Clone)]
pub(super) struct Ops(App);

impl FromRef<Web> for Ops {
    fn from_ref(web: &Web) -> Self {
        Self(web.app.clone())
    }
}

/// The router of `server.ops_listen`: these handlers and nothing else.
pub fn ops_router(app: &App) -> Router {
    Router::new()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .fallback(nothing_here)
        .layer(from_fn(observe::observe))
        .with_state(Ops(app.clone()))
}

/// The process answers.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// The answer of [`ready`]. Ages in seconds.
#[derive(Debug, Default, Serialize)]
pub(super) struct Readiness {
    ready: bool,
    database: bool,
    migrated: bool,
    /// Since the last heartbeat of any worker; none when there is none.
    worker_heartbeat_age_s: Option<i64>,
    /// Since the oldest waiting post was due; none when none waits.
    oldest_due_age_s: Option<i64>,
    /// How far the database's clock is ahead of this machine's, measured now; left out where the database has no clock of its
    /// own.
    #[serde(skip_serializing_if = "Option::is_none")]
    clock_offset_ms: Option<i64>,
    /// What keeps it from being ready.
    problems: Vec<&'static str>,
}

/// Whether posts go out: 200, or 503 with the reasons.
pub(super) async fn ready(State(Ops(app)): State<Ops>) -> Response {
    let readiness = match tokio::time::timeout(Duration::from_secs(5), look(&app)).await {
        Ok(Ok(readiness)) => readiness,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database doesn't answer");
            Readiness { problems: vec!["the database doesn't answer"], ..Readiness::default() }
        }
        Err(_) => Readiness { problems: vec!["the database doesn't answer in time"], ..Readiness::default() },
    };
    let status = if readiness.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(readiness)).into_response()
}

async fn look(app: &App) -> Result<Readiness, StorageError> {
    let context = &app.context;
    let signs = readiness::look(&context.db, app.system_clock.as_deref(), &context.timing).await?;
    let mut problems = Vec::new();
    if !signs.migrated {
        problems.push("the database is not migrated");
    }
    match signs.worker {
        Worker::None => problems.push("no worker runs"),
        Worker::Silent(_) => problems.push("no worker has been heard of lately"),
        Worker::Heard(_) => {}
    }
    if signs.overdue() {
        problems.push("a due post is waiting");
    }
    if signs.clocks_differ() {
        problems.push("this machine's clock differs from the database's");
    }
    Ok(Readiness {
        ready: problems.is_empty(),
        database: true,
        migrated: signs.migrated,
        worker_heartbeat_age_s: signs.worker.age_s(),
        oldest_due_age_s: signs.oldest_due_age_s,
        clock_offset_ms: signs.clock_offset_ms,
        problems,
    })
}

/// In Prometheus's text format: for programs on this machine, or with the token.
pub(super) async fn metrics(
    State(Ops(app)): State<Ops>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    let peer = peer.map(|Extension(ConnectInfo(peer))| peer);
    if !(has_token(&app, &headers) || is_local(&headers, peer)) {
        return nothing_here().await;
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.render()).into_response()
}

fn has_token(app: &App, headers: &HeaderMap) -> bool {
    let wanted = &app.config.server.metrics_token;
    let given = headers.get(AUTHORIZATION).and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    !wanted.is_empty() && given.is_some_and(|given| given.ct_eq(wanted.expose().as_bytes()).into())
}
