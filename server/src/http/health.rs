//! For operators: is it alive, is it ready, and the metrics.

use super::errors::refused;
use super::origins::is_local;
use super::web::Web;
use axum::Json;
use axum::extract::{ConnectInfo, Extension, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use serde::Serialize;
use service::publishing::delta;
use std::net::SocketAddr;
use std::time::Duration;
use storage::{StorageError, dialect, sweep, workers};
use subtle::ConstantTimeEq as _;

/// The database's clock may differ from ours by this much before times can't be trusted.
const MAX_CLOCK_OFFSET_MS: i64 = 2_000;
/// A due post waits this long at most while all is well.
const MAX_OVERDUE_S: i64 = 60;

/// The process answers.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// What [`ready`] looks at. Ages in seconds.
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
pub(super) async fn ready(State(web): State<Web>) -> Response {
    let readiness = match tokio::time::timeout(Duration::from_secs(5), look(&web)).await {
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

async fn look(web: &Web) -> Result<Readiness, StorageError> {
    let context = &web.app.context;
    let migrated = context.db.is_migrated().await?;
    let now = context.db.clock().now();
    let mut read = context.db.read().await?;
    let heartbeat = workers::latest(&mut read).await?;
    let overdue = sweep::oldest_overdue(&mut read, now).await?;
    let clock_offset_ms = match &web.app.system_clock {
        None => None,
        Some(clock) => dialect::clock_offset(&mut read, &**context.db.clock())
            .await?
            .map(|left| clock.offset_ms() + left.num_milliseconds()),
    };
    let mut problems = Vec::new();
    if !migrated {
        problems.push("the database is not migrated");
    }
    match heartbeat {
        None => problems.push("no worker runs"),
        Some(at) if now - at > delta(context.timing.heartbeat_stale) => {
            problems.push("no worker has been heard of lately");
        }
        Some(_) => {}
    }
    let oldest_due_age_s = overdue.map(|due| (now - due).num_seconds());
    if oldest_due_age_s.is_some_and(|age| age > MAX_OVERDUE_S) {
        problems.push("a due post is waiting");
    }
    if clock_offset_ms.is_some_and(|offset| offset.abs() > MAX_CLOCK_OFFSET_MS) {
        problems.push("this machine's clock differs from the database's");
    }
    Ok(Readiness {
        ready: problems.is_empty(),
        database: true,
        migrated,
        worker_heartbeat_age_s: heartbeat.map(|at| (now - at).num_seconds()),
        oldest_due_age_s,
        clock_offset_ms,
        problems,
    })
}

/// In Prometheus's text format: for programs on this machine, or with the token.
pub(super) async fn metrics(
    State(web): State<Web>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    let peer = peer.map(|Extension(ConnectInfo(peer))| peer);
    if !(has_token(&web, &headers) || is_local(&headers, peer)) {
        return refused(StatusCode::NOT_FOUND, "there is nothing at this address");
    }
    web.app.metrics.run_upkeep();
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], web.app.metrics.render()).into_response()
}

fn has_token(web: &Web, headers: &HeaderMap) -> bool {
    let wanted = &web.app.config.server.metrics_token;
    let given = headers.get(AUTHORIZATION).and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    !wanted.is_empty() && given.is_some_and(|given| given.ct_eq(wanted.expose().as_bytes()).into())
}
