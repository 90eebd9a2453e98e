//! Fanfare's pages. The crate is built twice: with `ssr` it renders on the server, with `hydrate` it takes over in the
//! browser.
//!
//! A new page is a folder in [`pages`], a line in [`routes`], its words in [`words`] and a partial in `style/pages`.
//! Server functions are thin: they read the request, call one service of `model::services` and set cookies.

// Views are nested types; the compiler's default of 128 levels is too few for pages in a frame.
#![recursion_limit = "256"]
#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
#![expect(unreachable_pub, reason = "leptos's component macro repeats `pub` on a function of its own")]

pub mod components;
pub mod format;
#[cfg(feature = "ssr")]
mod hydration;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod request;
mod routes;
pub mod server_fns;
#[cfg(feature = "ssr")]
mod shell;
pub mod state;
pub mod words;

pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::shell;
