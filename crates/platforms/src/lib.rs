//! The platforms' HTTP APIs behind one trait.
//!
//! Set up: [`PlatformSettings`] → [`http::OutboundPolicy`] that trusts its addresses → [`http::Http`] →
//! [`Registry`], which hands out a [`Network`] for each platform.
//!
//! To add a network: a folder `<network>/{mod,oauth,publish,errors}.rs` that implements [`Network`], an entry in
//! [`registry::Registry`], its limits in `model::text`, and its endpoints in the sandbox.

mod bluesky;
pub mod contract;
mod facebook;
mod failure;
mod graph;
pub mod http;
mod instagram;
mod linkedin;
mod matching;
mod oauth;
pub mod registry;
pub mod rkey;
pub mod secret;
pub mod settings;
mod statistics;
mod x;

pub use bluesky::server_address;
pub use contract::*;
pub use registry::Registry;
pub use secret::Secret;
pub use settings::PlatformSettings;
pub use statistics::{AccountCounters, CountedPost, DayCounters, Posts};
