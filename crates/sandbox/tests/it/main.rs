//! The sandbox over HTTP, platform by platform, as a client sees it.

#![expect(clippy::unwrap_used, reason = "test helpers may panic; clippy.toml frees only #[test] functions")]

mod bluesky;
mod clients;
mod facebook;
mod faults;
mod harness;
mod history;
mod instagram;
mod linkedin;
mod media_server;
mod public;
mod statistics;
mod x;
