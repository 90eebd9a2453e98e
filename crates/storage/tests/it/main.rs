//! Every function of the crate, on both engines.
#![expect(clippy::unwrap_used, reason = "a failing step fails the test")]

mod accounts;
mod calendar;
mod demo;
mod live;
mod media;
mod neighbours;
mod people;
mod place;
mod portable;
mod posts;
mod publishing;
mod revisions;
mod statistics;
mod syncs;
mod targets;
