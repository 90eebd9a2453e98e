//! Processes that serve, and streams of theirs as a browser reads them.

use crate::harness::TestServer;
use model::WorkspaceId;
use model::live::Tally;
use server::serve;
use server::startup::App;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// Far more than anything takes.
pub(super) const WITHIN: Duration = Duration::from_secs(20);

/// One more process on the server's database.
pub(super) struct Process {
    pub(super) app: App,
    address: SocketAddr,
    running: serve::Running,
    cancel: CancellationToken,
}

impl Process {
    pub(super) async fn start(server: &TestServer) -> Self {
        let mut config = (*server.app.config).clone();
        config.server.listen = "127.0.0.1:0".parse().unwrap();
        let app = App::open_at(config, server.test.clock.clone(), None).await.unwrap();
        let cancel = CancellationToken::new();
        let running = serve::start(app.clone(), cancel.clone()).await.unwrap();
        let address = running.address.unwrap();
        Self { app, address, running, cancel }
    }

    pub(super) async fn metrics(&self) -> String {
        let mut connection = TcpStream::connect(self.address).await.unwrap();
        let request = "GET /metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        answer
    }

    pub(super) async fn stop(self) {
        self.cancel.cancel();
        self.running.stopped().await.unwrap();
    }
}

/// An open stream.
pub(super) struct Listening {
    pub(super) head: String,
    lines: BufReader<TcpStream>,
}

impl Listening {
    /// Asks for a stream, and reads the head of the answer.
    pub(super) async fn ask(process: &Process, token: &str, workspace: Option<WorkspaceId>) -> Self {
        let mut connection = TcpStream::connect(process.address).await.unwrap();
        let request = format!(
            "GET /events?workspace={} HTTP/1.1\r\nhost: fanfare.example\r\naccept: text/event-stream\r\n\
             accept-encoding: br, gzip\r\ncookie: __Host-session={token}\r\n\r\n",
            workspace.unwrap()
        );
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut listening = Self { head: String::new(), lines: BufReader::new(connection) };
        while let Some(line) = listening.line().await.filter(|line| !line.is_empty()) {
            listening.head += &line.to_lowercase().replacen("http", "HTTP", 1);
            listening.head.push('\n');
        }
        listening
    }

    pub(super) async fn open(process: &Process, token: &str, workspace: Option<WorkspaceId>) -> Self {
        let listening = Self::ask(process, token, workspace).await;
        assert!(listening.is_open(), "{}", listening.head);
        for part in ["content-type: text/event-stream", "cache-control: no-store", "x-accel-buffering: no"] {
            assert!(listening.head.contains(part), "{part} in {}", listening.head);
        }
        assert!(!listening.head.contains("content-encoding"), "packing would hold messages back");
        listening
    }

    pub(super) fn is_open(&self) -> bool {
        self.head.starts_with("HTTP/1.1 200")
    }

    async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.lines.read_line(&mut line).await.unwrap();
        (read > 0).then(|| line.trim_end().to_owned())
    }

    /// Name and data of the next message; none once the stream has ended. What frames the body and keeps it alive is passed over.
    pub(super) async fn next(&mut self) -> Option<(String, String)> {
        timeout(WITHIN, self.message()).await.unwrap()
    }

    async fn message(&mut self) -> Option<(String, String)> {
        let mut name = String::new();
        loop {
            let line = self.line().await?;
            // The end of a chunked body.
            if line == "0" {
                return None;
            }
            if let Some(event) = line.strip_prefix("event: ") {
                event.clone_into(&mut name);
            } else if let Some(data) = line.strip_prefix("data: ") {
                return Some((name, data.to_owned()));
            }
        }
    }

    pub(super) async fn tally(&mut self) -> Tally {
        let (name, data) = self.next().await.unwrap();
        assert_eq!(name, "changed", "{data}");
        serde_json::from_str(&data).unwrap()
    }

    /// The stream ends for good, whatever else it tells before.
    pub(super) async fn is_over(&mut self) {
        let mut last = None;
        while let Some((name, _)) = self.next().await {
            last = Some(name);
        }
        assert_eq!(last.as_deref(), Some("over"));
    }
}
