//! The program `fanfare`: reads the configuration, puts the crates together, and serves HTTP.
//!
//! [`startup`] makes a [`startup::App`] of a [`config::Config`]; [`http::router`] serves it. Tests drive the same two.

pub mod cli;
pub mod config;
pub mod http;
mod readiness;
pub mod serve;
pub mod startup;
pub mod telemetry;
