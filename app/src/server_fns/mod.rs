//! Server functions by area: thin, from the session to one service. Their addresses are part of the product (forms
//! without wasm post to them), so each names its own.
//!
//! A function that changes who is signed in, the language or the workspace ends with `request::go_to`: the page is
//! loaded anew. Any other ends with `request::go_to_without_wasm`.

pub mod accounts;
pub mod auth;
pub mod calendar;
pub mod invitations;
pub mod media;
pub mod operations;
pub mod palette;
pub mod posts;
pub mod preferences;
pub mod settings;
pub mod statistics;
pub mod team;
pub mod workspaces;
#[cfg(feature = "ssr")]
mod zoned;
