//! Why a sandbox could not start.

use std::path::PathBuf;

/// A failure to start the server or to read back its state.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The address is taken or not ours.
    #[error("cannot listen on {addr}")]
    Listen {
        /// The address asked for.
        addr: std::net::SocketAddr,
        /// The system's answer.
        #[source]
        source: std::io::Error,
    },
    /// The state folder can't be read or written.
    #[error("cannot use the state folder {path}")]
    StateDir {
        /// The folder or the file in it.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: std::io::Error,
    },
    /// A line of the journal, other than a torn last one, is not ours.
    #[error("line {line} of the journal {path} is not readable")]
    Journal {
        /// The journal.
        path: PathBuf,
        /// Line number from 1.
        line: usize,
        /// What serde says.
        #[source]
        source: serde_json::Error,
    },
    /// The address made of `listen` is not a URL.
    #[error("the public address is not a URL")]
    PublicUrl(#[from] url::ParseError),
    /// The HTTP client that fetches media could not be built.
    #[error("cannot build the client that fetches media")]
    Fetcher(#[from] reqwest::Error),
}
