//! The program as a process of its own.

use crate::Result;
use crate::report::root;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, timeout};
use url::Url;

/// Far beyond every goal; a start that takes longer is a failed measurement.
const READY_WITHIN: Duration = Duration::from_secs(30);
const END_WITHIN: Duration = Duration::from_secs(15);

/// A running `fanfare serve`; killed when dropped.
pub(crate) struct Fanfare {
    child: Child,
    pub(crate) url: Url,
    pub(crate) spawned: Instant,
    log: PathBuf,
    http: reqwest::Client,
}

/// The program to measure.
fn program() -> PathBuf {
    std::env::var_os("FANFARE_BIN").map_or_else(|| root().join("target/release/fanfare"), PathBuf::from)
}

/// For calls of the benches on loopback.
#[expect(clippy::disallowed_methods, reason = "talks to the server and the sandbox of a bench, on loopback")]
pub(crate) fn http() -> Result<reqwest::Client> {
    Ok(reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(60)).build()?)
}

impl Fanfare {
    pub(crate) fn spawn(listen: SocketAddr, settings: Vec<(String, String)>, log: &Path) -> Result<Self> {
        let program = program();
        let output = std::fs::File::options().create(true).append(true).open(log)?;
        let mut command = Command::new(&program);
        command.arg("serve").current_dir(root()).kill_on_drop(true);
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        // Only what is set here counts, whatever the caller's shell has.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("FANFARE_") {
                command.env_remove(name);
            }
        }
        command.envs(settings);
        let (url, http) = (Url::parse(&format!("http://{listen}"))?, http()?);
        let spawned = Instant::now();
        let child = command.spawn().map_err(|error| {
            format!(
                "{} can't be started ({error}); `cargo leptos build --release` makes it",
                program.display()
            )
        })?;
        Ok(Self { child, url, spawned, log: log.to_owned(), http })
    }

    /// Waits for the first 200; gives the time since the program was started.
    pub(crate) async fn until_ok(&self, path: &str) -> Result<Duration> {
        let address = self.url.join(path)?;
        loop {
            let answer = self.http.get(address.clone()).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(self.spawned.elapsed());
            }
            if self.spawned.elapsed() > READY_WITHIN {
                let written = std::fs::read_to_string(&self.log).unwrap_or_default();
                let tail: Vec<&str> = written.lines().rev().take(10).collect();
                return Err(format!(
                    "no answer from {address}; the log's end, backwards:\n{}",
                    tail.join("\n")
                )
                .into());
            }
            sleep(Duration::from_millis(2)).await;
        }
    }

    /// Memory in use, in MB of a million bytes.
    pub(crate) fn resident_mb(&self) -> Result<f64> {
        self.memory("VmRSS:")
    }

    /// The most memory that was in use so far, in MB of a million bytes.
    pub(crate) fn peak_mb(&self) -> Result<f64> {
        self.memory("VmHWM:")
    }

    fn memory(&self, what: &str) -> Result<f64> {
        let id = self.child.id().ok_or("the program has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix(what));
        let kib: f64 = line.ok_or("/proc tells no memory")?.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kib * 1024.0 / 1e6)
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    pub(crate) async fn kill(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }

    /// Asks it to end, as a service manager would.
    pub(crate) async fn stop(mut self) -> Result<()> {
        let id = self.child.id().ok_or("the program has ended by itself")?;
        Command::new("kill").args(["-TERM", &id.to_string()]).status().await?;
        match timeout(END_WITHIN, self.child.wait()).await {
            Ok(ended) => ended.map(drop)?,
            Err(_) => self.child.kill().await?,
        }
        Ok(())
    }
}
