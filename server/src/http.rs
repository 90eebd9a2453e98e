//! HTTP: pages and server functions by Leptos, everything else by the table in [`routes`].
//!
//! Every request passes, from outside in: the log and metrics, compression, the security headers, the guard against
//! forged requests, the files of the site, and for all but those and [`routes::Who::Everyone`] the session.

mod csp;
mod csrf;
mod errors;
mod events;
mod health;
mod limits;
mod manifest;
mod media;
mod oauth;
mod observe;
mod origins;
mod router;
pub mod routes;
mod session;
mod static_files;
mod streams;
mod tables;
mod web;

pub use health::ops_router;
pub use router::router;
pub use web::Web;
