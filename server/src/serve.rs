//! Runs a process: pages, worker or both, until it is told to stop.

use crate::http;
use crate::startup::{App, StartError};
use crate::telemetry;
use axum::Router;
use axum::serve::ListenerExt as _;
use service::publishing::Faults;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;
use worker::{WorkerHandle, WorkerOptions};

/// Requests under way get this long to end.
const GRACE: Duration = Duration::from_secs(20);

#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("can't listen on {address}: {source} (the setting `{setting}`)")]
    Listen { setting: &'static str, address: SocketAddr, source: io::Error },
    #[error("the server stopped: {0}")]
    Stopped(io::Error),
    #[error("no randomness for the worker's name: {0}")]
    Random(#[from] service::secrets::NoRandomness),
}

/// A running process.
pub struct Running {
    /// Where pages are served; none for a mere worker.
    pub address: Option<SocketAddr>,
    /// Where programs of operators are answered besides; none unless configured.
    pub ops_address: Option<SocketAddr>,
    app: App,
    web: Option<Serving>,
    ops: Option<Serving>,
    worker: Option<WorkerHandle>,
    /// What every process does beside its work.
    chores: JoinSet<()>,
    cancel: CancellationToken,
}

type Serving = JoinHandle<io::Result<()>>;

/// Starts what the configuration's role says. It stops when `cancel` is cancelled; then wait with [`Running::stopped`].
///
/// # Errors
/// When the address is taken.
pub async fn start(app: App, cancel: CancellationToken) -> Result<Running, ServeError> {
    let server = &app.config.server;
    let role = server.role;
    // Both before anything is started: an address may be taken.
    let (mut web, mut ops, mut worker) = (None, None, None);
    if role.serves() {
        web = Some(listen("server.listen", server.listen).await?);
    }
    if let Some(address) = server.ops_listen {
        ops = Some(listen("server.ops_listen", address).await?);
    }
    let (address, ops_address) = (web.as_ref().map(|(_, at)| *at), ops.as_ref().map(|(_, at)| *at));
    let web = match web {
        Some((listener, _)) => Some(answer(listener, http::router(&app, cancel.clone())?, &cancel)),
        None => None,
    };
    let ops = ops.map(|(listener, _)| answer(listener, http::ops_router(&app), &cancel));
    let mut chores = JoinSet::new();
    chores.spawn(telemetry::keep_metrics(app.metrics.clone(), cancel.clone()));
    if role.serves() {
        chores.spawn(service::live::watch(app.context.clone()));
    }
    if role.publishes() {
        let options = WorkerOptions {
            name: worker_name()?,
            serves: role.serves(),
            concurrency: app.config.publishing.concurrency.max(1) as usize,
            faults: Faults::default(),
            system_clock: app.system_clock.clone(),
        };
        worker = Some(worker::start(app.context.clone(), options, cancel.clone()));
    } else if let Some(clock) = app.system_clock.clone() {
        chores.spawn(worker::keep_clock(app.context.clone(), clock, cancel.clone()));
    }
    Ok(Running { address, ops_address, app, web, ops, worker, chores, cancel })
}

async fn listen(setting: &'static str, address: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let failed = |source| ServeError::Listen { setting, address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

fn answer(listener: TcpListener, router: Router, cancel: &CancellationToken) -> Serving {
    // Answers are written whole; waiting to fill packets only delays them.
    let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(cancel.clone().cancelled_owned());
    tokio::spawn(serving.into_future())
}

/// Unique, and a hint to operators.
fn worker_name() -> Result<String, ServeError> {
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let host = if host.trim().is_empty() { "fanfare" } else { host.trim() };
    let unique = u32::from_be_bytes(service::secrets::random()?);
    Ok(format!("{host}-{}-{unique:08x}", std::process::id()))
}

impl Running {
    /// Waits until all has stopped, requests and publishing under way included.
    ///
    /// # Errors
    /// When serving failed.
    pub async fn stopped(mut self) -> Result<(), ServeError> {
        let (web, ops) = tokio::join!(ended(self.web, &self.cancel), ended(self.ops, &self.cancel));
        if let Some(worker) = self.worker {
            worker.stopped().await;
        }
        self.chores.shutdown().await;
        self.app.context.db.close().await;
        web.and(ops)
    }
}

async fn ended(serving: Option<Serving>, cancel: &CancellationToken) -> Result<(), ServeError> {
    let Some(serving) = serving else { return Ok(()) };
    let abort = serving.abort_handle();
    let result = tokio::select! {
        ended = serving => ended.unwrap_or_else(|error| Err(io::Error::other(error))).map_err(ServeError::Stopped),
        () = grace(cancel) => {
            tracing::warn!("some requests did not end in time");
            abort.abort();
            Ok(())
        }
    };
    // Should it end by itself, all else ends too.
    cancel.cancel();
    result
}

async fn grace(cancel: &CancellationToken) {
    cancel.cancelled().await;
    tokio::time::sleep(GRACE).await;
}

/// Cancels on Ctrl-C and on the system's request to end.
pub fn cancel_on_signal(cancel: CancellationToken) {
    tokio::spawn(async move {
        signal().await;
        tracing::info!("stopping");
        cancel.cancel();
    });
}

#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        drop(tokio::signal::ctrl_c().await);
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn signal() {
    drop(tokio::signal::ctrl_c().await);
}
