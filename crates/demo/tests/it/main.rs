//! What the plan promises, and that it can be loaded.
#![expect(clippy::unwrap_used, reason = "a failing step fails the test")]

mod plan;
mod texts;
