//! Runs a process: pages, worker or both, until it is told to stop.

use crate::http;
use crate::startup::{App, StartError};
use axum::serve::ListenerExt as _;
use service::publishing::Faults;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use worker::{WorkerHandle, WorkerOptions};

/// Requests under way get this long to end.
const GRACE: Duration = Duration::from_secs(20);

#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("can't listen on {address}: {source} (the setting `server.listen`)")]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error("the server stopped: {0}")]
    Stopped(std::io::Error),
    #[error("no randomness for the worker's name: {0}")]
    Random(#[from] service::secrets::NoRandomness),
}

/// A running process.
pub struct Running {
    /// Where pages are served; none for a mere worker.
    pub address: Option<SocketAddr>,
    app: App,
    web: Option<JoinHandle<std::io::Result<()>>>,
    worker: Option<WorkerHandle>,
    cancel: CancellationToken,
}

/// Starts what the configuration's role says. It stops when `cancel` is cancelled; then wait with [`Running::stopped`].
///
/// # Errors
/// When the address is taken.
pub async fn start(app: App, cancel: CancellationToken) -> Result<Running, ServeError> {
    let role = app.config.server.role;
    let (mut address, mut web, mut worker) = (None, None, None);
    if role.serves() {
        let listen = app.config.server.listen;
        let failed = |source| ServeError::Listen { address: listen, source };
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        address = Some(listener.local_addr().map_err(failed)?);
        // Answers are written whole; waiting to fill packets only delays them.
        let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
        let service = http::router(&app)?.into_make_service_with_connect_info::<SocketAddr>();
        let stopping = cancel.clone();
        let serving = axum::serve(listener, service).with_graceful_shutdown(stopping.cancelled_owned());
        web = Some(tokio::spawn(serving.into_future()));
    }
    if role.publishes() {
        let options = WorkerOptions {
            name: worker_name()?,
            concurrency: app.config.publishing.concurrency.max(1) as usize,
            faults: Faults::default(),
            system_clock: app.system_clock.clone(),
        };
        worker = Some(worker::start(app.context.clone(), options, cancel.clone()));
    }
    Ok(Running { address, app, web, worker, cancel })
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
    pub async fn stopped(self) -> Result<(), ServeError> {
        let mut result = Ok(());
        if let Some(web) = self.web {
            let abort = web.abort_handle();
            tokio::select! {
                ended = web => result = ended.unwrap_or_else(|error| Err(std::io::Error::other(error))).map_err(ServeError::Stopped),
                () = grace(&self.cancel) => {
                    tracing::warn!("some requests did not end in time");
                    abort.abort();
                }
            }
            // Should serving end by itself, the worker ends too.
            self.cancel.cancel();
        }
        if let Some(worker) = self.worker {
            worker.stopped().await;
        }
        self.app.context.db.close().await;
        result
    }
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
