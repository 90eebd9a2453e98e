//! How the teams' posts and accounts did: believable numbers, the same for the same plan. Pure.
//!
//! A post's counters grow the way the sandbox lets them grow, so that a sync of today goes on where these numbers end. An
//! account wins followers by what its posts were seen; one team has had a slump, and two posts went round the world.

mod days;
mod growth;
mod popularity;
mod tally;

pub(crate) use days::Calendar;
pub(crate) use growth::followers;
pub(crate) use popularity::{Popularities, Popularity};
pub(crate) use tally::{Tally, masked};
