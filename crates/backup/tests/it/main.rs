//! Backups from each engine into each.
#![expect(clippy::unwrap_used, reason = "a failing step fails the test")]

mod house;
mod publishing;
mod refused;
mod there_and_back;
