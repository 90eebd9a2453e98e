//! The use cases over both databases.
#![expect(clippy::unwrap_used, reason = "a failing step fails the test")]

mod accounts;
mod auth;
mod media;
mod operations;
mod people;
mod posts;
mod s3_server;
mod statistics;
mod store;
mod team;
