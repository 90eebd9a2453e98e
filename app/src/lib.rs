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
mod lazy;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod request;
mod routes;
pub mod server_fns;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod site_files;
pub mod state;
pub mod words;

#[cfg(feature = "hydrate")]
pub use lazy::fetch_ahead;
pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::shell;
#[cfg(feature = "ssr")]
pub use site_files::SiteFiles;
