//! The HTTP APIs of X, Facebook, Instagram, LinkedIn and Bluesky, simulated by one server on this machine.
//!
//! An application points its base address of each real host at this server and then signs in, publishes, lists
//! and deletes as it would there: consent pages, token lives, validation, limits, refusals and error shapes follow
//! the platforms' own documents, whose addresses stand beside the code. Under `/control/` a test can ask for the
//! faults the real platforms show, above all the answer that is lost *after* the post went out, and read back
//! what was published. `GET /` shows the same to a person, and each post and account has its public page at the path
//! that the real site gives it.
//!
//! The crate depends on no other crate of the workspace, so that it can't repeat a misunderstanding of ours.
//!
//! Where things are: [`state`] is what a platform remembers, [`journal`] keeps it on disk, `world` joins both with
//! clock and settings; `gate` is the layer that every request passes (faults, log, rate limits); each platform has
//! its folder; `oauth` holds what the platforms' consent pages share, `meta` what the two Graph APIs share.

mod blobs;
mod bluesky;
mod clock;
mod config;
mod control;
mod error;
mod facebook;
mod faults;
mod fetch;
mod form;
mod gate;
mod ids;
mod instagram;
mod journal;
mod limits;
mod linkedin;
mod meta;
mod oauth;
mod pages;
mod permalink;
mod serve;
mod state;
mod statistics;
mod text;
mod unknown;
mod world;
mod x;

pub use config::SandboxConfig;
pub use error::SandboxError;
pub use serve::Sandbox;
