//! The database: one body of queries for SQLite and PostgreSQL, one file per aggregate.
//!
//! To add a query: write it once with `$1` placeholders and the macros of [`sql`](mod@crate::sql); add it to the conformance suite in
//! `tests/it`, which runs every function on both engines. What the engines do differently goes to [`dialect`].

#[macro_use]
mod sql;

pub mod account_days;
pub mod accounts;
pub mod attempts;
pub mod audit;
pub mod calendar;
pub mod connections;
mod db;
pub mod demo;
pub mod dialect;
mod error;
pub mod grants;
mod ids;
pub mod invitations;
pub mod keycheck;
pub mod leases;
pub mod ledger;
pub mod live;
pub mod media;
pub mod members;
mod migrate;
pub mod neighbours;
pub mod persons;
pub mod portable;
pub mod post_days;
pub mod posts;
pub mod publishing;
pub mod remote_posts;
pub mod resets;
pub mod revisions;
pub mod schedule_runs;
pub mod sessions;
mod shared_write;
pub mod sweep;
pub mod sync_runs;
pub mod targets;
pub mod throttle;
pub mod waiting;
pub mod workers;
pub mod workspaces;

pub use db::{ConnectOptions, Db, EngineConn, Tx};
pub use error::{Result, StorageError};
pub use ids::new_id;
pub use migrate::schema_version;
pub use shared_write::Writing;
