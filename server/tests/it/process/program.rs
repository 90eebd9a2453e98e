//! The program itself, as an operator starts it.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// A debug build on a busy machine.
const WITHIN: Duration = Duration::from_secs(60);

/// With these settings and nobody else's.
pub(super) fn fanfare(settings: &[(&str, &str)], arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fanfare"));
    command.env_clear().envs(settings.iter().copied()).args(arguments);
    command.stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// Waits until somebody listens there.
pub(super) async fn listens(address: &str) {
    let until = tokio::time::Instant::now() + WITHIN;
    while TcpStream::connect(address).await.is_err() {
        assert!(tokio::time::Instant::now() < until, "it does not start");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Asks it to end, as a service manager does; gives what it has written to standard error.
pub(super) async fn stop(child: Child) -> (ExitStatus, String) {
    let id = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
    let output = tokio::time::timeout(WITHIN, child.wait_with_output()).await.unwrap().unwrap();
    (output.status, String::from_utf8(output.stderr).unwrap())
}
