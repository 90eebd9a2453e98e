//! The real router over a real database.
#![expect(clippy::unwrap_used, reason = "a failing step fails the test")]

mod configuration;
mod connecting;
mod consent;
mod demo;
mod deploy;
mod events;
mod harness;
mod media;
mod odd_input;
mod process;
mod refusals;
mod secrets;
mod web;
