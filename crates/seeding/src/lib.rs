//! Fills a database for tests and benches, without clicking: a workspace, accounts that the sandbox knows, due posts.
//! Used in `[dev-dependencies]` only.

mod accounts;
mod context;
mod posts;
pub mod sandbox_control;

pub use accounts::{Seeded, accounts, people};
pub use context::context;
pub use demo::sandbox_accounts;
pub use posts::{DuePost, due_posts};

/// Anything that goes wrong while seeding ends the test.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
