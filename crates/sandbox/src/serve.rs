//! The server: its own accept loop over hyper, because a lost answer is played by dropping the connection without
//! a byte, which `axum::serve` has no way to do.

use crate::config::SandboxConfig;
use crate::error::SandboxError;
use crate::gate::{self, DropConnection};
use crate::world::World;
use crate::{bluesky, control, facebook, instagram, linkedin, pages, tiktok, unknown, x, youtube};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::Response;
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tower::ServiceExt;
use url::Url;

/// A running sandbox. Dropping it stops it at once, as a crash would; [`Sandbox::stop`] answers open requests first.
#[derive(Debug)]
pub struct Sandbox {
    addr: SocketAddr,
    url: Url,
    stopping: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Sandbox {
    /// Reads the state back and starts to listen.
    ///
    /// # Errors
    /// When the address is taken, or the state folder can't be used or read.
    pub async fn start(config: SandboxConfig) -> Result<Self, SandboxError> {
        let addr = config.listen;
        let listener =
            TcpListener::bind(addr).await.map_err(|source| SandboxError::Listen { addr, source })?;
        let addr = listener.local_addr().map_err(|source| SandboxError::Listen { addr, source })?;
        let url = match &config.public_url {
            Some(url) => url.clone(),
            None => Url::parse(&format!("http://{addr}"))?,
        };
        let world = World::open(&config, url.clone())?;
        let (stopping, stopped) = watch::channel(false);
        let task = tokio::spawn(accept(listener, router(world), stopped));
        tracing::info!(%addr, %url, "sandbox.started");
        Ok(Self { addr, url, stopping, task })
    }

    /// The address clients use.
    #[must_use]
    pub fn url(&self) -> Url {
        self.url.clone()
    }

    /// The address it listens on, with the port it took.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Stops listening, answers what is under way (for at most two seconds) and ends.
    pub async fn stop(mut self) {
        self.stopping.send_replace(true);
        if (&mut self.task).await.is_err() {
            tracing::error!("sandbox.server_panicked");
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn router(world: World) -> Router {
    Router::new()
        .merge(x::router())
        .merge(facebook::router())
        .merge(instagram::router())
        .merge(linkedin::router())
        .merge(bluesky::router())
        .merge(tiktok::router())
        .merge(youtube::router())
        .method_not_allowed_fallback(unknown::method)
        .layer(axum::middleware::from_fn_with_state(world.clone(), gate::pass))
        .merge(control::router())
        .merge(pages::router())
        .fallback(unknown::path)
        .layer(DefaultBodyLimit::max(crate::form::MAX_BODY))
        .with_state(world)
}

async fn accept(listener: TcpListener, router: Router, mut stopped: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve_connection(stream, router.clone(), stopped.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "sandbox.accept_failed");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
        }
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    // A hanging answer, played as a fault, must not hold up the end.
    if tokio::time::timeout(Duration::from_secs(2), all).await.is_err() {
        tracing::info!("sandbox.stopped_with_open_connections");
    }
}

/// The answer that must not be sent.
#[derive(Debug, thiserror::Error)]
#[error("the connection is dropped on purpose")]
struct Dropped;

type Answer = Pin<Box<dyn Future<Output = Result<Response, Dropped>> + Send>>;

async fn serve_connection(stream: TcpStream, router: Router, mut stopped: watch::Receiver<bool>) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "sandbox.nodelay_failed");
    }
    let service = hyper::service::service_fn(move |request: http::Request<Incoming>| -> Answer {
        let router = router.clone();
        Box::pin(async move {
            let answer: Result<Response, Infallible> =
                router.oneshot(request.map(axum::body::Body::new)).await;
            let Ok(response) = answer;
            if response.extensions().get::<DropConnection>().is_some() { Err(Dropped) } else { Ok(response) }
        })
    });
    let mut connection =
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let mut stop = std::pin::pin!(stopped.wait_for(|stop| *stop));
    let mut told = false;
    let ended = std::future::poll_fn(|cx| {
        if !told && stop.as_mut().poll(cx).is_ready() {
            told = true;
            Pin::new(&mut connection).graceful_shutdown();
        }
        connection.poll_without_shutdown(cx)
    })
    .await;
    let stream = connection.into_parts().io.into_inner();
    if ended.is_err() {
        // With no linger the close is a reset (RST), what a crashed proxy looks like.
        drop(stream.set_zero_linger());
    }
}
