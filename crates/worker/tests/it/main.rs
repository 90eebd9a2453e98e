//! Publishing under fire: killed workers, lost answers, a database that goes away.
#![expect(clippy::unwrap_used, reason = "a test ends with the error")]
#![expect(clippy::expect_used, reason = "a test ends with the message")]

mod away;
mod crash;
mod crew;
mod jobs;
mod news;
mod process;
mod races;
mod scene;
mod stories;
mod sync;
mod troubles;
mod variants;
