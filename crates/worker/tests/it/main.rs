//! Publishing under fire: killed workers, lost answers, a database that goes away.
#![expect(clippy::unwrap_used, reason = "a test ends with the error")]
#![expect(clippy::print_stdout, reason = "the crash test reports its kills")]
#![expect(clippy::expect_used, reason = "a test ends with the message")]

mod away;
mod crash;
mod process;
mod scene;
mod stories;
