//! The use cases: they implement `model`'s service traits over storage, queue and platforms.
//!
//! Every use case of a workspace takes an `Actor`, asks it for the permission first, and passes its workspace to every query.

pub mod accounts;
pub mod auth;
pub mod calendar;
pub mod context;
mod errors;
pub mod keys;
pub mod live;
pub mod media;
pub mod operations;
pub mod posts;
pub mod publishing;
pub mod schedule;
pub mod secrets;
pub mod statistics;
pub mod sync;
pub mod team;
pub mod zones;

pub use context::{Context, Wake, services};
