//! Logs as text or JSON, and Prometheus metrics.

use crate::config::{LogConfig, LogFormat};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use std::io::IsTerminal as _;
use std::sync::OnceLock;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

/// How often what was measured is summed up.
const UPKEEP: Duration = Duration::from_secs(5);
/// Bounds of the classes of durations, in seconds.
const SECONDS: [f64; 11] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0];

#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    #[error("the setting `log.level`: {0}")]
    Level(#[from] tracing_subscriber::filter::ParseError),
    #[error("logging is set up already: {0}")]
    Logs(Box<dyn std::error::Error + Send + Sync>),
    #[error("metrics can't be set up: {0}")]
    Metrics(#[from] BuildError),
}

/// Sends the log to standard error.
///
/// # Errors
/// When the level can't be read.
pub fn start_logs(config: &LogConfig) -> Result<(), TelemetryError> {
    let filter = EnvFilter::try_new(&config.level)?;
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    match config.format {
        LogFormat::Text => logs.try_init(),
        LogFormat::Json => logs.json().flatten_event(true).with_current_span(true).try_init(),
    }
    .map_err(TelemetryError::Logs)
}

/// The process's metrics, gathered from the first call on.
///
/// # Errors
/// When something else gathers metrics in this process.
pub fn metrics() -> Result<PrometheusHandle, TelemetryError> {
    static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();
    if let Some(handle) = METRICS.get() {
        return Ok(handle.clone());
    }
    let builder =
        PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?;
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    // Of two first calls at once the second keeps to the first one's.
    if METRICS.set(handle).is_ok() {
        metrics::set_global_recorder(recorder)
            .map_err(|error| TelemetryError::Logs(error.to_string().into()))?;
        describe();
    }
    METRICS.get().cloned().ok_or_else(|| TelemetryError::Logs("no metrics".into()))
}

/// Sums up what was measured, until cancelled. Every single duration is kept until then, and nobody may ever ask for the metrics.
pub async fn keep_metrics(metrics: PrometheusHandle, cancel: CancellationToken) {
    loop {
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(UPKEEP) => metrics.run_upkeep(),
        }
    }
}

fn describe() {
    metrics::describe_counter!("http_requests_total", "Requests answered, by route, method and status.");
    metrics::describe_gauge!("fanfare_event_streams", "Streams of live changes that are open.");
    metrics::describe_histogram!("http_request_duration_seconds", "Time until the answer began, by route.");
}
