//! A worker process for the crash test to kill. Takes its set-up as JSON in the variable `CRASH_WORKER`.
#![expect(clippy::expect_used, reason = "a test's process: it ends with the message")]

use model::clock::SystemClock;
use model::timing::Timing;
use serde::Deserialize;
use service::publishing::Faults;
use std::path::PathBuf;
use std::sync::Arc;
use storage::{ConnectOptions, Db};
use tokio_util::sync::CancellationToken;
use url::Url;

#[derive(Deserialize)]
struct SetUp {
    name: String,
    database: String,
    sandbox: Url,
    media: PathBuf,
    base_url: Url,
    /// Divides every wait.
    divisor: u32,
    concurrency: usize,
    blind_resend: bool,
}

#[tokio::main]
async fn main() {
    tracing_subscriber::fmt()
        .with_env_filter(std::env::var("RUST_LOG").unwrap_or_else(|_| String::from("error")))
        .with_writer(std::io::stderr)
        .init();
    let text = std::env::var("CRASH_WORKER").expect("CRASH_WORKER is set");
    let set_up: SetUp = serde_json::from_str(&text).expect("CRASH_WORKER is understood");
    let clock = Arc::new(SystemClock::default());
    let options = ConnectOptions { url: set_up.database, max_connections: 8 };
    let db = Db::connect(&options, clock.clone()).await.expect("the database answers");
    let timing = Timing::default().divided(set_up.divisor);
    let context =
        seeding::context(db, &set_up.sandbox, &set_up.media, set_up.base_url, timing).expect("a context");
    let options = worker::WorkerOptions {
        name: set_up.name,
        serves: false,
        concurrency: set_up.concurrency,
        faults: Faults { blind_resend: set_up.blind_resend },
        system_clock: Some(clock),
    };
    worker::start(context, options, CancellationToken::new()).stopped().await;
}
