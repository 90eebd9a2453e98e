//! What a sandbox is started with.

use std::net::SocketAddr;
use std::path::PathBuf;
use url::Url;

/// Settings of one sandbox.
#[derive(Debug, Clone)]
pub struct SandboxConfig {
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Address that clients use, put into upload addresses and links; `http://<listen>` when absent.
    pub public_url: Option<Url>,
    /// Folder of the journal and the uploaded bytes; `None` keeps everything in memory.
    pub state_dir: Option<PathBuf>,
    /// Start of all identifiers, tokens and drawn faults: the same seed gives the same run.
    pub seed: u64,
}

impl SandboxConfig {
    /// A sandbox in memory on a free loopback port.
    #[must_use]
    pub fn in_memory() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 0)), public_url: None, state_dir: None, seed: 1 }
    }
}
